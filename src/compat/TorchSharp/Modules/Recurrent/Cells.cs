using System.Diagnostics.CodeAnalysis;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What the recurrent cells share: the parameters of one step, with the rows of the gates below one another.</summary>
public abstract class RecurrentCell<TState, TResult> : nn.Module<Tensor, TState, TResult>
{
    [ComponentName(Name = nameof(weight_ih))] private protected Parameter _weight_ih;
    [ComponentName(Name = nameof(weight_hh))] private protected Parameter _weight_hh;
    [ComponentName(Name = nameof(bias_ih))] private protected Parameter? _bias_ih;
    [ComponentName(Name = nameof(bias_hh))] private protected Parameter? _bias_hh;
    private readonly long _hiddenSize;

    private protected RecurrentCell(string name, long gates, long inputSize, long hiddenSize, bool bias, Device? device, ScalarType? dtype) : base(name)
    {
        _hiddenSize = hiddenSize;
        _weight_ih = new Parameter(empty(gates * hiddenSize, inputSize, dtype: dtype, device: device));
        _weight_hh = new Parameter(empty(gates * hiddenSize, hiddenSize, dtype: dtype, device: device));
        ConditionallyRegisterParameter(nameof(weight_ih), _weight_ih);
        ConditionallyRegisterParameter(nameof(weight_hh), _weight_hh);
        if (bias)
        {
            bias_ih = new Parameter(empty(gates * hiddenSize, dtype: dtype, device: device));
            bias_hh = new Parameter(empty(gates * hiddenSize, dtype: dtype, device: device));
        }
        RecurrentParameters.Initialize(parameters(), hiddenSize);
    }

    // These are upstream's declarations: the weights are there always, the biases where the cell was made with them.
    [DisallowNull]
    public Parameter? weight_ih
    {
        get => _weight_ih;
        set => ConditionallyRegisterParameter(nameof(weight_ih), _weight_ih = value);
    }

    [DisallowNull]
    public Parameter? weight_hh
    {
        get => _weight_hh;
        set => ConditionallyRegisterParameter(nameof(weight_hh), _weight_hh = value);
    }

    [DisallowNull]
    public Parameter? bias_ih
    {
        get => _bias_ih;
        set => ConditionallyRegisterParameter(nameof(bias_ih), _bias_ih = value);
    }

    [DisallowNull]
    public Parameter? bias_hh
    {
        get => _bias_hh;
        set => ConditionallyRegisterParameter(nameof(bias_hh), _bias_hh = value);
    }

    /// <summary>The input as [N, inputSize], and whether the dimension for the batch was added.</summary>
    private protected (Tensor Input, bool Added) Batched(Tensor input) => input.dim() switch
    {
        1 => (input.unsqueeze(0), true),
        2 => (input, false),
        var dimensions => throw new ArgumentException($"{GetName()}: expected an input of 1 (unbatched) or 2 (batched) dimensions, but got {dimensions}", nameof(input)),
    };

    /// <summary>A given state as [N, hiddenSize], or zeros.</summary>
    private protected Tensor State(Tensor? given, Tensor input, bool added) =>
        given is null ? zeros(input.shape[0], _hiddenSize, dtype: input.dtype, device: input.device) : added ? given.unsqueeze(0) : given;
}

/// <summary>One step of <see cref="LSTM"/>: [N, inputSize] and the hidden and cell states [N, hiddenSize] give the next states.</summary>
public sealed class LSTMCell : RecurrentCell<(Tensor, Tensor)?, (Tensor, Tensor)>
{
    internal LSTMCell(long inputSize, long hiddenSize, bool bias, Device? device, ScalarType? dtype) : base(nameof(LSTMCell), 4, inputSize, hiddenSize, bias, device, dtype) { }

    public override (Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0)
    {
        using var scope = NewDisposeScope();
        var (batch, added) = Batched(input);
        Tensor[] states = [State(h0_c0?.Item1, batch, added), State(h0_c0?.Item2, batch, added)];
        var (hidden, cell) = Ops.lstm_cell(batch, states, _weight_ih, _weight_hh, _bias_ih, _bias_hh);
        return added ? scope.MoveToOuter(hidden.squeeze(0), cell.squeeze(0)) : scope.MoveToOuter(hidden, cell);
    }

    public new (Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);
}

/// <summary>One step of <see cref="GRU"/>: [N, inputSize] and the hidden state [N, hiddenSize] give the next state.</summary>
public sealed class GRUCell : RecurrentCell<Tensor?, Tensor>
{
    internal GRUCell(long inputSize, long hiddenSize, bool bias, Device? device, ScalarType? dtype) : base(nameof(GRUCell), 3, inputSize, hiddenSize, bias, device, dtype) { }

    public override Tensor forward(Tensor input, Tensor? h0 = null)
    {
        using var scope = NewDisposeScope();
        var (batch, added) = Batched(input);
        var hidden = Ops.gru_cell(batch, State(h0, batch, added), _weight_ih, _weight_hh, _bias_ih, _bias_hh);
        return (added ? hidden.squeeze(0) : hidden).MoveToOuterDisposeScope();
    }

    public new Tensor call(Tensor input, Tensor? h0 = null) => base.call(input, h0);
}

/// <summary>One step of <see cref="RNN"/>: [N, inputSize] and the hidden state [N, hiddenSize] give the next state.</summary>
public sealed class RNNCell : RecurrentCell<Tensor?, Tensor>
{
    private readonly nn.NonLinearities _nonLinearity;

    internal RNNCell(long inputSize, long hiddenSize, nn.NonLinearities nonLinearity, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(RNNCell), 1, inputSize, hiddenSize, bias, device, dtype) => _nonLinearity = nonLinearity;

    public override Tensor forward(Tensor input, Tensor? h0 = null)
    {
        using var scope = NewDisposeScope();
        var (batch, added) = Batched(input);
        var state = State(h0, batch, added);
        var hidden = _nonLinearity == nn.NonLinearities.ReLU
            ? Ops.rnn_relu_cell(batch, state, _weight_ih, _weight_hh, _bias_ih, _bias_hh)
            : Ops.rnn_tanh_cell(batch, state, _weight_ih, _weight_hh, _bias_ih, _bias_hh);
        return (added ? hidden.squeeze(0) : hidden).MoveToOuterDisposeScope();
    }

    public new Tensor call(Tensor input, Tensor? h0 = null) => base.call(input, h0);
}
