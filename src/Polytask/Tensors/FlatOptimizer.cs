using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// An optimiser that works element by element (SGD, Adam, AdamW, RMSprop, Adagrad and their like), made fast for many small parameters: they are
/// laid side by side and stepped at once. The results are those of the same optimiser over the parameters one by one, bit for bit: such an
/// optimiser skips a parameter that has no gradient, so parameters without one in the first step are left out of the buffers, and when one of those
/// in the buffers lacks it later, the steps go on parameter by parameter.
/// </summary>
public sealed class FlatOptimizer : IDisposable
{
    // From this size on a parameter's own arithmetic outweighs the call that starts it.
    private const long LargestSmall = 1 << 14;

    // One thread's work: larger buffers may be cut otherwise among threads than the parameters in them.
    private const long LargestBuffer = 1 << 17;

    private readonly (string Name, Parameter Parameter)[] parameters;
    private readonly Func<IEnumerable<Parameter>, optim.Optimizer> build;
    private readonly bool flatten;
    private FlatParameters? flat;
    private optim.Optimizer? flatly;
    private optim.Optimizer? singly;
    private Parameter[] outside = [];
    private double? learningRate;
    private long steps;

    /// <summary>Prepares the optimiser; the parameters are laid out in the first step, when it is known which of them have gradients.</summary>
    /// <param name="parameters">Names and parameters, as from <c>named_parameters()</c>, on their final device.</param>
    /// <param name="build">Makes the optimiser over given parameters: <c>parameters => optim.Adam(parameters, 1e-3)</c>.</param>
    /// <param name="flatten">Whether small parameters are laid side by side; false steps every parameter by itself.</param>
    public FlatOptimizer(
        IEnumerable<(string name, Parameter parameter)> parameters, Func<IEnumerable<Parameter>, optim.Optimizer> build, bool flatten = true)
    {
        this.parameters = [.. parameters];
        this.build = build;
        this.flatten = flatten;
    }

    /// <summary>Why the steps go parameter by parameter now; null while they do not.</summary>
    public string? SteppedSinglyBecause { get; private set; }

    /// <summary>The buffers, or null before the first step and once the steps go parameter by parameter.</summary>
    public FlatParameters? Flat => flat;

    /// <summary>The learning rate of all parameters, for schedules; null before the first step where none was set.</summary>
    public double? LearningRate
    {
        get => (flatly ?? singly)?.ParamGroups.First().LearningRate ?? learningRate;
        set
        {
            learningRate = value;
            ApplyLearningRate();
        }
    }

    /// <summary>Forgets all gradients.</summary>
    public void ForgetGradients()
    {
        foreach (var (_, parameter) in parameters) parameter.grad = null;
    }

    /// <summary>One step of the optimiser along the parameters' gradients.</summary>
    /// <param name="closure">Computes loss and gradients, for an optimiser that evaluates them several times; it steps parameters singly.</param>
    public void Step(Func<Tensor>? closure = null)
    {
        steps++;
        if (steps == 1) LayOut(parameters.Where(pair => flatten && IsSmall(pair.Parameter)));
        if (flat?.Gather() is { } missing) StepSingly(missing);
        flatly?.step();
        singly?.step(closure)?.Dispose();
    }

    /// <summary>What the optimiser remembers and how the parameters are laid out, for a checkpoint; its tensors are not copies.</summary>
    internal FlatOptimizerState Save() => new(steps, SteppedSinglyBecause,
        flat is null ? null : [.. flat.Buffers.SelectMany(buffer => buffer.Slices).Select(slice => slice.Name)],
        [.. Remembered().SelectMany(entry => OptimizerStates.Values(entry.Name, entry.State))]);

    /// <summary>Goes on from a saved state, before the first step.</summary>
    /// <param name="state">The state of an optimiser of the same kind over the same parameters.</param>
    /// <exception cref="InvalidDataException">Something that this optimiser remembers is missing.</exception>
    internal void Load(FlatOptimizerState state)
    {
        (steps, SteppedSinglyBecause) = (state.Steps, state.SteppedSinglyBecause);
        if (steps == 0) return;
        LayOut(parameters.Where(pair => state.Flat?.Contains(pair.Name) ?? false));
        var values = state.Values.ToDictionary(value => value.Key);
        foreach (var (name, remembered) in Remembered()) OptimizerStates.Restore(name, remembered, values);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        flatly?.Dispose();
        singly?.Dispose();
        flat?.Dispose();
    }

    // The states under names: a parameter's, or those of all parameters in a buffer.
    private IEnumerable<(string Name, OptimizerState State)> Remembered()
    {
        if (flat is not null)
        {
            foreach (var (i, (_, state)) in OptimizerStates.Of(flat.Buffers.Select(buffer => buffer.Data), flatly).Index())
                yield return ($"buffer {i}", state);
        }
        var names = new Dictionary<Tensor, string>(ReferenceEqualityComparer.Instance);
        foreach (var (name, parameter) in parameters) names.Add(parameter, name);
        foreach (var (parameter, state) in OptimizerStates.Of(outside, singly)) yield return (names[parameter], state);
    }

    private static bool IsSmall(Parameter parameter)
    {
        using var gradient = parameter.grad;
        return gradient is not null && parameter.NumberOfElements <= LargestSmall;
    }

    private void LayOut(IEnumerable<(string Name, Parameter Parameter)> chosen)
    {
        var small = chosen.ToArray();
        if (small.Length > 1)
        {
            flat = new FlatParameters(small, LargestBuffer);
            flatly = build(flat.Buffers.Select(buffer => buffer.Data));
        }
        else small = [];
        // Not Except: tensors are equal where their values are.
        var inside = new HashSet<Tensor>(small.Select(pair => pair.Parameter), ReferenceEqualityComparer.Instance);
        outside = [.. parameters.Select(pair => pair.Parameter).Where(parameter => !inside.Contains(parameter))];
        if (outside.Length > 0) singly = build(outside);
        ApplyLearningRate();
    }

    private void ApplyLearningRate()
    {
        if (learningRate is not { } rate) return;
        foreach (var optimizer in new[] { flatly, singly })
            foreach (var group in optimizer?.ParamGroups ?? []) group.LearningRate = rate;
    }

    // One optimiser over all parameters, with what the two before have remembered.
    private void StepSingly(string missing)
    {
        SteppedSinglyBecause = $"parameter '{missing}' had no gradient in step {steps}";
        Parameter[] all = [.. parameters.Select(pair => pair.Parameter)];
        var whole = build(all);
        foreach (var (group, before) in whole.ParamGroups.Zip(flatly!.ParamGroups)) group.LearningRate = before.LearningRate;
        var targets = OptimizerStates.Of(all, whole);
        foreach (var (parameter, state) in OptimizerStates.Of(outside, singly))
            OptimizerStates.Copy(state, targets[parameter], parameter.NumberOfElements, tensor => tensor);
        var buffers = OptimizerStates.Of(flat!.Buffers.Select(buffer => buffer.Data), flatly);
        foreach (var buffer in flat.Buffers)
        {
            foreach (var slice in buffer.Slices)
            {
                OptimizerStates.Copy(buffers[buffer.Data], targets[slice.Parameter], buffer.Data.NumberOfElements,
                    tensor => tensor.narrow(0, slice.Offset, slice.Length).view(slice.Parameter.shape));
            }
        }
        flatly.Dispose();
        singly?.Dispose();
        flat.Dispose();
        (flat, flatly, singly, outside) = (null, null, whole, all);
    }
}
