using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// The parameters of a recurrent layer in the order in which libtorch's operators take them: for each layer, and for each direction in it, weight_ih,
/// weight_hh, bias_ih and bias_hh; the rows of the gates lie below one another.
/// </summary>
internal static class RecurrentParameters
{
    /// <summary>Names and values, uniform in ±1/√hidden.</summary>
    public static (string[] Names, Parameter[] Values) Make(long inputSize, long hiddenSize, long numLayers, long gates, bool bias, bool bidirectional, Device? device, ScalarType? dtype)
    {
        if (inputSize <= 0 || hiddenSize <= 0 || numLayers <= 0)
            throw new ArgumentException($"a recurrent layer needs positive sizes, but got inputSize {inputSize}, hiddenSize {hiddenSize}, numLayers {numLayers}");
        var names = new List<string>();
        var values = new List<Parameter>();
        for (var layer = 0; layer < numLayers; layer++)
            foreach (var suffix in bidirectional ? new[] { "", "_reverse" } : [""])
            {
                Add($"weight_ih_l{layer}{suffix}", gates * hiddenSize, layer == 0 ? inputSize : hiddenSize * (bidirectional ? 2 : 1));
                Add($"weight_hh_l{layer}{suffix}", gates * hiddenSize, hiddenSize);
                if (!bias) continue;
                Add($"bias_ih_l{layer}{suffix}", gates * hiddenSize);
                Add($"bias_hh_l{layer}{suffix}", gates * hiddenSize);
            }
        Initialize(values, hiddenSize);
        return ([.. names], [.. values]);

        void Add(string name, params long[] shape)
        {
            names.Add(name);
            values.Add(new Parameter(empty(shape, dtype: dtype, device: device)));
        }
    }

    public static void Initialize(IEnumerable<Parameter> parameters, long hiddenSize)
    {
        var bound = 1 / Math.Sqrt(hiddenSize);
        foreach (var parameter in parameters) nn.init.uniform_(parameter, -bound, bound);
    }
}
