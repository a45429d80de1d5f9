namespace Polytask.Tests.Metrics;

public class HypervolumeTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Slicing_equals_inclusion_and_exclusion(int objectives)
    {
        var random = StableRandom.For(objectives, "hypervolume");
        double[][] points = [.. Enumerable.Range(0, 9).Select(_ => Array.ConvertAll(random.Gaussians(objectives), value => value + 0.7))];
        points[3] = points[1]; // twice the same
        bool[] higher = [.. Enumerable.Range(0, objectives).Select(i => i % 2 == 0)];
        var reference = Enumerable.Range(0, objectives).Select(i => higher[i] ? -0.2 : 1.1).ToArray();
        var gains = points.Select(point => point.Select((value, i) => Math.Max(0, higher[i] ? value - reference[i] : reference[i] - value)).ToArray()).ToArray();
        var expected = 0.0;
        for (var chosen = 1; chosen < 1 << points.Length; chosen++)
        {
            var set = gains.Where((_, i) => (chosen >> i & 1) == 1).ToArray();
            var shared = Enumerable.Range(0, objectives).Aggregate(1.0, (product, i) => product * set.Min(gain => gain[i]));
            expected += set.Length % 2 == 1 ? shared : -shared;
        }
        Assert.Equal(expected, Hypervolume.Of(points, reference, higher), 1e-9);
    }

    [Fact]
    public void Bad_points_are_named()
    {
        Assert.Equal(0, Hypervolume.Of([], [0.0, 0.0], [true, true]));
        Assert.Equal(0, Hypervolume.Of([[1.0, -1.0]], [0.0, 0.0], [true, true]));
        Assert.Contains("2 objectives", Assert.Throws<DataException>(() => Hypervolume.Of([[1.0]], [0.0, 0.0], [true, true])).Message);
        Assert.Contains("not finite", Assert.Throws<DataException>(() => Hypervolume.Of([[1.0, double.NaN]], [0.0, 0.0], [true, true])).Message);
        Assert.Throws<DataException>(() => Hypervolume.Of([[1.0]], [0.0], [true, true]));
    }
}
