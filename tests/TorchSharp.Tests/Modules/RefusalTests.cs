using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests.Modules;

/// <summary>Inputs of the wrong shape or kind: the type of the exception, and a message that names what came and what was expected.</summary>
public class RefusalTests
{
    private static void Refused(Action call, params string[] named)
    {
        var error = Assert.Throws<ArgumentException>(call);
        Assert.All(named, text => Assert.Contains(text, error.Message));
    }

    [Fact]
    public void Convolutions_name_their_channels()
    {
        Refused(() => nn.Conv1d(3, 4, 3).call(ones(2, 4, 7)), "Conv1d", "3 channels", "[2, 4, 7]");
        Refused(() => nn.Conv3d(3, 4, 3).call(ones(3, 7)), "Conv3d", "4D", "[3, 7]");
        Refused(() => nn.ConvTranspose2d(3, 4, 3).call(ones(2, 3, 4)), "ConvTranspose2d");
        Refused(() => nn.ConvTranspose1d(2, 3, 3, stride: 3).forward(ones(1, 2, 7), [25]), "21 to 23");
        Refused(() => nn.ConvTranspose1d(2, 3, 3, padding_mode: PaddingModes.Circular));
    }

    [Fact]
    public void Norms_and_dropouts_name_dimensions()
    {
        Refused(() => nn.BatchNorm3d(2).call(ones(1, 2, 3, 3)), "5D", "4D");
        Refused(() => nn.InstanceNorm2d(2).call(ones(1, 3, 4, 4)), "(2)", "3");
        Refused(() => nn.InstanceNorm1d(2).call(ones(2)), "2D or 3D");
        Refused(() => nn.Dropout1d().call(ones(2, 3)), "[N, C, L]");
        Refused(() => nn.LocalResponseNorm(2).call(ones(2, 3)), "2");
    }

    [Fact]
    public void Pools_name_what_they_lack()
    {
        Refused(() => nn.FractionalMaxPool2d(2));
        Refused(() => F.max_unpool2d(ones(1, 1, 2, 2), zeros(1, 1, 2, 2, dtype: ScalarType.Int64), [2, 2], output_size: [9, 4]), "[9, 4]", "between 3 and 5");
    }

    [Fact]
    public void Interpolation_names_what_does_not_fit()
    {
        var x = ones(1, 1, 4, 4);
        Refused(() => F.interpolate(x), "size");
        Refused(() => F.interpolate(x, [2]), "2 dimensions");
        Refused(() => F.interpolate(x, [2, 2], mode: InterpolationMode.Linear), "Linear", "4 dimensions");
        Refused(() => F.interpolate(x, [2, 2], align_corners: true), "align_corners");
        Refused(() => F.interpolate(x, [2, 2], antialias: true), "antialias");
        Refused(() => F.affine_grid(ones(1, 2, 4), [1, 1, 2, 2]), "[1, 2, 4]");
    }

    [Fact]
    public void Embeddings_name_offsets_and_types()
    {
        using var bag = nn.EmbeddingBag(5, 2);
        Refused(() => bag.call(tensor(new long[] { 1, 2 })), "offsets");
        Refused(() => bag.call(ones(2, 2)), "integral");
        Refused(() => bag.call(zeros(2, 2, dtype: ScalarType.Int64), zeros(1, dtype: ScalarType.Int64)), "offsets");
        Refused(() => nn.EmbeddingBag(5, 2, padding_index: 5), "5 rows");
        Assert.ThrowsAny<Exception>(() => nn.Embedding(3, 2).call(tensor(new long[] { 3 })));
    }

    [Fact]
    public void Recurrent_layers_name_input_and_state()
    {
        using var lstm = nn.LSTM(3, 4, 2);
        Refused(() => lstm.call(ones(5, 2, 4)), "LSTM", "3", "[5, 2, 4]");
        Refused(() => lstm.call(ones(5, 2, 3, 1)), "[5, 2, 3, 1]");
        Refused(() => lstm.call(ones(5, 2, 3), (zeros(1, 2, 4), zeros(2, 2, 4))), "[2, 2, 4]", "[1, 2, 4]");
        Refused(() => nn.GRU(0, 4));
        Refused(() => nn.GRUCell(3, 4).call(ones(1, 2, 3)), "GRUCell", "3");
    }

    [Fact]
    public void Attention_names_heads_and_masks()
    {
        Refused(() => nn.MultiheadAttention(5, 2), "5", "2");
        using var attention = nn.MultiheadAttention(4, 2);
        Refused(() => attention.call(ones(3, 4), ones(3, 4), ones(3, 4)), "3 dimensions");
        var x = ones(3, 2, 4);
        Refused(() => attention.call(x, x, x, zeros(3, 2).to(ScalarType.Bool)), "[2, 3]", "[3, 2]");
        Refused(() => F.scaled_dot_product_attention(x, x, x, zeros(2, 2), is_casual: true), "mask");
        Refused(() => F.scaled_dot_product_attention(x, x, x, p: -1));
    }

    [Fact]
    public void Losses_name_shapes_and_signs()
    {
        Refused(() => F.gaussian_nll_loss(ones(2, 3), ones(2, 2), ones(2, 3)), "[2, 3]", "[2, 2]");
        Refused(() => F.gaussian_nll_loss(ones(2, 3), ones(2, 3), ones(2, 3).neg()), "negative");
        var error = Assert.ThrowsAny<Exception>(() => nn.CTCLoss().call(ones(4, 1, 3), ones(1, 2, dtype: ScalarType.Int64), tensor(new long[] { 5 }), tensor(new long[] { 2 })));
        Assert.Contains("ctc_loss", error.Message);
    }
}
