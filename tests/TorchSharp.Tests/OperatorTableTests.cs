using TorchSharp.Interop;

namespace TorchSharp.Tests;

public class OperatorTableTests
{
    public static TheoryData<string, string, string> Rows()
    {
        var rows = new TheoryData<string, string, string>();
        foreach (var (native, overload, arguments) in All().Distinct()) rows.Add(native, overload, arguments);
        return rows;
    }

    internal static IEnumerable<(string Native, string Overload, string Arguments)> All() =>
        Ops.core_operators().Concat(Ops.nn_operators()).Concat(Ops.modules_operators());

    [Theory, MemberData(nameof(Rows))]
    public void Every_row_names_an_operator_of_this_libtorch_and_its_arguments(string native, string overload, string arguments)
    {
        nint slot = 0;
        Assert.NotEqual(0, NativeCall.Bind(ref slot, native, overload, arguments));
    }

    [Fact]
    public void Every_table_of_the_project_is_among_them()
    {
        var lists = typeof(Ops).GetMethods(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)
            .Where(m => m.Name.EndsWith("_operators", StringComparison.Ordinal));
        var rows = lists.Sum(m => ((IEnumerable<(string, string, string)>)m.Invoke(null, null)!).Count());
        Assert.Equal(rows, All().Count());
    }
}
