namespace Polytask.Analysis;

/// <summary>A drawing: an SVG, and a text for readers that draw nothing.</summary>
/// <param name="Svg">The drawing, without scripts or outside references.</param>
/// <param name="Text">The same in words.</param>
public sealed record Diagram(string Svg, string Text) : IMimeBundle
{
    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string> { ["image/svg+xml"] = Svg, ["text/plain"] = Text };
}
