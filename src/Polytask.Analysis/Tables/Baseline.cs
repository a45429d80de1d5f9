namespace Polytask.Analysis;

/// <summary>What the variants of a table are held against; a variant's name is one: <c>study.Table(baseline: "shared bottom")</c>.</summary>
/// <param name="Variant">The variant's name.</param>
public sealed record Baseline(string Variant)
{
    /// <summary>How differences are tested.</summary>
    public PairedTest Test { get; init; } = PairedTest.StudentT();

    /// <summary>The same baseline with another test.</summary>
    public Baseline By(PairedTest test) => this with { Test = test };

    /// <summary>The variant of that name, by the paired t-test.</summary>
    public static implicit operator Baseline(string variant) => new(variant);
}
