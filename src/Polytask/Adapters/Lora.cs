using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

public abstract partial record Adapter
{
    /// <summary>
    /// Low-rank changes of weights (Hu et al., ICLR 2022, equation 3): W x + (α / r) B A x, with B = 0 at the start and r (m + n) numbers for a
    /// weight of m x n. At linear maps and convolutions; <see cref="Adaptation.Merge"/> gives W + (α / r) B A.
    /// </summary>
    /// <param name="rank">r, at most the smaller side of the weight.</param>
    /// <param name="alpha">α; null for α = r.</param>
    public static Lora Lora(int rank, double? alpha = null) => new(rank, alpha ?? rank);
}

/// <summary>Low-rank changes of weights, made by <see cref="Adapter.Lora"/>.</summary>
public sealed record Lora : LayerwiseAdapter
{
    internal Lora(int rank, double alpha)
    {
        if (rank < 1) throw new DeclarationException($"lora needs a rank of at least 1, but got {rank}");
        if (!double.IsFinite(alpha)) throw new DeclarationException(FormattableString.Invariant($"lora needs a number as alpha, but got {alpha}"));
        (Rank, Alpha) = (rank, alpha);
    }

    /// <summary>r.</summary>
    public int Rank { get; }

    /// <summary>α.</summary>
    public double Alpha { get; }

    /// <summary>The share of the update's inputs that is set to zero while training.</summary>
    public double Dropout { get; private init; }

    /// <summary>Dropout of what the update reads.</summary>
    /// <param name="probability">At least 0, below 1.</param>
    public Lora WithDropout(double probability) => this with { Dropout = Probability.Checked(probability) };

    /// <inheritdoc/>
    public override string Name => "lora";

    /// <inheritdoc/>
    public override string Describe() => FormattableString.Invariant($"lora rank {Rank} alpha {Alpha}") + Probability.Described(Dropout);

    internal override bool Fits(nn.Module layer) => layer is TorchSharp.Modules.Linear or Convolution { transposed: false };

    internal override string Kinds => "linear and convolutional layers";

    internal override LayerAdapter Make(AdaptedLayer layer, IReadOnlyList<string> tasks, nn.Module? common) => new LoraUpdate(layer, this);
}

internal sealed class LoraUpdate : LowRankUpdate
{
    private readonly Parameter A;
    private readonly Parameter B;
    private readonly double scale;

    public LoraUpdate(AdaptedLayer layer, Lora spec) : base(spec.Name, layer, spec.Dropout)
    {
        var rank = CheckedRank(spec.Rank, layer, spec.Name);
        scale = spec.Alpha / spec.Rank;
        (A, B) = Factors(layer, rank);
        RegisterComponents();
    }

    /// <summary>A drawn as a linear map's weight is, uniform in ±1/√n; B zero.</summary>
    public static (Parameter A, Parameter B) Factors(AdaptedLayer layer, long rank)
    {
        var a = empty(rank, layer.Inputs);
        nn.init.kaiming_uniform_(a, Math.Sqrt(5));
        return (layer.Like(a), layer.Like(zeros(layer.Outputs, rank)));
    }

    protected override IEnumerable<(Tensor A, Tensor B)> Products(int task, bool training) => [(A, B.mul(scale))];
}
