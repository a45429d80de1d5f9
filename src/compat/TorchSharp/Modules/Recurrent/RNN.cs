using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp.Modules;

/// <summary>
/// Plain recurrence, h' = tanh(W x + b + U h + b) or the ReLU of it: Elman (1990). Gives the outputs of the last layer at all steps, and the hidden states
/// [layers · directions, N, hiddenSize] after the last step.
/// </summary>
public sealed class RNN : Recurrence<Tensor?, (Tensor, Tensor)>
{
    private readonly nn.NonLinearities _nonLinearity;

    internal RNN(long inputSize, long hiddenSize, long numLayers, nn.NonLinearities nonLinearity, bool bias, bool batchFirst, double dropout, bool bidirectional,
        Device? device, ScalarType? dtype)
        : base(nameof(RNN), 1, nonLinearity == nn.NonLinearities.ReLU ? 0 : 1, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype) =>
        _nonLinearity = nonLinearity;

    public override (Tensor, Tensor) forward(Tensor input, Tensor? h0)
    {
        using var scope = NewDisposeScope();
        var (batch, added) = Batched(input);
        var state = State(h0, batch, added);
        var (output, hidden) = _nonLinearity == nn.NonLinearities.ReLU
            ? Ops.rnn_relu(batch, state, _parameters, _hasBias, _layers, _dropout, training, _bidirectional, _batchFirst)
            : Ops.rnn_tanh(batch, state, _parameters, _hasBias, _layers, _dropout, training, _bidirectional, _batchFirst);
        if (added) (output, hidden) = (output.squeeze(BatchDimension), hidden.squeeze(1));
        return scope.MoveToOuter(output, hidden);
    }

    public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);

    /// <summary>The same for packed sequences.</summary>
    public (PackedSequence, Tensor) call(PackedSequence input, Tensor? h0 = null)
    {
        using var scope = NewDisposeScope();
        var state = State(h0, input);
        var (output, hidden) = _nonLinearity == nn.NonLinearities.ReLU
            ? Ops.rnn_relu_packed(input.data, input.batch_sizes, state, _parameters, _hasBias, _layers, _dropout, training, _bidirectional)
            : Ops.rnn_tanh_packed(input.data, input.batch_sizes, state, _parameters, _hasBias, _layers, _dropout, training, _bidirectional);
        return (input.With(output).MoveToOuterDisposeScope(), input.InOrder(hidden).MoveToOuterDisposeScope());
    }

    /// <summary>The input weights of a layer and direction: layer · directions + direction.</summary>
    public Parameter? get_weight_ih(long idx) => Of("weight_ih", idx);

    /// <summary>The recurrent weights of a layer and direction.</summary>
    public Parameter? get_weight_hh(long idx) => Of("weight_hh", idx);

    /// <summary>The input bias of a layer and direction, or null.</summary>
    public Parameter? get_bias_ih(long idx) => Of("bias_ih", idx);

    /// <summary>The recurrent bias of a layer and direction, or null.</summary>
    public Parameter? get_bias_hh(long idx) => Of("bias_hh", idx);
}
