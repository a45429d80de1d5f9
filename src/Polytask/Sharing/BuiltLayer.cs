using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A layer with weights.</summary>
internal abstract class BuiltLayer
{
    /// <summary>The module to register; its parameters are the layer's.</summary>
    public abstract nn.Module Module { get; }

    /// <summary>The required streams, or those that they are read from.</summary>
    public abstract Streams Forward(Streams input, bool[] required);

    /// <summary>The parameters, and the streams after the layer that each of them changes.</summary>
    public abstract IEnumerable<(IReadOnlyList<Parameter> Parameters, IReadOnlyList<int> Feeds)> Ownership { get; }

    /// <summary>The streams before the layer that a stream after it depends on.</summary>
    public abstract IEnumerable<int> Sources(int output);

    /// <summary>What is added to the losses of the last forward pass in training, or null; it is handed over once.</summary>
    public virtual Tensor? TakePenalty() => null;

    /// <summary>The number of levels of experts in the layer.</summary>
    public virtual int Levels => 0;

    /// <summary>How a task weighs the experts of one of the layer's levels, from 0: float [batch, experts that it sees].</summary>
    public virtual Tensor GateWeights(Streams input, int task, int level) => throw new InvalidOperationException("the layer has no experts");
}
