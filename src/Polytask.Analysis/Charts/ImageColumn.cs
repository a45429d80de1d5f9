using Tensor = TorchSharp.torch.Tensor;

namespace Polytask.Analysis;

/// <summary>
/// A column of an image grid, an image per example: "input", "depth, truth", "depth, predicted". What it holds decides how it is drawn: floats
/// [examples, 3, height, width] between 0 and 1 are pictures, other floats [examples, height, width] or [examples, 1, height, width] are maps
/// with a colour scale, and integers of such a shape are maps of classes.
/// </summary>
/// <param name="Title">What stands above the column.</param>
/// <param name="Images">The images, on any device.</param>
/// <param name="Scale">Columns of one scale share its range and colours, as truth and prediction must: "depth (m)"; the title by default.</param>
public sealed record ImageColumn(string Title, Tensor Images, string? Scale = null)
{
    /// <summary>The names of the classes, where the images are maps of classes; the numbers by default.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];
}
