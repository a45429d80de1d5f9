using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What a plain recurrent layer applies to its sum.</summary>
        public enum NonLinearities
        {
            ReLU = 0,
            Tanh = 1,
        }

        /// <inheritdoc cref="Modules.LSTM"/>
        /// <param name="numLayers">Layers, each on the outputs of the one below.</param>
        /// <param name="batchFirst">The batch is the first dimension of input and output; of the states it is the second always.</param>
        /// <param name="dropout">The probability of dropout between layers.</param>
        /// <param name="bidirectional">A second direction in each layer, from the end; outputs lie side by side.</param>
        public static LSTM LSTM(long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0.0, bool bidirectional = false,
            Device? device = null, ScalarType? dtype = null) => new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);

        /// <inheritdoc cref="Modules.GRU"/>
        public static GRU GRU(long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0.0, bool bidirectional = false,
            Device? device = null, ScalarType? dtype = null) => new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);

        /// <inheritdoc cref="Modules.RNN"/>
        public static RNN RNN(long inputSize, long hiddenSize, long numLayers = 1, NonLinearities nonLinearity = NonLinearities.Tanh, bool bias = true, bool batchFirst = false,
            double dropout = 0.0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
            new(inputSize, hiddenSize, numLayers, nonLinearity, bias, batchFirst, dropout, bidirectional, device, dtype);

        /// <inheritdoc cref="Modules.LSTMCell"/>
        public static LSTMCell LSTMCell(long inputSize, long hiddenSize, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
            new(inputSize, hiddenSize, bias, device, dtype);

        /// <inheritdoc cref="Modules.GRUCell"/>
        public static GRUCell GRUCell(long inputSize, long hiddenSize, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
            new(inputSize, hiddenSize, bias, device, dtype);

        /// <inheritdoc cref="Modules.RNNCell"/>
        public static RNNCell RNNCell(long inputSize, long hiddenSize, NonLinearities nonLinearity = NonLinearities.Tanh, bool bias = true, Device? device = null,
            ScalarType? dtype = null) => new(inputSize, hiddenSize, nonLinearity, bias, device, dtype);
    }
}
