using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// DSelect-k (Hazimeh et al., NeurIPS 2021): k selectors choose one expert each by a binary code z of m = ceil(log2 E) bits, relaxed by the cubic
/// smooth-step S, and a softmax over the selectors weighs them: q(z)_i = sum_j w_j prod_b (S(z_jb) if bit b of i is set, else 1 - S(z_jb))
/// (equations 4 to 6). Codes and weights are linear in the input (the per-example form). Where E is no power of two, codes without an expert are
/// penalised as in the paper's appendix, by 1 / (the mass on experts). The entropy of each selector is penalised until it has chosen.
/// </summary>
public sealed record DSelectKGate : Gate
{
    internal DSelectKGate(int k) => K = k >= 1 ? k : throw new DeclarationException($"DSelect-k chooses at least 1 expert, but got k = {k}");

    /// <summary>The number of selectors: the largest number of experts in use.</summary>
    public int K { get; }

    /// <summary>The width of the smooth-step: outside of -gamma/2 .. gamma/2 a bit is exactly 0 or 1.</summary>
    public double Gamma { get; private init; } = 1;

    /// <summary>The factor of the entropy that is added to the losses.</summary>
    public double EntropyPenalty { get; private init; } = 0.01;

    /// <summary>Another width of the smooth-step, above 0.</summary>
    public DSelectKGate WithGamma(double gamma) => gamma > 0
        ? this with { Gamma = gamma }
        : throw new DeclarationException($"a smooth-step needs a width above 0, but got {gamma}");

    /// <summary>Another factor of the entropy penalty, at least 0.</summary>
    public DSelectKGate WithEntropyPenalty(double factor) => factor >= 0
        ? this with { EntropyPenalty = factor }
        : throw new DeclarationException($"an entropy penalty is at least 0, but got {factor}");

    /// <summary>One gate for all tasks.</summary>
    public DSelectKGate Shared() => this with { IsShared = true };

    /// <inheritdoc/>
    public override string Kind => $"DSelect-{K}";

    internal override GateModule[] Build(Shape input, IReadOnlyList<int> experts, string place) =>
        [.. experts.Select(count => count >= 2
            ? new DSelectKGateModule(input, count, this)
            : throw new DeclarationException($"{place}: DSelect-k chooses among at least 2 experts, but a gate sees {count}"))];
}

internal sealed class DSelectKGateModule : GateModule
{
    private readonly TorchSharp.Modules.Linear codes;
    private readonly TorchSharp.Modules.Linear weights;
    private readonly DSelectKGate spec;
    private readonly int experts, bits;

    public DSelectKGateModule(Shape input, int experts, DSelectKGate spec)
    {
        (this.experts, this.spec) = (experts, spec);
        bits = (int)Math.Ceiling(Math.Log2(experts));
        codes = nn.Linear(input.Count, spec.K * bits);
        weights = nn.Linear(input.Count, spec.K);
        // Bits that start outside of the smooth-step have no gradient: begin in its middle (the paper draws from -gamma/100 to gamma/100).
        nn.init.uniform_(codes.weight!, -spec.Gamma / 100, spec.Gamma / 100);
        nn.init.zeros_(codes.bias!);
        // bit b of expert i, for every expert: [experts, bits]
        var table = new float[experts * bits];
        for (var i = 0; i < table.Length; i++) table[i] = (i / bits >> (i % bits)) & 1;
        register_buffer("bit_table", tensor(table).view(experts, bits));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var flat = x.flatten(1);
        var on = SmoothStep(codes.call(flat).view(-1, spec.K, 1, bits), spec.Gamma);               // [rows, k, 1, bits]
        var table = get_buffer("bit_table")!;
        var selected = (on * table + (1 - on) * (1 - table)).prod(-1);                             // [rows, k, experts]
        var mixing = weights.call(flat).softmax(1).unsqueeze(2);                                   // [rows, k, 1]
        if (training && spec.EntropyPenalty > 0)
        {
            var entropy = selected.clamp(1e-6).log().mul(selected).sum(2).neg();                   // [rows, k]
            var mass = experts < 1 << bits ? selected.sum(2).clamp(1e-6).reciprocal() : zeros_like(entropy);
            Penalise((entropy + mass).sum(1).mean() * spec.EntropyPenalty);
        }
        var output = (mixing * selected).sum(1);
        // Mass on codes without an expert is given back to the experts, so that the weights sum to 1.
        return experts < 1 << bits ? output / output.sum(1, keepdim: true).clamp(1e-6) : output;
    }

    /// <summary>S(t) = 0 below -gamma/2, 1 above gamma/2, and -2/gamma^3 t^3 + 3/(2 gamma) t + 1/2 between (equation 3).</summary>
    public static Tensor SmoothStep(Tensor t, double gamma)
    {
        var inside = t.clamp(-gamma / 2, gamma / 2);
        return inside.pow(3) * (-2 / (gamma * gamma * gamma)) + inside * (3 / (2 * gamma)) + 0.5;
    }
}
