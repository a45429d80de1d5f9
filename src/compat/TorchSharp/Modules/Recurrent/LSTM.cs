using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp.Modules;

/// <summary>
/// Long short-term memory, Hochreiter and Schmidhuber (1997): i, f, o = σ(W x + U h + b), g = tanh(W x + U h + b), c' = f c + i g, h' = o tanh(c').
/// Gives the outputs of the last layer at all steps, and the hidden and cell states [layers · directions, N, hiddenSize] after the last step.
/// </summary>
public sealed class LSTM : Recurrence<(Tensor, Tensor)?, (Tensor, Tensor, Tensor)>
{
    internal LSTM(long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype)
        : base(nameof(LSTM), 4, 2, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype) { }

    public override (Tensor, Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0 = null)
    {
        using var scope = NewDisposeScope();
        var (batch, added) = Batched(input);
        Tensor[] states = [State(h0_c0?.Item1, batch, added), State(h0_c0?.Item2, batch, added)];
        var (output, hidden, cell) = Ops.lstm(batch, states, _parameters, _hasBias, _layers, _dropout, training, _bidirectional, _batchFirst);
        if (added) (output, hidden, cell) = (output.squeeze(BatchDimension), hidden.squeeze(1), cell.squeeze(1));
        return scope.MoveToOuter(output, hidden, cell);
    }

    public new (Tensor, Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);

    /// <summary>The same for packed sequences.</summary>
    public (PackedSequence, Tensor, Tensor) call(PackedSequence input, (Tensor, Tensor)? h0_c0 = null)
    {
        using var scope = NewDisposeScope();
        Tensor[] states = [State(h0_c0?.Item1, input), State(h0_c0?.Item2, input)];
        var (output, hidden, cell) = Ops.lstm_packed(input.data, input.batch_sizes, states, _parameters, _hasBias, _layers, _dropout, training, _bidirectional);
        return (input.With(output).MoveToOuterDisposeScope(), input.InOrder(hidden).MoveToOuterDisposeScope(), input.InOrder(cell).MoveToOuterDisposeScope());
    }
}
