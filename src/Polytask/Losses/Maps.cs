using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Maps of logits and of labels in one form.</summary>
internal static class Maps
{
    /// <summary>
    /// Logits [rows, classes, height, width] with class numbers [rows, height, width], or one map of logits with zeros and ones, both [rows, height,
    /// width] → the predicted shares and the labels, float [rows, classes, height, width], and which pixels have a label, [rows, 1, height, width].
    /// </summary>
    public static (Tensor Shares, Tensor Labels, Tensor Known) Shares(Tensor output, Tensor target)
    {
        if (output.ndim == target.ndim)
        {
            var missing = target.isnan();
            return (output.sigmoid().unsqueeze(1), target.masked_fill(missing, 0).unsqueeze(1), missing.logical_not().to(output.dtype).unsqueeze(1));
        }
        var known = target.ge(0).unsqueeze(1).to(output.dtype);
        var classes = arange(output.shape[1], dtype: ScalarType.Int64, device: output.device).reshape(1, -1, 1, 1);
        return (output.softmax(1), target.unsqueeze(1).eq(classes).to(output.dtype), known);
    }
}
