namespace Polytask;

/// <summary>How tasks mix the experts.</summary>
public abstract record Gate
{
    private protected Gate() { }

    /// <summary>
    /// A softmax gate per task, g^k(x) = softmax(W_g^k x) (Ma et al., KDD 2018, equation 7): linear in the experts' own input, without a bias.
    /// </summary>
    public static SoftmaxGate Softmax() => new();
}

/// <summary>A dense softmax gate; see <see cref="Gate.Softmax"/>.</summary>
public sealed record SoftmaxGate : Gate
{
    internal SoftmaxGate() { }

    /// <summary>Whether all tasks share one gate (the paper's OMoE) or each has its own (MMoE).</summary>
    public bool IsShared { get; private init; }

    /// <summary>Whether the gate starts at exactly 1/E for every expert.</summary>
    public bool IsZeroInitialised { get; private init; }

    /// <summary>One gate for all tasks: OMoE, the ablation that isolates the multi-gate idea.</summary>
    public SoftmaxGate Shared() => this with { IsShared = true };

    /// <summary>Start with W_g = 0, so that every expert has weight 1/E.</summary>
    public SoftmaxGate ZeroInitialised() => this with { IsZeroInitialised = true };

    /// <inheritdoc/>
    public override string ToString() =>
        (IsShared ? "one softmax gate" : "a softmax gate per task") + (IsZeroInitialised ? ", zero-initialised" : "");
}
