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

/// <summary>The Gumbel-softmax estimator (Jang et al., ICLR 2017, equation 2, and its straight-through form).</summary>
internal static class GumbelSoftmax
{
    /// <summary>softmax((logits + Gumbel noise) / temperature) over the last dimension.</summary>
    public static Tensor Soft(Tensor logits, double temperature)
    {
        // -log E with E exponential of rate 1 is Gumbel noise; the bound keeps log(0) out.
        var noise = rand_like(logits).clamp(1e-20, 1).log().neg().clamp(1e-20).log().neg();
        return ((logits + noise) / temperature).softmax(-1);
    }

    /// <summary>One-hot in the forward pass, the gradient of the soft form in the backward pass.</summary>
    public static Tensor Hard(Tensor logits, double temperature)
    {
        var soft = Soft(logits, temperature);
        var hard = zeros_like(soft).scatter_(-1, soft.argmax(-1, true), 1);
        return hard - soft.detach() + soft;
    }
}
