using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Gradient checkpointing (Chen et al., "Training Deep Nets with Sublinear Memory Cost", arXiv:1604.06174, section 4): a part of a model keeps its inputs
/// for the backward pass instead of everything inside it, and is computed a second time when its gradient is asked for. It costs one more forward of that
/// part and saves what that forward would have kept. Random numbers are those of the first time, so dropout drops the same elements; they are those of the
/// CPU's default generator, the only one whose state TorchSharp gives. Gradients of gradients do not go through it.
/// </summary>
public static class Checkpointing
{
    /// <summary>Calls <paramref name="module"/>, with one input, as its <c>call</c> does.</summary>
    public static Tensor Run(nn.Module<Tensor, Tensor> module, Tensor input) => Run(inputs => module.call(inputs[0]), [input], module.parameters());

    /// <summary>Calls <paramref name="function"/> with the inputs.</summary>
    /// <param name="function">
    /// What is computed, twice: it must give the same result from the same inputs, parameters and random numbers, and change nothing in place that it reads.
    /// </param>
    /// <param name="inputs">Its tensors, any shapes, in the order in which it gets them.</param>
    /// <param name="parameters">Every other tensor inside it that needs a gradient, all of them leaves. One that is missing here gets none, and no error tells.</param>
    /// <returns>The function's result.</returns>
    /// <exception cref="ArgumentException">One of the parameters was computed from others.</exception>
    public static Tensor Run(Func<IReadOnlyList<Tensor>, Tensor> function, IEnumerable<Tensor> inputs, IEnumerable<Tensor> parameters)
    {
        Tensor[] given = [.. inputs];
        Tensor[] leaves = [.. parameters];
        var inner = Array.FindIndex(leaves, parameter => !parameter.is_leaf);
        if (inner >= 0)
            throw new ArgumentException($"parameter {inner} was computed from other tensors: pass it as one of the inputs, whose gradients go on to what they were made of", nameof(parameters));
        return Recomputation.apply([new Part(function, given.Length), .. given, .. leaves]);
    }

    private sealed record Part(Func<IReadOnlyList<Tensor>, Tensor> Function, int Inputs)
    {
        private Tensor? randomNumbers;

        public Tensor First(List<Tensor> inputs)
        {
            // Everything that the part makes ends with this scope but its result.
            using var scope = NewDisposeScope();
            randomNumbers = get_rng_state().DetachFromDisposeScope();
            var result = Function(inputs);
            return (inputs.Contains(result, ReferenceEqualityComparer.Instance) ? result.alias() : result).MoveToOuterDisposeScope();
        }

        public Tensor Again(List<Tensor> inputs)
        {
            using var now = get_rng_state();
            set_rng_state(randomNumbers!);
            try
            {
                return Function(inputs);
            }
            finally
            {
                set_rng_state(now);
            }
        }
    }

    private sealed class Recomputation : autograd.SingleTensorFunction<Recomputation>
    {
        public override string Name => "checkpoint";

        public override Tensor forward(autograd.AutogradContext ctx, params object?[] vars)
        {
            var part = (Part)vars[0]!;
            List<Tensor> tensors = [.. vars.Skip(1).Cast<Tensor>()];
            ctx.save_data("part", part);
            ctx.save_for_backward(tensors);
            return part.First(tensors[..part.Inputs]);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            if (is_grad_enabled()) throw new NotSupportedException("gradients of gradients do not go through a checkpoint: call the part itself, or leave out create_graph");
            var part = (Part)ctx.get_data("part")!;
            using var scope = NewDisposeScope();
            using var recording = enable_grad();
            var saved = ctx.get_saved_variables();
            // Cut from what they were made of, lest gradients go through it here and, with the inputs' own gradients, once more outside.
            var tensors = saved.Select((tensor, k) => k < part.Inputs ? tensor.detach().requires_grad_(tensor.requires_grad) : tensor).ToList();
            var output = part.Again(tensors[..part.Inputs]);
            var needed = tensors.Where(tensor => tensor.requires_grad).ToList();
            var found = new Queue<Tensor>(output.requires_grad ? autograd.grad([output], needed, [grad_output], allow_unused: true) : []);
            // One for each argument of apply: the part itself has none.
            List<Tensor> gradients = [null!, .. tensors.Select(tensor => tensor.requires_grad && found.Count > 0 ? found.Dequeue() : null!)];
            foreach (var gradient in gradients) gradient?.MoveToOuterDisposeScope();
            return gradients;
        }
    }
}
