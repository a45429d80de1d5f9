using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Counts the multiply-adds of a forward pass, by which papers compare what models cost (a multiply-add is two FLOPs): linear maps, convolutions, the
/// experts that rows are really sent to, gates, the two products of attention, and at each step of a recurrent layer (not of a padding) its products
/// with the input and with the state. As in those counts, element by element work is left out: biases, non-linearities, normalisation, and the sums by
/// which gates, stitches and graphs mix what was computed. The count of a sparse mixture depends on the input only where experts have a limited
/// capacity.
/// <code>
/// MultiplyAdds.PerExample(module, "depth", x)    // the path of one task alone
/// MultiplyAdds.PerExample(module, x)             // all tasks together, shared parts once
/// </code>
/// Costs one forward pass without gradients.
/// </summary>
public static class MultiplyAdds
{
    [ThreadStatic] private static long? open;

    /// <summary>The multiply-adds for one example of all tasks together: shared parts count once.</summary>
    /// <param name="module">The model; it is counted in evaluation mode.</param>
    /// <param name="x">float [batch, ...input]; the mean over its rows counts.</param>
    /// <inheritdoc cref="Of" path="/exception"/>
    public static double PerExample(MultiTaskModule module, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(module);
        return (double)Of(module, () => module.Forward(x)) / x.shape[0];
    }

    /// <summary>The multiply-adds for one example of one task alone: only what it needs is computed.</summary>
    /// <param name="module">The model; it is counted in evaluation mode.</param>
    /// <param name="task">The task's name.</param>
    /// <param name="x">float [batch, ...input]; the mean over its rows counts.</param>
    /// <inheritdoc cref="Of" path="/exception"/>
    public static double PerExample(MultiTaskModule module, string task, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(module);
        return (double)Of(module, () => module.Forward(task, x)) / x.shape[0];
    }

    /// <summary>The multiply-adds of whatever a pass computes with a module.</summary>
    /// <param name="module">The module; it is in evaluation mode during the pass, and then as it was.</param>
    /// <param name="pass">The pass, on the thread that asks; it is run without gradients.</param>
    /// <exception cref="NotSupportedException">
    /// The module has a part with weight matrices of its own and no known count: a user's own module that is no <see cref="IReportsMultiplyAdds"/>.
    /// </exception>
    public static long Of(nn.Module module, Action pass)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(pass);
        var (before, modes, unhook) = (open, new List<(nn.Module, bool)>(), new List<Action>());
        foreach (var part in module.named_modules().Select(entry => entry.module).Prepend(module).Distinct(ReferenceEqualityComparer.Instance).Cast<nn.Module>())
            modes.Add((part, part.training));
        try
        {
            foreach (var (part, _) in modes)
                if (Hooked(part) is { } remove) unhook.Add(remove);
                else RefuseUnknown(part);
            module.eval();
            open = 0;
            using var untracked = no_grad();
            using var scope = NewDisposeScope();
            pass();
            return open.Value;
        }
        finally
        {
            open = before;
            unhook.ForEach(remove => remove());
            // From the outside in: a part can be in another mode than the one around it.
            foreach (var (part, training) in modes) part.train(training);
        }
    }

    /// <summary>Adds to the count, where one is made: for modules that multiply by weights without calling a layer.</summary>
    /// <param name="count">The multiply-adds of the whole batch.</param>
    public static void Report(long count) => open += count;

    // What takes the counting of a layer's calls off again, or null for what is no layer.
    private static Action? Hooked(nn.Module part) => part switch
    {
        TorchSharp.Modules.Linear linear => Counted(linear, (input, _) => input.numel() * linear.weight!.shape[0]),
        Conv1d convolution => Counted(convolution, (_, output) => output.numel() * PerElement(convolution.weight)),
        Conv2d convolution => Counted(convolution, (_, output) => output.numel() * PerElement(convolution.weight)),
        ConvTranspose2d convolution => Counted(convolution, (input, _) => input.numel() * PerElement(convolution.weight)),
        ComputedWeight layer => Counted(layer, layer.MultiplyAdds),
        LSTM layer => CountedBySteps(layer),
        GRU layer => CountedBySteps(layer),
        RNN layer => CountedBySteps(layer),
        LSTMCell cell => CountedBySteps(cell),
        GRUCell cell => CountedBySteps(cell),
        RNNCell cell => CountedBySteps(cell),
        _ => null,
    };

    private static Action Counted(nn.Module<Tensor, Tensor> layer, Func<Tensor, Tensor, long> count) => layer.register_forward_hook((_, input, output) =>
    {
        Report(count(input, output));
        return output;
    }).remove;

    private static Action CountedBySteps<TState, TResult>(nn.Module<Tensor, TState, TResult> layer) => layer.register_forward_hook((_, input, _, output) =>
    {
        Report(input.numel() / input.shape[^1] * PerStep(layer));
        return output;
    }).remove;

    /// <summary>What a recurrent layer multiplies at one step of one sequence: all its matrices, of input and state, of all layers and directions.</summary>
    internal static long PerStep(nn.Module recurrent) => recurrent.parameters().Where(weight => weight.ndim == 2).Sum(weight => weight.numel());

    // Weights [channels of the side that is counted, what each of its values is multiplied with].
    private static long PerElement(Tensor weight) => weight.numel() / weight.shape[0];

    private static void RefuseUnknown(nn.Module part)
    {
        var library = part.GetType().Assembly;
        if (part is IReportsMultiplyAdds or Embedding || library == typeof(MultiplyAdds).Assembly) return;
        var matrices = part.named_parameters(recurse: false).Where(entry => entry.parameter.ndim > 1).Select(entry => entry.name).ToArray();
        if (matrices.Length > 0)
            throw new NotSupportedException($"multiply-adds of '{part.GetName()}' ({part.GetType().Name}) are not known: it has the weights "
                + $"{string.Join(", ", matrices)} of its own; let it call MultiplyAdds.Report in its forward pass and be an IReportsMultiplyAdds");
    }
}

/// <summary>A module that multiplies by weights of its own and tells <see cref="MultiplyAdds.Report"/> how often.</summary>
public interface IReportsMultiplyAdds;
