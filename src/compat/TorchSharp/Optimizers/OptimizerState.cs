using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimiser remembers about one parameter.</summary>
public abstract class OptimizerState(Parameter parameter)
{
    /// <summary>The parameter that the state belongs to.</summary>
    protected Parameter _parameter = parameter;

    /// <summary>Back to the start.</summary>
    public abstract void Initialize(OptimizerOptions options);

    /// <summary>Copies another state's values onto this parameter's device.</summary>
    public abstract void LoadStateDict(OptimizerState source);

    /// <summary>Moves the state's tensors.</summary>
    public virtual void to(Device device) { }

    /// <summary>True where the other state has the same values up to rounding.</summary>
    public virtual bool ApproximatelyEquals(OptimizerState other) => false;

    /// <summary>A tensor of the parameter's shape that belongs to the state.</summary>
    private protected Tensor Zeros() => zeros_like(_parameter).DetachFromDisposeScope();

    private protected static void Move(ref Tensor tensor, Device device)
    {
        if (tensor.device == device) return;
        var old = tensor;
        tensor = old.to(device).DetachFromDisposeScope();
        old.Dispose();
    }

    private protected void Load(ref Tensor tensor, Tensor source)
    {
        if (ReferenceEquals(tensor, source)) return;
        var shape = _parameter.shape;
        if (!shape.AsSpan().SequenceEqual(source.shape))
            throw new ArgumentException($"Invalid optimizer state: a state of shape [{string.Join(", ", source.shape)}] for a parameter of shape [{string.Join(", ", shape)}].", nameof(source));
        tensor.Dispose();
        using var detached = source.detach();
        tensor = detached.to(_parameter.device, copy: true).DetachFromDisposeScope();
    }
}
