using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>softmax(b) with a learned vector b, 0 at the start: the same weights for every example.</summary>
public sealed record StaticGate : Gate
{
    internal StaticGate() { }

    /// <summary>One vector for all tasks.</summary>
    public StaticGate Shared() => this with { IsShared = true };

    /// <inheritdoc/>
    public override string Kind => "static softmax";

    internal override GateModule[] Build(Shape input, IReadOnlyList<int> experts, string place) =>
        [.. experts.Select(count => new StaticGateModule(count))];
}

internal sealed class StaticGateModule : GateModule
{
    private readonly Parameter bias;

    public StaticGateModule(int experts)
    {
        bias = new Parameter(zeros(experts));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => bias.softmax(0).expand(x.shape[0], -1);
}
