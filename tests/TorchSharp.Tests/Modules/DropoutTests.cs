using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Modules;

public class DropoutTests
{
    [Fact]
    public void Training_drops_about_p_and_keeps_the_mean_while_evaluation_passes_through()
    {
        manual_seed(5);
        using var dropout = nn.Dropout(0.3);
        using var input = ones(200, 200);
        var dropped = Reference.Doubles(dropout.call(input));
        var share = dropped.Count(value => value == 0) / (double)dropped.Length;
        // Four standard deviations of a binomial share of 40,000 draws.
        Assert.InRange(share, 0.3 - 4 * 0.0023, 0.3 + 4 * 0.0023);
        Assert.All(dropped.Where(value => value != 0), value => Assert.Equal(1 / 0.7, value, 5));
        dropout.eval();
        Assert.True(dropout.call(input).Equals(input));
    }

    [Fact]
    public void Two_dimensional_dropout_drops_whole_channels()
    {
        manual_seed(5);
        using var dropout = nn.Dropout2d(0.5);
        var sums = Reference.Doubles(dropout.call(ones(10, 20, 3, 3)).sum([2, 3]));
        Assert.All(sums, sum => Assert.True(sum is 0 or 18, $"a channel sums to {sum}"));
        Assert.Contains(0.0, sums);
        Assert.Contains(18.0, sums);
    }
}
