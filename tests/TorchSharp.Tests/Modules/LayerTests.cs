using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests.Modules;

/// <summary>What one set of reference vectors cannot show: working in place, containers of parameters, packing, copies of layers, memory.</summary>
public class LayerTests
{
    public static TheoryData<string> InPlace => ["celu", "hardsigmoid", "hardswish", "hardtanh", "mish", "relu6", "rrelu", "softsign", "tanhshrink", "threshold", "relu", "gelu", "dropout", "alpha dropout"];

    [Theory]
    [MemberData(nameof(InPlace))]
    public void In_place_the_input_holds_the_result_and_outlives_it(string name)
    {
        using var plain = Of(name, false).call(Reference.Pattern([3, 4], 2));
        using var input = Reference.Pattern([3, 4], 2);
        Of(name, true).call(input).Dispose();
        Assert.Equal(Reference.Doubles(plain), Reference.Doubles(input));
    }

    private static nn.Module<Tensor, Tensor> Of(string name, bool inplace)
    {
        manual_seed(1);
        return name switch
        {
            "celu" => nn.CELU(inplace: inplace),
            "hardsigmoid" => nn.Hardsigmoid(inplace),
            "hardswish" => nn.Hardswish(inplace),
            "hardtanh" => nn.Hardtanh(inplace: inplace),
            "mish" => nn.Mish(inplace),
            "relu6" => nn.ReLU6(inplace),
            "rrelu" => nn.RReLU(inplace: inplace),
            "softsign" => nn.Softsign(inplace),
            "tanhshrink" => nn.Tanhshrink(inplace),
            "threshold" => nn.Threshold(0.2, 7, inplace),
            "relu" => nn.ReLU(inplace),
            "gelu" => nn.GELU(inplace),
            "dropout" => nn.Dropout(inplace: inplace),
            "alpha dropout" => nn.AlphaDropout(inplace: inplace),
            _ => throw new ArgumentException(name),
        };
    }

    private sealed class Holder : nn.Module
    {
        public readonly TorchSharp.Modules.ParameterList list = nn.ParameterList(nn.Parameter(ones(2)), nn.Parameter(zeros(3)));
        public readonly TorchSharp.Modules.ParameterDict named = nn.ParameterDict(("left", nn.Parameter(ones(1))), ("right", nn.Parameter(zeros(1))));

        public Holder() : base(nameof(Holder)) => RegisterComponents();
    }

    [Fact]
    public void Lists_and_dictionaries_of_parameters_are_registered_as_PyTorch_names_them()
    {
        using var holder = new Holder();
        Assert.Equal(["list.0", "list.1", "named.left", "named.right"], holder.state_dict().Keys);
        var more = nn.Parameter(ones(4));
        holder.list.Insert(1, more);
        holder.list.RemoveAt(0);
        Assert.Same(more, holder.list[0]);
        Assert.Same(more, holder.get_parameter("list.0"));
        Assert.Equal(2, holder.list.Count);
        holder.list[1] = more;
        Assert.Equal([more, more], holder.list);
        Assert.Throws<ArgumentOutOfRangeException>(() => holder.list[2]);

        holder.named["left"] = more;
        Assert.Same(more, holder.get_parameter("named.left"));
        Assert.True(holder.named.Remove("right"));
        holder.named.Insert(0, ("first", nn.Parameter(ones(1))));
        Assert.Equal(["first", "left"], holder.named.keys());
        Assert.Equal(("left", more), holder.named[1]);
        Assert.Throws<KeyNotFoundException>(() => holder.named["right"]);
        holder.named.clear();
        Assert.Empty(holder.named.named_parameters());
    }

