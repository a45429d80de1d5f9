using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>The softmax of gates.</summary>
internal static class ExpertSoftmax
{
    /// <summary>
    /// [rows, experts] → [rows, experts], each row summing to 1. The CPU's softmax over neighbours in memory is slow where their number does not fill
    /// its vectors, up to ten times slower than one over rows of numbers that lie side by side.
    /// </summary>
    public static Tensor Of(Tensor logits) => FillsVectors(logits, logits.shape[1]) ? logits.softmax(1) : logits.t().contiguous().softmax(0).t();

    /// <summary>Whether a softmax over so many neighbours in memory is fast.</summary>
    public static bool FillsVectors(Tensor logits, long experts) => logits.device_type != DeviceType.CPU || experts % 8 == 0;
}
