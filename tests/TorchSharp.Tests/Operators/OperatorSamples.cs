using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>A call of an operator as a function of tensors that may carry gradients.</summary>
/// <param name="Of">the call; what it takes beside the inputs is inside</param>
/// <param name="Inputs">where to evaluate it</param>
public sealed record OperatorSample(Func<Tensor[], Tensor> Of, Tensor[] Inputs);

/// <summary>
/// Calls of the table's operators on a device and in an element type, the same numbers whatever these are. Nothing here knows a test
/// framework: the gradient tests use it, and so does a program that compares a device with the CPU.
/// </summary>
public sealed partial class OperatorSamples
{
    private readonly Device device;
    private readonly ScalarType type;
    private readonly Generator numbers = new(20);
    private readonly Dictionary<string, List<OperatorSample>> all = [];

    public OperatorSamples(Device device, ScalarType type)
    {
        this.device = device;
        this.type = type;
        Pointwise();
        Reductions();
        LinearAlgebra();
        Shapes();
        Picking();
        NeuralNetworks();
        Modules();
    }

    /// <summary>By libtorch's name, without the underscore of in-place operators.</summary>
    public IReadOnlyDictionary<string, List<OperatorSample>> ByName => all;

    private void On(string name, Func<Tensor[], Tensor> of, params Tensor[] inputs)
    {
        if (!all.TryGetValue(name, out var list)) all[name] = list = [];
        list.Add(new OperatorSample(of, inputs));
    }

    private void Each(Func<long[], Tensor> domain, params (string Name, Func<Tensor, Tensor> Of)[] operators)
    {
        foreach (var (name, of) in operators) On(name, x => of(x[0]), domain([2, 3]));
    }

    // ---- inputs: drawn on the CPU in double precision, so that every device and type has the same

    /// <summary>Normally distributed.</summary>
    private Tensor R(params long[] shape) => Here(randn(shape, float64, generator: numbers));

    /// <summary>From 0.5 to 1.5: inside the domain of logarithms and roots.</summary>
    private Tensor P(params long[] shape) => Here(rand(shape, float64, generator: numbers) + 0.5);

    /// <summary>From -0.9 to 0.9: inside the domain of inverse sines.</summary>
    private Tensor U(params long[] shape) => Here(rand(shape, float64, generator: numbers) * 1.8 - 0.9);

    /// <summary>From 0.05 to 0.95: probabilities.</summary>
    private Tensor Q(params long[] shape) => Here(rand(shape, float64, generator: numbers) * 0.9 + 0.05);

    private Tensor Here(Tensor drawn) => drawn.to(type, device);

    // ---- what calls take beside their inputs

    private Tensor N(params double[] values) => tensor(values, type, device);

    private Tensor Number(double value) => tensor(value, type, device);

    private Tensor Zeros(params long[] shape) => zeros(shape, type, device);

    private Tensor Index(params long[] values) => tensor(values, device: device);

    private Tensor Index(long[,] values) => tensor(values, device: device);

    private Tensor Mask(params bool[] values) => tensor(values, device: device);

    /// <summary>Symmetric and positive definite, as a function of any matrix.</summary>
    private static Tensor Spd(Tensor x) => x.matmul(x.mT) + eye(x.shape[^1], dtype: x.dtype, device: x.device) * 2;
}
