using static TorchSharp.torch;

namespace Polytask.Tests.Merging;

/// <summary>Small models of sines, the same as in tests/peers/merging_reference.py, and random ones.</summary>
internal static class Pool
{
    public const int Tasks = 3;

    public static Tensor Sines(double phase, params long[] shape)
    {
        var count = shape.Aggregate(1L, (product, dimension) => product * dimension);
        return tensor([.. Enumerable.Range(0, (int)count).Select(i => Math.Sin((double)i * i * 0.7 + phase))]).reshape(shape);
    }

    public static Dictionary<string, Tensor> Base() => new() { ["a.weight"] = Sines(1, 5, 4), ["b.bias"] = Sines(2, 7) };

    public static Dictionary<string, Tensor>[] Tuned() =>
    [
        .. Enumerable.Range(0, Tasks).Select(t => new Dictionary<string, Tensor>
        {
            ["a.weight"] = Sines(1, 5, 4) + 0.1 * (t + 1) * Sines(3 + t, 5, 4),
            ["b.bias"] = Sines(2, 7) + 0.1 * (t + 1) * Sines(6 + t, 7),
        }),
    ];

    public static MergePool Reference() => Merge.Of(Base(), Tuned());

    /// <summary>Gaussian models, with a tensor of more than one piece of blocks, a scalar and one of whole numbers.</summary>
    public static Dictionary<string, Tensor>[] Gaussian(int models, ScalarType type = ScalarType.Float64, long rows = 129) =>
    [
        .. Enumerable.Range(0, models).Select(i => new Dictionary<string, Tensor>
        {
            ["z.weight"] = Values.Normal(100 + i, rows, 65).to(type),
            ["head.weight"] = Values.Normal(200 + i, 3, 5).to(type),
            ["a.bias"] = Values.Normal(300 + i, 65).to(type),
            ["scale"] = Values.Normal(400 + i, 1).reshape().to(type),
            ["steps"] = tensor(i),
        }),
    ];

    /// <summary>All merged numbers in the order of names.</summary>
    public static double[] Flat(IReadOnlyDictionary<string, Tensor> model) =>
        [.. model.OrderBy(pair => pair.Key, StringComparer.Ordinal).Where(pair => is_floating_point(pair.Value.dtype))
            .SelectMany(pair => pair.Value.Numbers())];

    public static double[] Flat(MergedModel merged) => Flat(merged.ToDictionary());

    public static void Near(double[] expected, double[] actual, double tolerance = 1e-10)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"at {i}: expected {expected[i]}, got {actual[i]}");
    }

    public static void SameBits(IReadOnlyDictionary<string, Tensor> expected, IReadOnlyDictionary<string, Tensor> actual)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach (var (name, tensor) in expected)
        {
            Assert.Equal(StoredTensor.Of(name, tensor), StoredTensor.Of(name, actual[name]));
            Assert.True(tensor.bytes.SequenceEqual(actual[name].bytes), name);
        }
    }
}
