using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp.Modules;

/// <summary>
/// Gated recurrent units, Cho et al. (2014): r, z = σ(W x + U h + b), n = tanh(W x + b + r (U h + b)), h' = (1 - z) n + z h. Gives the outputs of the last
/// layer at all steps, and the hidden states [layers · directions, N, hiddenSize] after the last step.
/// </summary>
public sealed class GRU : Recurrence<Tensor?, (Tensor, Tensor)>
{
    internal GRU(long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype)
        : base(nameof(GRU), 3, 3, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype) { }

    public override (Tensor, Tensor) forward(Tensor input, Tensor? h0 = null)
    {
        using var scope = NewDisposeScope();
        var (batch, added) = Batched(input);
        var (output, hidden) = Ops.gru(batch, State(h0, batch, added), _parameters, _hasBias, _layers, _dropout, training, _bidirectional, _batchFirst);
        if (added) (output, hidden) = (output.squeeze(BatchDimension), hidden.squeeze(1));
        return scope.MoveToOuter(output, hidden);
    }

    public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);

    /// <summary>The same for packed sequences.</summary>
    public (PackedSequence, Tensor) call(PackedSequence input, Tensor? h0 = null)
    {
        using var scope = NewDisposeScope();
        var (output, hidden) = Ops.gru_packed(input.data, input.batch_sizes, State(h0, input), _parameters, _hasBias, _layers, _dropout, training, _bidirectional);
        return (input.With(output).MoveToOuterDisposeScope(), input.InOrder(hidden).MoveToOuterDisposeScope());
    }
}
