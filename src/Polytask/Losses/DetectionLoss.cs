using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// l = F + |o - o*| + 0.1 |s - s*|, each divided by the number of boxes: F the penalty-reduced focal loss of the map of centres against Gaussians
/// around the true ones, o the offset within the cell, s the size (Zhou, Wang and Krahenbuhl, Objects as Points, 2019, equations 1 to 4). The
/// Gaussian's deviations are a sixth of the box, at least 0.3 cells.
/// </summary>
internal sealed record DetectionLoss : RowLoss
{
    public override string Name => "centre detection";

    public override Tensor PerRow(Tensor output, Tensor target)
    {
        var (classes, height, width) = (output.shape[1] - 4, output.shape[2], output.shape[3]);
        var labels = target.select(2, 0);                                            // [rows, boxes]
        var present = labels.ge(0).to(output.dtype);
        var count = present.sum(1).clamp(min: 1);
        var (across, down) = (target.select(2, 1) * width, target.select(2, 2) * height);
        var (column, row) = (across.floor().clamp(0, width - 1), down.floor().clamp(0, height - 1));
        var (wide, high) = (target.select(2, 3) * width, target.select(2, 4) * height);

        var centres = Gaussian(row, high, height).unsqueeze(3) * Gaussian(column, wide, width).unsqueeze(2); // [rows, boxes, height, width]
        var heat = stack([.. Enumerable.Range(0, (int)classes).Select(label => (centres * labels.eq(label).unsqueeze(2).unsqueeze(3)).amax(1))], 1);
        var logits = output.narrow(1, 0, classes);
        var probabilities = logits.sigmoid();
        var peak = heat.eq(1).to(output.dtype);
        var focal = peak * (1 - probabilities).square() * logits.log_sigmoid()
            + (1 - peak) * (1 - heat).pow(4) * probabilities.square() * logits.neg().log_sigmoid();

        var cell = (row * width + column).to(ScalarType.Int64).unsqueeze(1).expand(-1, 4, -1);
        var errors = (output.narrow(1, classes, 4).flatten(2).gather(2, cell) - stack([across - column, down - row, wide, high], 1)).abs();
        var scale = tensor(new[] { 1f, 1, 0.1f, 0.1f }, dtype: output.dtype, device: output.device).reshape(1, 4, 1);
        return ((errors * scale * present.unsqueeze(1)).flatten(1).sum(1) - focal.flatten(1).sum(1)) / count;
    }

    public override bool Fits(Head head) => head is DetectHead;

    // [rows, boxes] of places and sizes in cells → [rows, boxes, cells].
    private static Tensor Gaussian(Tensor place, Tensor size, long cells)
    {
        var distance = arange(cells, dtype: place.dtype, device: place.device) - place.unsqueeze(2);
        return (distance / (size.unsqueeze(2) / 6).clamp(0.3)).square().mul(-0.5).exp();
    }
}
