using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>What Python's torch 1.13.1 gave; tests/peers/torch_reference.py wrote the file.</summary>
internal static class Reference
{
    private static readonly JsonElement Root = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "torch-1.13.1.json"))).RootElement;

    public static JsonElement Of(params ReadOnlySpan<string> path)
    {
        var element = Root;
        foreach (var name in path) element = element.GetProperty(name);
        return element;
    }

    public static IEnumerable<string> Names(params string[] path) => Of(path).EnumerateObject().Select(property => property.Name);

    /// <summary>A tensor of the file: int64 where all its numbers are whole in the file's notation, else float32.</summary>
    public static Tensor Tensor(JsonElement element)
    {
        var shape = element.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
        var values = element.GetProperty("values");
        var whole = values.EnumerateArray().All(value => !value.GetRawText().AsSpan().ContainsAny('.', 'e'));
        return whole
            ? tensor(values.EnumerateArray().Select(value => value.GetInt64()).ToArray()).reshape(shape)
            : tensor(values.EnumerateArray().Select(value => (float)value.GetDouble()).ToArray()).reshape(shape);
    }

    public static Dictionary<string, Tensor> Tensors(JsonElement element) =>
        element.EnumerateObject().ToDictionary(property => property.Name, property => Tensor(property.Value));

    /// <summary>The numbers scale · sin(1 + 1.7 k) + shift, as the script makes them.</summary>
    public static Tensor Pattern(long[] shape, double scale = 1, double shift = 0)
    {
        var count = shape.Aggregate(1L, (product, size) => product * size);
        return tensor(Enumerable.Range(0, (int)count).Select(k => (float)(scale * Math.Sin(1 + 1.7 * k) + shift)).ToArray()).reshape(shape);
    }

    /// <summary>Equal shape, and every element within the tolerance (relative above 1).</summary>
    public static void Equal(JsonElement expected, Tensor actual, double tolerance, string what)
    {
        var wanted = Tensor(expected);
        Assert.True(wanted.shape.SequenceEqual(actual.shape), $"{what}: shape [{string.Join(", ", actual.shape)}], expected [{string.Join(", ", wanted.shape)}]");
        var left = Doubles(wanted);
        var right = Doubles(actual);
        for (var k = 0; k < left.Length; k++)
            Assert.True(Math.Abs(left[k] - right[k]) <= tolerance * Math.Max(1, Math.Abs(left[k])), $"{what}[{k}]: {right[k]}, expected {left[k]}");
    }

    public static double[] Doubles(Tensor tensor) => tensor.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();
}
