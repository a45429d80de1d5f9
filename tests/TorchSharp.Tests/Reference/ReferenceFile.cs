using Polytask;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>A safetensors file of what Python gave; a script of tests/peers wrote it.</summary>
internal sealed class ReferenceFile(string name)
{
    private readonly Dictionary<string, Tensor> tensors = SafeTensors.Load(Path.Combine(
        AppContext.BaseDirectory, "Reference", $"{name}.safetensors"));

    public Tensor this[string key] => tensors[key];

    /// <summary>The first parts of the names that lie under a prefix, each once.</summary>
    public IEnumerable<string> Under(string prefix = "") =>
        tensors.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Select(key => key[prefix.Length..].Split('/')[0]).Distinct();

    public bool Has(string key) => tensors.ContainsKey(key);

    /// <summary>Equal shape, and every element within the tolerance (relative above 1).</summary>
    public void Equal(string key, Tensor actual, double tolerance)
    {
        var wanted = tensors[key];
        Assert.Equal(new Size(wanted.shape), new Size(actual.shape));
        var (left, right) = (Reference.Doubles(wanted), Reference.Doubles(actual));
        for (var k = 0; k < left.Length; k++)
            Assert.True(
                left[k].Equals(right[k]) || Math.Abs(left[k] - right[k]) <= tolerance * Math.Max(1, Math.Abs(left[k])),
                $"{key}[{k}]: {right[k]}, expected {left[k]}");
    }
}
