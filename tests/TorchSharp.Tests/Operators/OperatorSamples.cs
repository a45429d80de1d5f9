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
    private readonly Dictionary<string, List<OperatorSample>> all = [];
    private readonly Dictionary<string, List<OperatorSample>> withoutSlope = [];
    private uint inputs;

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
        Fourier();
        Sparse();
        Overloads();
        ValuesOnly();
    }

    /// <summary>By libtorch's name, without the underscore of in-place operators.</summary>
    public IReadOnlyDictionary<string, List<OperatorSample>> ByName => all;

    /// <summary>Calls whose values alone are to be checked: their results have no gradients, or the gradients are in <see cref="ByName"/>.</summary>
    public IReadOnlyDictionary<string, List<OperatorSample>> ValuesByName => withoutSlope;

    private void On(string name, Func<Tensor[], Tensor> of, params Tensor[] inputs) => Add(all, name, of, inputs);

    private void OnValue(string name, Func<Tensor[], Tensor> of, params Tensor[] inputs) => Add(withoutSlope, name, of, inputs);

    private void Add(Dictionary<string, List<OperatorSample>> lists, string name, Func<Tensor[], Tensor> of, Tensor[] inputs)
    {
        if (!lists.TryGetValue(name, out var list)) lists[name] = list = [];
        list.Add(new OperatorSample(of, inputs));
        this.inputs = 0;
    }

    private void Each(Func<long[], Tensor> domain, params (string Name, Func<Tensor, Tensor> Of)[] operators)
    {
        foreach (var (name, of) in operators) On(name, x => of(x[0]), domain([2, 3]));
    }

    // ---- inputs: of a closed form, so that every device and type, and the script of reference values, has the same

    /// <summary>From -1.5 to 1.5.</summary>
    private Tensor R(params long[] shape) => Here(shape, u => 3 * u - 1.5);

    /// <summary>From 0.5 to 1.5: inside the domain of logarithms and roots.</summary>
    private Tensor P(params long[] shape) => Here(shape, u => u + 0.5);

    /// <summary>From -0.9 to 0.9: inside the domain of inverse sines.</summary>
    private Tensor U(params long[] shape) => Here(shape, u => 1.8 * u - 0.9);

    /// <summary>From 0.05 to 0.95: probabilities.</summary>
    private Tensor Q(params long[] shape) => Here(shape, u => 0.9 * u + 0.05);

    /// <summary>Element k of a sample's n-th input, spread over the unit interval.</summary>
    private Tensor Here(long[] shape, Func<double, double> place)
    {
        var number = inputs++;
        var values = new double[shape.TotalSize()];
        for (uint k = 0; k < values.Length; k++) values[k] = place((Scramble(k, number) + 0.5) / 4294967296.0);
        return tensor(values, shape, type, device);
    }

    /// <summary>The finalising mix of MurmurHash3 (Appleby, 2011).</summary>
    private static uint Scramble(uint k, uint number)
    {
        var h = unchecked(((k + 1) * 2654435761) ^ ((number + 1) * 2246822519));
        h = unchecked((h ^ (h >> 16)) * 0x85ebca6b);
        h = unchecked((h ^ (h >> 13)) * 0xc2b2ae35);
        return h ^ (h >> 16);
    }

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
