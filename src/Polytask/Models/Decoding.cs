using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Sequences from a task whose head tags each token with the next one (<see cref="Head.Tag"/> behind a causal block): token after token, each after
/// all before it. Rows have the model's full length; what stands behind the given tokens is written over and, the block being causal, never read.
/// </summary>
public static class Decoding
{
    /// <summary>Writes the likeliest token at each place.</summary>
    /// <param name="module">The module, in evaluation mode.</param>
    /// <param name="task">The task whose head gives the next token.</param>
    /// <param name="prompts">[rows, tokens], of which the first <paramref name="given"/> are read.</param>
    /// <param name="given">The tokens given, at least 1.</param>
    /// <param name="end">A token after which a row repeats it; null for none.</param>
    /// <returns>[rows, tokens], on the prompts' device.</returns>
    /// <exception cref="DeclarationException">The task's head tags no tokens.</exception>
    /// <exception cref="DataException">The prompts do not fit.</exception>
    public static Tensor Greedy(this MultiTaskModule module, string task, Tensor prompts, int given, long? end = null) =>
        module.Beam(task, prompts, given, width: 1, end).Tokens;

    /// <summary>Beam search: after each token the <paramref name="width"/> likeliest beginnings of a row are followed; the likeliest whole is given.</summary>
    /// <param name="module">The module, in evaluation mode.</param>
    /// <param name="task">The task whose head gives the next token.</param>
    /// <param name="prompts">[rows, tokens], of which the first <paramref name="given"/> are read.</param>
    /// <param name="given">The tokens given, at least 1.</param>
    /// <param name="width">The beginnings that are followed; 1 is greedy.</param>
    /// <param name="end">A token after which a row repeats it and gets no less likely; null for none.</param>
    /// <returns>[rows, tokens], and the log-probability of what was written, float [rows].</returns>
    /// <exception cref="DeclarationException">The task's head tags no tokens.</exception>
    /// <exception cref="DataException">The prompts do not fit, or there is no beam.</exception>
    public static (Tensor Tokens, Tensor LogProbability) Beam(
        this MultiTaskModule module, string task, Tensor prompts, int given, int width, long? end = null)
    {
        var tags = Checked(module, task, prompts, given, width, end);
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        var (rows, length) = (prompts.shape[0], prompts.shape[1]);
        var beams = prompts.unsqueeze(1);                                       // [rows, beams, tokens]
        var scores = zeros(rows, 1, device: prompts.device);                    // [rows, beams]
        for (var place = given; place < length; place++)
        {
            var followed = beams.shape[1];
            var logits = module.Forward(task, beams.reshape(rows * followed, length))[TensorIndex.Ellipsis, place - 1];
            var next = logits.log_softmax(1).reshape(rows, followed, tags);
            if (end is { } last)
            {
                // An ended row has one way to go on, which costs nothing.
                var ended = beams[TensorIndex.Ellipsis, TensorIndex.Slice(given, place)].eq(last).any(2).unsqueeze(2);
                var stays = full(tags, float.NegativeInfinity, device: prompts.device);
                stays[last] = 0;
                next = where(ended, stays, next);
            }
            var (best, chosen) = (scores.unsqueeze(2) + next).reshape(rows, followed * tags).topk((int)Math.Min(width, followed * tags), dim: 1);
            var from = chosen.div(tags, RoundingMode.floor).to(ScalarType.Int64);
            beams = beams.gather(1, from.unsqueeze(2).expand(-1, -1, length)).clone();
            beams[TensorIndex.Ellipsis, place] = chosen.remainder(tags).to(beams.dtype);
            scores = best;
        }
        // Beams come in the order of their scores.
        return (beams.select(1, 0).clone().MoveToOuterDisposeScope(), scores.select(1, 0).clone().MoveToOuterDisposeScope());
    }

    private static long Checked(MultiTaskModule module, string task, Tensor prompts, int given, int width, long? end)
    {
        var head = module.Model.TaskNamed(task).Head;
        if (head is not TagHead) throw new DeclarationException($"task '{task}': a head that tags tokens is decoded, Head.Tag(...), but it has {head}");
        if (prompts.ndim != 2 || prompts.shape[1] < 2)
            throw new DataException($"prompts are [rows, tokens] with at least 2 tokens, but got [{string.Join(", ", prompts.shape)}]");
        if (given < 1 || given >= prompts.shape[1])
            throw new DataException($"of {prompts.shape[1]} tokens 1 to {prompts.shape[1] - 1} can be given, but got {given}");
        if (width < 1) throw new DataException($"a beam search follows at least 1 beam, but got {width}");
        if (end is { } last && (last < 0 || last >= head.Outputs))
            throw new DataException($"the end token is one of 0 to {head.Outputs - 1}, but got {last}");
        return head.Outputs;
    }
}
