using System.Globalization;

namespace Polytask;

/// <summary>What happens to an example, or a token, whose expert is full.</summary>
public enum Overflow
{
    /// <summary>The first in the order of the batch are kept, the others skip the expert.</summary>
    FirstCome,

    /// <summary>Random token selection (Kim et al., 2021, section 3.2): all that want an expert have the same chance.</summary>
    Random,
}

/// <summary>How a sparse gate is kept from sending everything to few experts.</summary>
public enum Balance
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>alpha E sum_i f_i P_i, f_i the share of examples sent to expert i, P_i its mean probability (Fedus et al., JMLR 2022, equation 4).</summary>
    Switch,

    /// <summary>alpha (cv^2(importance) + cv^2(load)), cv^2 the squared coefficient of variation (Shazeer et al., ICLR 2017, equations 6 to 11).</summary>
    Variation,
}

/// <summary>
/// Sparse routing: p = softmax(W x + noise), an example (or a token) goes to its k most probable experts, whose outputs are weighed by p, not
/// renormalised (Shazeer et al., ICLR 2017; M3ViT, NeurIPS 2022). Only the chosen experts are computed. See <see cref="Gate.TopK"/>.
/// </summary>
public sealed record TopKGate : Gate
{
    internal TopKGate(int k) => K = k >= 1 ? k : throw new DeclarationException($"a top-k gate chooses at least 1 expert, but got k = {k}");

    /// <summary>How many experts an example is sent to.</summary>
    public int K { get; }

    /// <summary>The standard deviation of the Gaussian noise on the logits in training, times the number of experts (M3ViT's s); 0 for none.</summary>
    public double Noise { get; private init; }

    /// <summary>Whether the noise's standard deviation is learned, softplus(W_n x) (Shazeer et al., equation 4).</summary>
    public bool HasLearnedNoise { get; private init; }

    /// <summary>The share by which what the router reads is multiplied up or down in training (Fedus et al., JMLR 2022); 0 for none.</summary>
    public double Jitter { get; private init; }

    /// <summary>Every expert takes at most ceil(factor * examples * k / experts) examples; null for no limit.</summary>
    public double? CapacityFactor { get; private init; }

    /// <summary>What happens beyond the capacity.</summary>
    public Overflow Overflow { get; private init; }

    /// <summary>The balance loss.</summary>
    public Balance Balance { get; private init; }

    /// <summary>The factor of the balance loss.</summary>
    public double BalanceFactor { get; private init; }

    /// <summary>The factor of the router's z-loss, mean (log sum exp logits)^2 (Zoph et al., 2022, equation 5); 0 for none.</summary>
    public double LogitPenalty { get; private init; }

    /// <summary>Whether the kept weights are divided by their sum.</summary>
    public bool IsRenormalised { get; private init; }

    /// <summary>The length of a learned vector of the task that the one router reads beside the example, or null for a router of its own per task.</summary>
    public long? TaskEmbedding { get; private init; }

    /// <summary>Gaussian noise of standard deviation s / E on the logits in training.</summary>
    public TopKGate WithNoise(double s) => this with { Noise = AtLeastZero(s, "noise") };

    /// <summary>Noise whose standard deviation is learned.</summary>
    public TopKGate WithLearnedNoise() => this with { HasLearnedNoise = true };

    /// <summary>What the router reads is multiplied by a number drawn from 1 - share .. 1 + share in training.</summary>
    public TopKGate WithJitter(double share) => this with { Jitter = AtLeastZero(share, "jitter") };

    /// <summary>A limit to what an expert takes.</summary>
    /// <param name="factor">Above 0; 1 is just enough where all experts are used equally.</param>
    /// <param name="overflow">Who is left out beyond it.</param>
    public TopKGate WithCapacity(double factor, Overflow overflow = Overflow.FirstCome) => factor > 0 && double.IsFinite(factor)
        ? this with { CapacityFactor = factor, Overflow = overflow }
        : throw new DeclarationException($"a capacity factor is above 0, but got {factor}");

    /// <summary>A loss that keeps all experts in use.</summary>
    public TopKGate WithBalance(Balance balance, double factor = 0.01) => this with { Balance = balance, BalanceFactor = AtLeastZero(factor, "balance") };

    /// <summary>A loss that keeps the logits small.</summary>
    public TopKGate WithLogitPenalty(double factor) => this with { LogitPenalty = AtLeastZero(factor, "logit penalty") };

    /// <summary>Kept weights that sum to 1.</summary>
    public TopKGate Renormalised() => this with { IsRenormalised = true };

    /// <summary>One router for all tasks that reads [x; a learned vector of the task] (M3ViT's task-conditioned form).</summary>
    /// <param name="dimension">The length of that vector.</param>
    public TopKGate TaskConditioned(long dimension) => dimension >= 1
        ? this with { TaskEmbedding = dimension }
        : throw new DeclarationException($"a task's vector needs a length of at least 1, but got {dimension}");

    /// <summary>One router for all tasks, which does not know the task.</summary>
    public TopKGate Shared() => this with { IsShared = true };

    /// <inheritdoc/>
    public override string Kind => $"top-{K}";

    /// <inheritdoc/>
    public override string Details
    {
        get
        {
            var parts = new List<string>();
            void Add(bool says, FormattableString text) { if (says) parts.Add(text.ToString(CultureInfo.InvariantCulture)); }
            Add(TaskEmbedding is not null, $"one router with a vector of {TaskEmbedding} per task");
            Add(Noise > 0, $"noise {Noise}");
            Add(HasLearnedNoise, $"learned noise");
            Add(Jitter > 0, $"jitter {Jitter}");
            Add(CapacityFactor is not null, $"capacity {CapacityFactor}, {(Overflow == Overflow.Random ? "random" : "first come")}");
            Add(Balance != Balance.None, $"{(Balance == Balance.Switch ? "switch" : "variation")} balance {BalanceFactor}");
            Add(LogitPenalty > 0, $"logit penalty {LogitPenalty}");
            Add(IsRenormalised, $"renormalised");
            return string.Join(", ", parts);
        }
    }

    internal override GateModule[] Build(Shape input, IReadOnlyList<int> experts, string place)
    {
        if (experts.FirstOrDefault(count => count < K) is > 0 and var few)
            throw new DeclarationException($"{place}: a top-{K} gate sees only {few} {(few == 1 ? "expert" : "experts")}; choose k of at most {few}");
        if (TaskEmbedding is not { } dimension) return [.. experts.Select(count => new TopKGateModule(this, new Router(this, input.Count, count), null))];
        if (experts.Distinct().Count() > 1)
            throw new DeclarationException($"{place}: a task-conditioned router serves gates of one number of experts, "
                + $"but they see {string.Join(", ", experts)}");
        var router = new Router(this, input.Count + dimension, experts[0]);
        return [.. experts.Select(_ => new TopKGateModule(this, router, dimension))];
    }

    private static double AtLeastZero(double value, string what) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new DeclarationException($"a top-k gate's {what} is a finite number of at least 0, but got {value}");
}
