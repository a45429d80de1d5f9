using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp.Modules;

/// <summary>
/// What LSTM, GRU and RNN share: layers of recurrent cells over sequences [L, N, inputSize], or [N, L, inputSize] with batchFirst, or one sequence
/// [L, inputSize], or a packed batch of sequences of several lengths.
/// </summary>
public abstract class Recurrence<TState, TResult> : nn.Module<Tensor, TState, TResult>
{
    // The operators take them in this order. It is the only place that holds them beside the registry.
    private protected readonly Parameter[] _parameters;
    private readonly string[] _names;
    private readonly long _inputSize;
    private readonly long _hiddenSize;
    private readonly int _cudnnMode;

    private protected readonly long _layers;
    private protected readonly bool _hasBias;
    private protected readonly bool _batchFirst;
    private protected readonly double _dropout;
    private protected readonly bool _bidirectional;

    private protected Recurrence(string name, long gates, int cudnnMode, long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout,
        bool bidirectional, Device? device, ScalarType? dtype) : base(name)
    {
        if (dropout is < 0 or > 1) throw new ArgumentException($"dropout must be a probability, but got {dropout}", nameof(dropout));
        (_inputSize, _hiddenSize, _layers, _hasBias, _batchFirst, _dropout, _bidirectional) = (inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional);
        _cudnnMode = cudnnMode;
        (_names, _parameters) = RecurrentParameters.Make(inputSize, hiddenSize, numLayers, gates, bias, bidirectional, device, dtype);
        for (var k = 0; k < _names.Length; k++) ConditionallyRegisterParameter(_names[k], _parameters[k]);
    }

    /// <summary>
    /// Puts the parameters into one block of memory as cuDNN wants them, so that it need not copy them at each call; elsewhere it does nothing. To be called
    /// after a move to a GPU.
    /// </summary>
    public void flatten_parameters()
    {
        if (!_parameters.All(parameter => parameter.is_cuda)) return;
        using var _ = no_grad();
        Ops.cudnn_rnn_flatten_weight(_parameters, _hasBias ? 4 : 2, _inputSize, _cudnnMode, _hiddenSize, 0, _layers, _batchFirst, _bidirectional).Dispose();
    }

    /// <summary>The parameter of a kind, counting layers and their directions.</summary>
    private protected Parameter? Of(string kind, long idx)
    {
        var directions = _bidirectional ? 2 : 1;
        return get_parameter($"{kind}_l{idx / directions}{(idx % directions == 1 ? "_reverse" : "")}");
    }

    /// <summary>The input with a dimension for the batch, and whether that was added.</summary>
    private protected (Tensor Input, bool Added) Batched(Tensor input)
    {
        var shape = input.shape;
        if (shape.Length is not (2 or 3))
            throw new ArgumentException($"{GetName()}: expected an input of 2 (unbatched) or 3 (batched) dimensions, but got shape [{string.Join(", ", shape)}]", nameof(input));
        if (shape[^1] != _inputSize)
            throw new ArgumentException($"{GetName()}: the input's last dimension must be {_inputSize}, but got shape [{string.Join(", ", shape)}]", nameof(input));
        return shape.Length == 3 ? (input, false) : (input.unsqueeze(BatchDimension), true);
    }

    private protected int BatchDimension => _batchFirst ? 0 : 1;

    /// <summary>A given state with a dimension for the batch where the input's was added, or zeros.</summary>
    private protected Tensor State(Tensor? given, Tensor input, bool added) =>
        given is null ? Zeros(input.shape[BatchDimension], input) : Checked(added ? given.unsqueeze(1) : given, input.shape[BatchDimension]);

    /// <summary>A given state in the order of the packed sequences, or zeros.</summary>
    private protected Tensor State(Tensor? given, PackedSequence input)
    {
        var examples = input.batch_sizes[0].item<long>();
        if (given is null) return Zeros(examples, input.data);
        Checked(given, examples);
        return input.sorted_indices is { } order ? given.index_select(1, order) : given;
    }

    private long States => _layers * (_bidirectional ? 2 : 1);

    private Tensor Zeros(long examples, Tensor like) => zeros(States, examples, _hiddenSize, dtype: like.dtype, device: like.device);

    private Tensor Checked(Tensor state, long examples)
    {
        ReadOnlySpan<long> wanted = [States, examples, _hiddenSize];
        if (!wanted.SequenceEqual(state.shape))
            throw new ArgumentException($"{GetName()}: expected a hidden state of shape [{States}, {examples}, {_hiddenSize}], but got [{string.Join(", ", state.shape)}]");
        return state;
    }
}
