using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Sequences = TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp.Tests.Modules;

/// <summary>Modules of indices and sequences: embeddings, recurrent layers, attention, transformers.</summary>
internal static partial class ModuleCases
{
    private static ModuleCase? Sequence(string name) => name switch
    {
        "embedding" => Looked(nn.Embedding(7, 3, padding_idx: 2)),
        "embedding with a largest norm" => Looked(nn.Embedding(7, 3, max_norm: 0.8, scale_grad_by_freq: true)),
        "embedding bag" => Bags(nn.EmbeddingBag(7, 3), m => m.call(Indices(), tensor(new long[] { 0, 2, 2 }))),
        "embedding bag of sums" => Bags(nn.EmbeddingBag(7, 3, mode: EmbeddingBagMode.Sum, padding_index: 4, include_last_offset: true),
            m => m.call(Indices(), tensor(new long[] { 0, 2, 6 }))),
        "embedding bag of maxima" => Bags(nn.EmbeddingBag(7, 3, mode: EmbeddingBagMode.Max, max_norm: 1.5), m => m.call(Indices().reshape(2, 3))),
        "embedding bag with weights" => Weighted(nn.EmbeddingBag(7, 3, mode: EmbeddingBagMode.Sum)),
        "lstm" => Of(nn.LSTM(3, 4), [5, 2, 3]),
        "lstm in two layers and directions" => Of(nn.LSTM(3, 2, 2, batchFirst: true, bidirectional: true), [2, 4, 3], [4, 2, 2]),
        "lstm unbatched without bias" => Of(nn.LSTM(3, 4, bias: false), [5, 3], [1, 4]),
        "lstm packed" => Packed(nn.LSTM(3, 2, bidirectional: true)),
        "gru" => Of(nn.GRU(3, 4, 2), [5, 2, 3]),
        "gru with a state" => Of(nn.GRU(3, 2, batchFirst: true, bidirectional: true), [2, 4, 3], [2, 2, 2]),
        "gru packed" => Packed(nn.GRU(3, 2)),
        "rnn" => Of(nn.RNN(3, 4), [5, 2, 3], [1, 2, 4]),
        "rnn of relu" => Of(nn.RNN(3, 2, 2, nn.NonLinearities.ReLU, batchFirst: true, bidirectional: true), [2, 4, 3]),
        "rnn packed" => Packed(nn.RNN(3, 2)),
        "rnn of relu packed" => Packed(nn.RNN(3, 2, nonLinearity: nn.NonLinearities.ReLU)),
        "lstm cell" => Of(nn.LSTMCell(3, 2), [4, 3], [4, 2]),
        "lstm cell unbatched" => Of(nn.LSTMCell(3, 2, bias: false), [3]),
        "gru cell" => Of(nn.GRUCell(3, 2), [4, 3], [4, 2]),
        "rnn cell" => Of(nn.RNNCell(3, 2), [4, 3], [4, 2]),
        "rnn cell of relu" => Of(nn.RNNCell(3, 2, nn.NonLinearities.ReLU, bias: false), [4, 3]),
        "attention" => Attending(nn.MultiheadAttention(4, 2), (m, x) => m.call(x[0], x[0], x[0]), [3, 2, 4]),
        "attention without weights" => Attending(nn.MultiheadAttention(4, 2, bias: false), (m, x) => m.call(x[0], x[1], x[2], need_weights: false), [3, 2, 4], [5, 2, 4], [5, 2, 4]),
        "attention to other widths" => Attending(nn.MultiheadAttention(4, 2, kdim: 3, vdim: 2), (m, x) => m.call(x[0], x[1], x[2]), [3, 2, 4], [5, 2, 3], [5, 2, 2]),
        "attention with masks" => Attending(
            nn.MultiheadAttention(4, 2, add_bias_kv: true, add_zero_attn: true), (m, x) => m.call(x[0], x[0], x[0], Padded(), attn_mask: Causal()), [3, 2, 4]),
        "attention with numbers as mask" => Attending(
            nn.MultiheadAttention(4, 2), (m, x) => m.call(x[0], x[0], x[0], need_weights: false, attn_mask: x[1]), [3, 2, 4], [4, 3, 3]),
        "encoder layer" => On(nn.TransformerEncoderLayer(4, 2, 6, 0), 3, 2, 4),
        "encoder layer of gelu with masks" => Layered(nn.TransformerEncoderLayer(4, 2, 6, 0, nn.Activations.GELU), (m, x) => m.call(x[0], Causal(), Padded()), [3, 2, 4]),
        "encoder" => Layered(nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 6, 0), 2), (m, x) => m.call(x[0], Causal()), [3, 2, 4]),
        "decoder layer" => Layered(nn.TransformerDecoderLayer(4, 2, 6, 0), (m, x) => m.call(x[0], x[1]), [3, 2, 4], [5, 2, 4]),
        "decoder" => Layered(nn.TransformerDecoder(nn.TransformerDecoderLayer(4, 2, 6, 0, nn.Activations.GELU), 2),
            (m, x) => m.call(x[0], x[1], Causal(), Causal().t(), memory_key_padding_mask: zeros(2, 3).to(ScalarType.Bool)), [3, 2, 4], [3, 2, 4]),
        "transformer" => Layered(nn.Transformer(4, 2, 1, 1, 6, 0), (m, x) => m.call(x[0], x[1], null, Causal(), src_key_padding_mask: Padded()), [3, 2, 4], [3, 2, 4]),
        _ => null,
    };

    private static Tensor Indices() => tensor(new long[] { 1, 2, 4, 5, 4, 3 });

    /// <summary>True above the diagonal: no look at what comes later.</summary>
    private static Tensor Causal() => ones(3, 3).triu(1).to(ScalarType.Bool);

    private static Tensor Padded() => tensor(new[,] { { false, false, true }, { false, false, false } });

    private static ModuleCase Looked(Embedding module) => new(module, [], _ => [module.call(tensor(new long[,] { { 1, 2 }, { 6, 1 } }))]);

    private static ModuleCase Bags(EmbeddingBag module, Func<EmbeddingBag, Tensor> run) => new(module, [], _ => [run(module)]);

    private static ModuleCase Weighted(EmbeddingBag module) => new(module, [[2, 3]], x => [module.call(Indices().reshape(2, 3), null, x[0])]);

    private static ModuleCase Layered<T>(T module, Func<T, Tensor[], Tensor> run, params long[][] shapes) where T : nn.Module => new(module, shapes, x => [run(module, x)]);

    private static ModuleCase Attending(MultiheadAttention module, Func<MultiheadAttention, Tensor[], Tuple<Tensor, Tensor>> run, params long[][] shapes) => new(module, shapes, x =>
    {
        var (output, weights) = run(module, x);
        return weights is null ? [output] : [output, weights];
    });

    private static ModuleCase Of(LSTM module, long[] shape, long[]? state = null) => new(module, state is null ? [shape] : [shape, state, state], x =>
    {
        var (output, hidden, cell) = module.call(x[0], state is null ? null : (x[1], x[2]));
        return [output, hidden, cell];
    });

    private static ModuleCase Of(LSTMCell module, long[] shape, long[]? state = null) => new(module, state is null ? [shape] : [shape, state, state], x =>
    {
        var (hidden, cell) = module.call(x[0], state is null ? null : (x[1], x[2]));
        return [hidden, cell];
    });

    private static ModuleCase Of(nn.Module<Tensor, Tensor?, (Tensor, Tensor)> module, long[] shape, long[]? state = null) => new(module, state is null ? [shape] : [shape, state], x =>
    {
        var (output, hidden) = module.call(x[0], state is null ? null : x[1]);
        return [output, hidden];
    });

    private static ModuleCase Of(nn.Module<Tensor, Tensor?, Tensor> module, long[] shape, long[]? state = null) =>
        new(module, state is null ? [shape] : [shape, state], x => [module.call(x[0], state is null ? null : x[1])]);

    private static Sequences.PackedSequence Pack(Tensor x) => Sequences.pack_padded_sequence(x, tensor(new long[] { 2, 4, 3 }), batch_first: true, enforce_sorted: false);

    private static Tensor Unpack(Sequences.PackedSequence steps) => Sequences.pad_packed_sequence(steps, batch_first: true, padding_value: 0.5).Item1;

    private static ModuleCase Packed(LSTM module) => new(module, [[3, 4, 3]], x =>
    {
        var (output, hidden, cell) = module.call(Pack(x[0]));
        return [Unpack(output), hidden, cell];
    });

    private static ModuleCase Packed(GRU module) => new(module, [[3, 4, 3]], x =>
    {
        var (output, hidden) = module.call(Pack(x[0]));
        return [Unpack(output), hidden];
    });

    private static ModuleCase Packed(RNN module) => new(module, [[3, 4, 3]], x =>
    {
        var (output, hidden) = module.call(Pack(x[0]));
        return [Unpack(output), hidden];
    });
}
