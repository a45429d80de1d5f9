using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <content>Decoding with fused logits.</content>
public abstract partial record LogitFusion
{
    /// <summary>
    /// Decodes greedily: at each step all models see the same prefix, their logits are fused, and the likeliest token is appended. One call of
    /// every model and step.
    /// </summary>
    /// <param name="prompt">[rows, length] of Int64.</param>
    /// <param name="large">The large model: of tokens [rows, length] to logits of the next token [rows, vocabulary].</param>
    /// <param name="small">The small model that the experts were tuned from.</param>
    /// <param name="experts">The experts.</param>
    /// <param name="steps">How many tokens are appended at most.</param>
    /// <param name="end">The token after which a row is done and has nothing but it; null for none.</param>
    /// <exception cref="ArgumentException">The prompt is not [rows, length] of Int64, or as for <see cref="Fuse"/>.</exception>
    public FusedDecoding Decode(Tensor prompt, Func<Tensor, Tensor> large, Func<Tensor, Tensor> small, IReadOnlyList<Func<Tensor, Tensor>> experts,
        int steps, long? end = null)
    {
        if (prompt.Dimensions != 2 || prompt.dtype != ScalarType.Int64 || prompt.shape[0] == 0)
            throw new ArgumentException($"a prompt is [rows, length] of Int64, but got [{string.Join(", ", prompt.shape)}] of {prompt.dtype}");
        if (steps < 1) throw new ArgumentException($"decoding takes at least 1 step, but got {steps}");
        using var untracked = no_grad();
        using var outer = NewDisposeScope();
        var rows = prompt.shape[0];
        var prefix = prompt.clone();
        var done = zeros(rows, ScalarType.Bool, prompt.device);
        var alphas = new List<double[,]>();
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            using var fused = Fuse(large(prefix), small(prefix), [.. experts.Select(expert => expert(prefix))]);
            var token = fused.Logits.argmax(1);
            alphas.Add(Numbers(fused.Alphas));
            if (end is { } stop)
            {
                token = where(done, full_like(token, stop), token);
                done.logical_or_(token.eq(stop));
            }
            var longer = cat([prefix, token.unsqueeze(1)], 1).MoveToOuterDisposeScope();
            prefix.Dispose();
            prefix = longer;
            if (end is not null && done.all().item<bool>()) break;
        }
        using var generated = prefix.narrow(1, prompt.shape[1], prefix.shape[1] - prompt.shape[1]).cpu().contiguous();
        var flat = generated.data<long>().ToArray();
        var length = (int)generated.shape[1];
        return new([.. Enumerable.Range(0, (int)rows).Select(row => flat[(row * length)..((row + 1) * length)])], alphas);
    }

    private static double[,] Numbers(Tensor alphas)
    {
        using var here = alphas.cpu().contiguous();
        var flat = here.data<double>();
        var numbers = new double[alphas.shape[0], alphas.shape[1]];
        for (var i = 0; i < numbers.Length; i++) numbers[i / numbers.GetLength(1), i % numbers.GetLength(1)] = flat[i];
        return numbers;
    }
}

/// <summary>What was decoded.</summary>
/// <param name="Tokens">The tokens after the prompt, for each row.</param>
/// <param name="Alphas">alpha of each step: [rows, experts]. A row that is done already has the alphas of what it would have said.</param>
public sealed record FusedDecoding(IReadOnlyList<long[]> Tokens, IReadOnlyList<double[,]> Alphas);
