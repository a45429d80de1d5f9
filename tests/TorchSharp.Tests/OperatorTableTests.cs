using TorchSharp.Interop;

namespace TorchSharp.Tests;

public class OperatorTableTests
{
    public static TheoryData<string, string, string> Rows()
    {
        var rows = new TheoryData<string, string, string>();
        foreach (var (native, overload, arguments) in Ops.core_operators().Concat(Ops.nn_operators()).Distinct()) rows.Add(native, overload, arguments);
        return rows;
    }

    [Theory, MemberData(nameof(Rows))]
    public void Every_row_names_an_operator_of_this_libtorch_and_its_arguments(string native, string overload, string arguments)
    {
        nint slot = 0;
        Assert.NotEqual(0, NativeCall.Bind(ref slot, native, overload, arguments));
    }
}
