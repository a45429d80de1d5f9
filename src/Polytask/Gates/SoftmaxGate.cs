using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A dense softmax gate; see <see cref="Gate.Softmax"/>.</summary>
public sealed record SoftmaxGate : Gate
{
    internal SoftmaxGate() { }

    /// <summary>Whether the gate starts at exactly 1/E for every expert.</summary>
    public bool IsZeroInitialised { get; private init; }

    /// <summary>The units of a hidden GELU layer before the logits, or null for a linear gate.</summary>
    public long? HiddenUnits { get; private init; }

    /// <summary>One gate for all tasks: OMoE, the ablation that isolates the multi-gate idea.</summary>
    public SoftmaxGate Shared() => this with { IsShared = true };

    /// <summary>Start with W_g = 0, so that every expert has weight 1/E.</summary>
    public SoftmaxGate ZeroInitialised() => this with { IsZeroInitialised = true };

    /// <summary>A gate of two layers, softmax(W_2 GELU(W_1 x + b_1) + b_2), as TaskExpert (ICCV 2023) uses.</summary>
    /// <param name="units">The width of the hidden layer, at least 1.</param>
    public SoftmaxGate WithHidden(long units) => units >= 1
        ? this with { HiddenUnits = units }
        : throw new DeclarationException($"a gate's hidden layer needs at least 1 unit, but got {units}");

    /// <inheritdoc/>
    public override string Kind => "softmax";

    /// <inheritdoc/>
    public override string Details => string.Join(", ",
        new[] { HiddenUnits is { } hidden ? $"{hidden} hidden units" : "", IsZeroInitialised ? "zero-initialised" : "" }.Where(part => part.Length > 0));

    internal override GateModule[] Build(Shape input, IReadOnlyList<int> experts, string place) =>
        [.. experts.Select(count => (GateModule)(HiddenUnits is { } hidden
            ? new HiddenSoftmaxGateModule(input, hidden, count, IsZeroInitialised)
            : new SoftmaxGateModule(input, count, IsZeroInitialised)))];
}

/// <summary>softmax(W x), each row summing to 1.</summary>
internal sealed class SoftmaxGateModule : GateModule
{
    private readonly Parameter weight;

    public SoftmaxGateModule(Shape input, int experts, bool zero)
    {
        weight = new Parameter(empty(experts, input.Count));
        if (zero) nn.init.zeros_(weight);
        else nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        MultiplyAdds.Report(x.shape[0] * weight.numel());
        return ExpertSoftmax.Of(nn.functional.linear(x.flatten(1), weight));
    }

    /// <summary>
    /// Gates that read one input, in one product: [rows, ...input] → for each gate [rows, experts], the same numbers as one gate after another.
    /// </summary>
    public static Tensor[] Together(IReadOnlyList<SoftmaxGateModule> gates, Tensor x)
    {
        MultiplyAdds.Report(x.shape[0] * gates.Sum(gate => gate.weight.numel()));
        var logits = nn.functional.linear(x.flatten(1), cat([.. gates.Select(gate => gate.weight)], 0));
        long[] experts = [.. gates.Select(gate => gate.weight.shape[0])];
        return experts.Distinct().Count() == 1 && ExpertSoftmax.FillsVectors(logits, experts[0])
            ? logits.view(x.shape[0], gates.Count, -1).softmax(2).unbind(1)
            : [.. logits.split(experts, 1).Select(ExpertSoftmax.Of)];
    }
}

/// <summary>softmax(W_2 GELU(W_1 x + b_1) + b_2).</summary>
internal sealed class HiddenSoftmaxGateModule : GateModule
{
    private readonly TorchSharp.Modules.Linear hidden;
    private readonly TorchSharp.Modules.Linear logits;

    public HiddenSoftmaxGateModule(Shape input, long units, int experts, bool zero)
    {
        hidden = nn.Linear(input.Count, units);
        logits = nn.Linear(units, experts);
        if (zero)
        {
            nn.init.zeros_(logits.weight!);
            nn.init.zeros_(logits.bias!);
        }
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => ExpertSoftmax.Of(logits.call(nn.functional.gelu(hidden.call(x.flatten(1)))));
}
