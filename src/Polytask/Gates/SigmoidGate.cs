using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// g(x) = 2 sigmoid(W x): every expert is let through on its own, with weight 1 where the logit is 0 (the form of the feature and self gates of HoME,
/// arXiv 2408.05430, equations 9 and 11).
/// </summary>
public sealed record SigmoidGate : Gate
{
    internal SigmoidGate() { }

    /// <summary>One gate for all tasks.</summary>
    public SigmoidGate Shared() => this with { IsShared = true };

    /// <inheritdoc/>
    public override string Kind => "sigmoid";

    internal override GateModule[] Build(Shape input, IReadOnlyList<int> experts, string place) =>
        [.. experts.Select(count => new SigmoidGateModule(input, count))];
}

internal sealed class SigmoidGateModule : GateModule
{
    private readonly Parameter weight;

    public SigmoidGateModule(Shape input, int experts)
    {
        weight = new Parameter(empty(experts, input.Count));
        nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        MultiplyAdds.Report(x.shape[0] * weight.numel());
        return nn.functional.linear(x.flatten(1), weight).sigmoid() * 2;
    }
}
