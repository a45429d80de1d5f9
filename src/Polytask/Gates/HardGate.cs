using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// One expert for each example: a straight-through Gumbel-softmax (Jang et al., ICLR 2017) of linear logits in training, the most probable expert in
/// evaluation. The weights are exactly 0 and 1; the gradient is that of the softmax.
/// </summary>
public sealed record HardGate : Gate
{
    internal HardGate(double temperature) => Temperature = temperature > 0 && double.IsFinite(temperature)
        ? temperature
        : throw new DeclarationException($"a hard gate needs a temperature above 0, but got {temperature}");

    /// <summary>How soft the gradient is.</summary>
    public double Temperature { get; }

    /// <summary>One gate for all tasks.</summary>
    public HardGate Shared() => this with { IsShared = true };

    /// <inheritdoc/>
    public override string Kind => "hard";

    /// <inheritdoc/>
    public override string Details => $"temperature {Temperature.ToString(CultureInfo.InvariantCulture)}";

    internal override GateModule[] Build(Shape input, IReadOnlyList<int> experts, string place) =>
        [.. experts.Select(count => new HardGateModule(input, count, Temperature))];
}

internal sealed class HardGateModule : GateModule
{
    private readonly TorchSharp.Modules.Linear logits;
    private readonly double temperature;

    public HardGateModule(Shape input, int experts, double temperature)
    {
        (logits, this.temperature) = (nn.Linear(input.Count, experts), temperature);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var scores = logits.call(x.flatten(1));
        return training ? GumbelSoftmax.Hard(scores, temperature) : zeros_like(scores).scatter_(1, scores.argmax(1, true), 1);
    }
}
