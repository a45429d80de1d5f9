using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>The boxes in a detection head's maps: cells whose probability no neighbour exceeds, best first (Zhou et al., 2019, section 4).</summary>
internal static class Detections
{
    /// <summary>
    /// float [rows, classes + 4, height, width] → [rows, boxes, 6]: probability, class, centre x and y, width and height as shares of the image.
    /// </summary>
    public static Tensor Of(Tensor output, long classes, int boxes)
    {
        var (height, width) = (output.shape[2], output.shape[3]);
        var heat = output.narrow(1, 0, classes).sigmoid();
        var peaks = heat * heat.eq(nn.functional.max_pool2d(heat, 3, 1, 1)).to(heat.dtype);
        var (scores, places) = peaks.flatten(1).topk((int)Math.Min(boxes, classes * height * width), 1);
        var cell = places.remainder(height * width);
        var regressed = output.narrow(1, classes, 4).flatten(2).gather(2, cell.unsqueeze(1).expand(-1, 4, -1)); // [rows, 4, boxes]
        var (column, row) = (cell.remainder(width).to(heat.dtype), cell.div(width, RoundingMode.floor).to(heat.dtype));
        return stack(
        [
            scores, places.div(height * width, RoundingMode.floor).to(heat.dtype),
            (column + regressed.select(1, 0)) / width, (row + regressed.select(1, 1)) / height,
            regressed.select(1, 2).clamp(min: 0) / width, regressed.select(1, 3).clamp(min: 0) / height,
        ], 2);
    }

    /// <summary>
    /// Boxes by their sides, as metrics read them: [rows, boxes, 6] of probability, class, centre and size → left, top, right, bottom, probability,
    /// class; [rows, boxes, 5] of class, centre and size → left, top, right, bottom, class.
    /// </summary>
    public static Tensor Sides(Tensor boxes)
    {
        var what = boxes.shape[2] - 4;
        var (centre, half) = (boxes.narrow(2, what, 2), boxes.narrow(2, what + 2, 2) / 2);
        return cat([centre - half, centre + half, boxes.narrow(2, 0, what)], 2);
    }
}
