using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Merging;

public sealed class TaskVectorTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Dictionary<string, Tensor>[] models = Pool.Gaussian(3);

    public void Dispose() => scope.Dispose();

    private TaskVector First => TaskVector.Of(models[0], models[1]);

    private TaskVector Second => TaskVector.Of(models[0], models[2]);

    [Fact]
    public void A_vector_leads_from_the_base_to_its_model_and_sums_to_task_arithmetic()
    {
        Pool.Near(Pool.Flat(models[1]), Pool.Flat(First.ApplyTo(models[0])));
        var merged = (0.4 * (First + Second) - First * 0.1).ApplyTo(models[0]);
        Pool.Near(Pool.Flat(Merge.Of(models[0], models[1..]).TaskArithmetic(0.3, 0.4)), Pool.Flat(merged));
        Assert.Equal(0, merged["steps"].item<int>());
        Pool.Near(Pool.Flat(models[0]), Pool.Flat((First + -First).ApplyTo(models[0])));
    }

    [Fact]
    public void Angles_and_lengths_are_over_all_tensors_or_layer_by_layer()
    {
        static double[] Tau(Dictionary<string, Tensor>[] models, int i) =>
            [.. Pool.Flat(models[i]).Zip(Pool.Flat(models[0]), (end, start) => end - start)];
        var (x, y) = (Tau(models, 1), Tau(models, 2));
        var dot = x.Zip(y, (a, b) => a * b).Sum();
        Assert.Equal(Math.Sqrt(x.Sum(a => a * a)), First.Norm(), 9);
        Assert.Equal(dot, First.Dot(Second), 8);
        Assert.Equal(dot / Math.Sqrt(x.Sum(a => a * a) * y.Sum(b => b * b)), First.Cosine(Second), 12);
        var layers = First.Layers(Second).ToArray();
        Assert.Equal(["a.bias", "head.weight", "scale", "z.weight"], layers.Select(layer => layer.Name));
        Assert.Equal(First.Norm(), Math.Sqrt(layers.Sum(layer => layer.Norm * layer.Norm)), 9);
        Assert.Equal(First.Dot(Second), layers.Sum(layer => layer.Norm * layer.OtherNorm * layer.Cosine), 8);
        Assert.Equal(layers[1].Norm, First.Of("head.*").Norm(), 12);
    }

    [Fact]
    public void Part_of_a_vector_changes_that_part_alone()
    {
        var applied = First.Of("*.weight").ApplyTo(models[0]);
        Pool.Near(models[1]["z.weight"].Numbers(), applied["z.weight"].Numbers());
        Pool.Near(models[0]["a.bias"].Numbers(), applied["a.bias"].Numbers(), 0);
        Assert.NotSame(models[0]["a.bias"], applied["a.bias"]);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Contains("did you mean 'z.weight'?", Assert.Throws<ArgumentException>(() => First.Of("z.wieght")).Message);
        Assert.Contains("only one of two task vectors has 'a.bias'", Assert.Throws<ArgumentException>(() => First + Second.Of("*.weight")).Message);
        Assert.Contains("the base has no 'a.bias'", Assert.Throws<ArgumentException>(() => First.ApplyTo(new Dictionary<string, Tensor>())).Message);
        models[2]["head.weight"] = zeros(2, 2, ScalarType.Float64);
        Assert.Contains("tuned model: 'head.weight' is [2, 2]", Assert.Throws<ArgumentException>(() => Second).Message);
    }
}
