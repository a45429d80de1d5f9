namespace Polytask.Notebooks.Running.Comparing;

/// <summary>When two outputs count as the same. Times, identifiers and memory addresses never count.</summary>
/// <param name="Tolerance">
/// How far numbers may be apart, relative to the larger. A cell's own metadata may give another: {"polytask": {"tolerance": 0.05}}.
/// </param>
/// <param name="Images">Whether the bytes of images count.</param>
public sealed record ComparisonOptions(double Tolerance = ComparisonOptions.UsualTolerance, bool Images = false)
{
    /// <summary>What different processors make of the same sum.</summary>
    public const double UsualTolerance = 1e-6;
}
