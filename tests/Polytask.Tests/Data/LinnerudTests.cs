using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Data;

public class LinnerudTests
{
    [Fact]
    public void Columns_are_standardised()
    {
        using var scope = NewDisposeScope();
        var data = Datasets.Linnerud();
        foreach (var columns in new[] { data.X, data.Y })
        {
            Assert.Equal([20L, 3], columns.shape);
            Assert.True(columns.mean([0L]).abs().max().item<float>() < 1e-6);
            Assert.True((columns.pow(2).mean([0L]) - 1).abs().max().item<float>() < 1e-5);
        }
    }

    // Correlations of the raw columns, computed with numpy.
    [Fact]
    public void Correlations_are_those_of_the_raw_columns()
    {
        using var scope = NewDisposeScope();
        var data = Datasets.Linnerud();
        var correlations = data.X.t().matmul(data.Y) / 20;
        float[] expected = [-0.389694f, -0.552232f, 0.150648f, -0.493084f, -0.645598f, 0.225038f, -0.226296f, -0.191499f, 0.034933f];
        Assert.All(correlations.flatten().data<float>().ToArray().Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
    }

    [Fact]
    public void Every_split_is_the_whole()
    {
        using var scope = NewDisposeScope();
        var data = Datasets.Linnerud();
        var splits = data.Split(5);
        Assert.Equal(["weight", "waist", "pulse"], splits.Test.Tasks);
        Assert.True(splits.Test.Target("pulse").Same(data.Y.select(1, 2)));
        Assert.True(splits.Train.Inputs("weight").Same(data.X));
    }
}
