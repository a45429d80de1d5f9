using Polytask;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Values of the samples against numpy and scipy; tests/peers/operator_reference.py wrote the file. A row without a check fails.</summary>
public class OperatorValueTests
{
    private const string OnlyValues = "value:";

    private static readonly OperatorSamples samples = new(CPU, float64);
    private static readonly Dictionary<string, Tensor> reference = SafeTensors.Load(Path.Combine(AppContext.BaseDirectory, "Reference", "operators.safetensors"));
    private static readonly HashSet<string> core = [.. CalledRows.All.Select(row => Stem(row.Native))];

    /// <summary>libtorch's name, without the underscore of in-place operators.</summary>
    private static string Stem(string native) => native.StartsWith('_') ? native : native.TrimEnd('_');

    public static TheoryData<string> Names() => [.. Keys()];

    private static IEnumerable<string> Keys() => samples.ByName.Keys.Where(core.Contains).Concat(samples.ValuesByName.Keys.Select(name => OnlyValues + name));

    private static List<OperatorSample> Of(string key) =>
        key.StartsWith(OnlyValues, StringComparison.Ordinal) ? samples.ValuesByName[key[OnlyValues.Length..]] : samples.ByName[key];

    [Theory, MemberData(nameof(Names))]
    public void The_value_is_that_of_numpy_and_scipy(string key)
    {
        var list = Of(key);
        for (var k = 0; k < list.Count; k++)
        {
            using var scope = NewDisposeScope();
            Close(reference[$"{key}.{k}"], list[k].Of(list[k].Inputs), $"{key}, sample {k}");
        }
    }

    internal static void Close(Tensor expected, Tensor actual, string what)
    {
        if (actual.is_complex()) actual = view_as_real(actual.resolve_conj());
        Assert.True(expected.shape.SequenceEqual(actual.shape), $"{what}: shape [{string.Join(", ", actual.shape)}], expected [{string.Join(", ", expected.shape)}]");
        var (wanted, found) = (expected.to(float64).data<double>().ToArray(), actual.to(float64).data<double>().ToArray());
        for (var k = 0; k < wanted.Length; k++)
        {
            var same = wanted[k].Equals(found[k]) || Math.Abs(wanted[k] - found[k]) <= 1e-9 * (1 + Math.Abs(wanted[k]));
            Assert.True(same, $"{what}, element {k}: {found[k]}, expected {wanted[k]}");
        }
    }

    [Fact]
    public void Every_reference_value_belongs_to_a_sample()
    {
        var expected = Keys().SelectMany(key => Enumerable.Range(0, Of(key).Count).Select(k => $"{key}.{k}"));
        Assert.Equal(expected.Order(StringComparer.Ordinal), reference.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_row_has_a_value_check()
    {
        var checkedRows = new HashSet<(string, string)>();
        foreach (var key in Keys())
        {
            var name = key.Replace(OnlyValues, "", StringComparison.Ordinal);
            foreach (var sample in Of(key))
            {
                using var scope = NewDisposeScope();
                checkedRows.UnionWith(CalledRows.During(() => sample.Of(sample.Inputs)).Where(row => Stem(row.Native) == name));
            }
        }
        checkedRows.UnionWith(InPlaceTests.CheckedRows());
        checkedRows.UnionWith(RandomOperatorTests.CheckedRows());
        checkedRows.Add(("set_", "source_Tensor")); // InPlaceTests.Set_makes_both_share_their_elements
        checkedRows.Add(("_dirichlet_grad", "")); // the tests of torch.distributions have gradients through draws
        checkedRows.Add(("pin_memory", "")); // needs a CUDA device; ErrorTests has what it says without one
        var forgotten = CalledRows.All.Where(row => !checkedRows.Contains(row)).Select(row => $"{row.Native}.{row.Overload}");
        Assert.Equal("", string.Join(", ", forgotten));
    }
}
