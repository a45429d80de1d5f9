using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Training;

/// <summary>A small problem of two tasks that the tests of training share: y is linear in x with noise, c says whether it is above 0.</summary>
internal static class Problem
{
    public static readonly Tensor X = Values.Normal(1, 48, 5);
    public static readonly Tensor Y = X.matmul(Values.Normal(2, 5, 1)).squeeze(1) + 0.3 * Values.Normal(3, 48);
    public static readonly Tensor Class = Y.gt(0).to(ScalarType.Int64);

    public static Model Linear => Model.Named("linear").Input(5).Task("y", Head.Regress());

    public static Model TwoTasks => Model.Named("two").Input(5).Backbone(Block.Mlp(8)).Experts(3, Block.Mlp(6))
        .Task("y", Head.Regress()).Task("c", Head.Classify(2));

    public static DataSplits Joint
    {
        get
        {
            var examples = Examples.Joint(X, ("y", Y), ("c", Class));
            return new(examples, examples, examples);
        }
    }

    /// <summary>32 rows for y and 16 others for c.</summary>
    public static DataSplits Separate
    {
        get
        {
            var examples = Examples.PerTask(("y", X[TensorIndex.Slice(0, 32)], Y[TensorIndex.Slice(0, 32)]),
                ("c", X[TensorIndex.Slice(32)], Class[TensorIndex.Slice(32)]));
            return new(examples, examples, examples);
        }
    }

    /// <summary>All weights and buffers by name, as numbers.</summary>
    public static Dictionary<string, double[]> WeightsOf(nn.Module module) => module.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.Numbers());

    public static void SameWeights(nn.Module one, nn.Module other) => SameWeights(WeightsOf(one), WeightsOf(other));

    public static void SameWeights(Dictionary<string, double[]> one, Dictionary<string, double[]> other)
    {
        Assert.Equal(one.Keys.Order(), other.Keys.Order());
        foreach (var (name, values) in one) Assert.Equal(values, other[name]);
    }

    public static void NearWeights(nn.Module one, nn.Module other, double tolerance)
    {
        var others = WeightsOf(other);
        foreach (var (name, values) in WeightsOf(one))
            foreach (var (value, expected) in values.Zip(others[name])) Assert.Equal(expected, value, tolerance);
    }
}