    [Fact]
    public void Sequences_are_packed_step_by_step_and_come_back_in_their_order()
    {
        Tensor[] sequences = [arange(1f, 3), arange(3f, 7), arange(7f, 10)];
        using var packed = nn.utils.rnn.pack_sequence(sequences, enforce_sorted: false);
        Assert.Equal([3.0, 7, 1, 4, 8, 2, 5, 9, 6], Reference.Doubles(packed.data));
        Assert.Equal([3.0, 3, 2, 1], Reference.Doubles(packed.batch_sizes));
        var (padded, lengths) = nn.utils.rnn.pad_packed_sequence(packed, batch_first: true, padding_value: -1, total_length: 5);
        Assert.Equal([1.0, 2, -1, -1, -1, 3, 4, 5, 6, -1, 7, 8, 9, -1, -1], Reference.Doubles(padded));
        Assert.Equal([2.0, 4, 3], Reference.Doubles(lengths));
        Assert.Throws<ArgumentException>(() => nn.utils.rnn.pad_packed_sequence(packed, total_length: 3));
        Assert.ThrowsAny<Exception>(() => nn.utils.rnn.pack_sequence(sequences));
        Assert.Equal([4, 3], nn.utils.rnn.pad_sequence(sequences).shape);
    }

    [Fact]
    public void A_packed_sequence_leaves_its_scope_as_a_whole()
    {
        nn.utils.rnn.PackedSequence packed;
        using (NewDisposeScope()) packed = nn.utils.rnn.pack_sequence([arange(1f, 3), arange(3f, 7)], enforce_sorted: false).MoveToOuterDisposeScope();
        Assert.Equal(6, packed.data.numel());
        Assert.Equal(2, packed.unsorted_indices!.numel());
        packed.Dispose();
        Assert.True(packed.data.IsInvalid);
    }

    [Fact]
    public void Layers_of_an_encoder_are_copies_with_parameters_of_their_own()
    {
        using var layer = nn.TransformerEncoderLayer(4, 2, 6, 0);
        using var encoder = nn.TransformerEncoder(layer, 2);
        var (first, second) = (encoder.get_parameter("layers.0.linear1.weight")!, encoder.get_parameter("layers.1.linear1.weight")!);
        Assert.True(first.Equals(second));
        using (no_grad()) first.zero_();
        Assert.False(first.Equals(second));
        Assert.True(second.Equals(layer.get_parameter("linear1.weight")!));
    }

    [Fact]
    public void Attention_drops_weights_while_training_only()
    {
        manual_seed(2);
        using var attention = nn.MultiheadAttention(4, 2, dropout: 0.5);
        var x = Reference.Pattern([3, 2, 4]);
        Assert.Contains(0.0, Reference.Doubles(attention.call(x, x, x).Item2));
        attention.eval();
        Assert.All(Reference.Doubles(attention.call(x, x, x).Item2.sum(dim: -1)), sum => Assert.Equal(1, sum, 5));
    }

    [Fact]
    public void Parameters_that_are_replaced_by_name_are_used()
    {
        using var gru = nn.GRU(3, 2);
        var x = Reference.Pattern([4, 1, 3]);
        var given = gru.state_dict().ToDictionary(pair => pair.Key, pair => Reference.Pattern(pair.Value.shape, 0.4).requires_grad_());
        var called = Polytask.FunctionalCall.Run(gru, given, () => gru.call(x).Item1);
        called.sum().backward();
        Assert.All(given.Values, tensor => Assert.NotNull(tensor.grad));
        gru.load_state_dict(given);
        Assert.True(gru.call(x).Item1.allclose(called));
        Assert.All(gru.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void Evaluation_leaves_no_tensors_behind()
    {
        nn.Module<Tensor, Tensor>[] modules = [nn.TransformerEncoderLayer(4, 2, 6), nn.LocalResponseNorm(2), nn.Softsign(), nn.LPPool1d(2, 2), nn.ChannelShuffle(2), nn.InstanceNorm1d(2)];
        using var lstm = nn.LSTM(4, 3);
        using var x = Reference.Pattern([3, 2, 4]);
        using var off = no_grad();
        foreach (var module in modules) module.eval();
        using var scope = NewDisposeScope();
        var before = scope.DisposablesCount;
        foreach (var module in modules) module.call(x).Dispose();
        var (output, hidden, cell) = lstm.call(x);
        foreach (var tensor in new[] { output, hidden, cell }) tensor.Dispose();
        F.scaled_dot_product_attention(x, x, x).Dispose();
        Assert.Equal(before, scope.DisposablesCount);
    }
}
