using static TorchSharp.torch;

namespace Polytask.Tests.Losses;

/// <summary>The rows of a loss that has some.</summary>
internal static class LossRows
{
    public static Tensor PerRow(this Loss loss, Tensor output, Tensor target) => Assert.IsAssignableFrom<RowLoss>(loss).PerRow(output, target);
}
