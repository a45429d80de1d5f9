namespace Polytask;

/// <summary>
/// A statement of a paper and whether it held here, with the numbers that decided it. A claim that fails is a result, not an error.
/// </summary>
/// <param name="Statement">What is claimed.</param>
/// <param name="Holds">Whether it held.</param>
/// <param name="Measured">The measured numbers.</param>
/// <param name="Expected">What they were held against.</param>
/// <param name="Seeds">Over how many seeds; null for an identity that needs none.</param>
public sealed record Claim(string Statement, bool Holds, string Measured, string Expected, int? Seeds = null)
{
    /// <summary>A claim about one number: <c>Claim.That("every gate row sums to 1", difference.AtMost(1e-6))</c>.</summary>
    /// <param name="statement">What is claimed, for a reader.</param>
    /// <param name="finding">The number, held against its bound.</param>
    /// <param name="seeds">Over how many seeds it was measured; null for an identity.</param>
    public static Claim That(string statement, Finding finding, int? seeds = null) =>
        new(statement, finding.Holds, finding.Measured, finding.Expected, seeds);

    /// <inheritdoc/>
    public override string ToString() => $"{(Holds ? "holds" : "DOES NOT HOLD")}: {Statement} (measured {Measured}; expected {Expected})";
}
