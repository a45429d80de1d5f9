using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Optimizers;

/// <summary>Fifty steps of each optimiser on one small net against Python's.</summary>
public class AgainstPython
{
    public static TheoryData<string> Names => [.. Cases.Optimizers];

    /// <summary>Single precision, where some optimisers take a step in one pass over memory.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Fifty_steps_end_where_Python_ends(string name) => Steps(name, ScalarType.Float32, 1e-5, [10, 50]);

    /// <summary>Double precision takes the road of plain operators, and no rounding hides a wrong formula.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Fifty_steps_in_double_precision_end_there_too(string name) => Steps(name, ScalarType.Float64, 1e-10, [1, 50]);

    private static void Steps(string name, ScalarType type, double tolerance, int[] looks)
    {
        using var net = Cases.Net(type);
        using var optimizer = Cases.Make(name, net.parameters());
        // Python keeps ASGD's step size in single precision.
        if (optimizer is ASGD && type == ScalarType.Float64) tolerance = 1e-6;
        var taken = 0;
        foreach (var look in looks)
        {
            Cases.Train(net, optimizer, look - taken);
            taken = look;
            Cases.Reference.Equal($"{name}/{Name(type)}/{look}", nn.utils.parameters_to_vector(net.parameters()), tolerance);
        }
        if (optimizer is not ASGD averaging) return;
        var averages = averaging.state_dict().State.Cast<ASGD.State>().Select(state => state.ax.reshape(-1)).ToList();
        Cases.Reference.Equal($"{name}/{Name(type)}/average", cat(averages), tolerance);
    }

    [Theory]
    [InlineData("lbfgs", ScalarType.Float32, 2, 1e-5)]
    [InlineData("lbfgs", ScalarType.Float64, 8, 1e-10)]
    [InlineData("lbfgs with a short history", ScalarType.Float32, 2, 1e-5)]
    [InlineData("lbfgs with a short history", ScalarType.Float64, 8, 1e-10)]
    public void Quasi_Newton_steps_end_where_Python_ends(string name, ScalarType type, int steps, double tolerance)
    {
        using var net = Cases.Net(type);
        using var optimizer = name == "lbfgs"
            ? optim.LBFGS(net.parameters(), 0.5, max_iter: 4)
            : optim.LBFGS(net.parameters(), 0.2, max_iter: 6, max_eval: 5, history_size: 3);
        Cases.Train(net, optimizer, steps);
        Cases.Reference.Equal($"{name}/{Name(type)}/{steps}", nn.utils.parameters_to_vector(net.parameters()), tolerance);
    }

    private static string Name(ScalarType type) => type == ScalarType.Float32 ? "float32" : "float64";
}
