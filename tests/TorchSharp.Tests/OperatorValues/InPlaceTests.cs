using System.Reflection;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>
/// In-place operators give what their pure twins give (whose values are checked against numpy), in the tensor itself. The pairs are found
/// in the table's internal calls, so a new row is tested without a line here unless its arguments are special.
/// </summary>
public class InPlaceTests
{
    private const BindingFlags Calls = BindingFlags.Static | BindingFlags.NonPublic;

    private static IEnumerable<(MethodInfo Pure, MethodInfo InPlace)> Pairs()
    {
        var methods = typeof(Ops).GetMethods(Calls).ToLookup(method => method.Name);
        foreach (var inPlace in methods.SelectMany(group => group).Where(method => method.Name.EndsWith('_')))
        {
            var types = inPlace.GetParameters().Select(parameter => parameter.ParameterType).ToArray();
            var pure = methods[inPlace.Name[..^1]].SingleOrDefault(method => method.GetParameters().Select(p => p.ParameterType).SequenceEqual(types));
            if (pure is not null && pure.ReturnType == typeof(Tensor)) yield return (pure, inPlace);
        }
    }

    public static TheoryData<string> Names() => [.. Pairs().Select(pair => Describe(pair.InPlace))];

    private static string Describe(MethodInfo method) => $"{method.Name}({string.Join(", ", method.GetParameters().Select(p => p.ParameterType.Name))})";

    [Theory, MemberData(nameof(Names))]
    public void The_result_is_the_pure_operators_in_the_tensor_itself(string name)
    {
        var (pure, inPlace) = Pairs().Single(pair => Describe(pair.InPlace) == name);
        var arguments = Arguments(pure);
        var subject = ((Tensor)arguments[0]!).clone();
        var expected = ((Tensor)pure.Invoke(null, arguments)!).to(subject.dtype);
        var place = subject.DataPointer;
        var result = (Tensor)inPlace.Invoke(null, [subject, .. arguments[1..]])!;
        Assert.Same(subject, result);
        Assert.Equal(place, subject.DataPointer);
        OperatorValueTests.Close(expected, subject, name);
    }

    [Fact]
    public void Set_makes_both_share_their_elements()
    {
        var (x, y) = (zeros(2), ones(3));
        Assert.Same(x, x.set_(y));
        x.fill_(5);
        Assert.Equal([5f, 5, 5], y.data<float>().ToArray());
    }

    /// <summary>The rows that the pairs call.</summary>
    internal static IEnumerable<(string, string)> CheckedRows() =>
        Pairs().SelectMany(pair =>
        {
            var arguments = Arguments(pair.InPlace);
            return CalledRows.During(() => pair.InPlace.Invoke(null, arguments)).Where(row => row.Native.EndsWith('_'));
        });

    // ---- arguments: by the operator where it is particular, else by type and name

    private static object?[] Arguments(MethodInfo method)
    {
        var name = method.Name.TrimEnd('_');
        var longs = 0L;
        return Special(name) ?? [.. method.GetParameters().Select((parameter, position) => Argument(name, parameter, position, ref longs))];
    }

    private static Tensor N(params double[] values) => tensor(values);

    private static Tensor Grid(params double[] values) => tensor(values).reshape(2, -1);

    private static object?[]? Special(string name) => name switch
    {
        "addbmm" => [Grid(1, 2, 3, 4), arange(8, float64).reshape(2, 2, 2), arange(8, float64).reshape(2, 2, 2) * 0.5, 0.5f, 2f],
        "addmm" => [Grid(1, 2, 3, 4), Grid(1, 2, 3, 5), Grid(7, 2, 3, 5), 0.5f, 2f],
        "addmv" => [N(1, 2), Grid(1, 2, 3, 5), N(4, 5), 0.5f, 2f],
        "addr" => [Grid(1, 2, 3, 4), N(1, 2), N(3, 4), 0.5f, 2f],
        "index_add" => [Grid(1, 2, 3, 4, 5, 6), 1L, tensor(new long[] { 2, 0 }), Grid(7, 8, 9, 10), (Scalar)2],
        "index_copy" => [Grid(1, 2, 3, 4, 5, 6), 1L, tensor(new long[] { 2, 0 }), Grid(7, 8, 9, 10)],
        "index_fill" => [Grid(1, 2, 3, 4, 5, 6), 1L, tensor(new long[] { 2, 0 }), (Scalar)2],
        "masked_fill" => [N(1, 2, 3), tensor(new[] { true, false, true }), (Scalar)7],
        "masked_scatter" => [N(1, 2, 3), tensor(new[] { true, false, true }), N(7, 8)],
        "scatter_add" => [N(1, 2, 3), 0L, tensor(new long[] { 2, 2 }), N(7, 8)],
        _ => null,
    };

    private static object? Argument(string name, ParameterInfo parameter, int position, ref long longs)
    {
        var integers = name.StartsWith("bitwise", StringComparison.Ordinal) || name is "gcd" or "lcm";
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (name == "scatter" && parameter.Name == "index") return tensor(new long[,] { { 1, 0, 1 } });
        if (type == typeof(Tensor) && integers) return tensor(position == 0 ? new long[,] { { 12, 5, 3 }, { 9, 8, 7 } } : new long[,] { { 2, 3, 4 }, { 1, 2, 6 } });
        if (type == typeof(Tensor)) return position switch
        {
            0 => Grid(0.15, 0.35, 0.55, 0.65, 0.75, 0.95) + (name is "acosh" or "arccosh" or "mvlgamma" ? 1 : 0),
            1 => Grid(0.9, 0.3, 0.55, 0.7, 0.2, 0.4),
            _ => Grid(0.6, 0.5, 0.85, 0.75, 0.9, 0.8),
        };
        if (type == typeof(Scalar)) return (Scalar)(parameter.Name switch { "min" => 0.3, "max" => 0.7, _ => 0.6 });
        if (type == typeof(double)) return 0.1;
        if (type == typeof(float)) return 1.5f;
        if (type == typeof(bool)) return false;
        if (type == typeof(string)) return parameter.Name == "approximate" ? "tanh" : "floor";
        if (type == typeof(long)) return parameter.Name == "p" ? 2L : longs++;
        throw new NotSupportedException($"{name} needs an argument of type {type}: add it to {nameof(Special)}");
    }
}
