using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Blocks;

/// <summary>Outputs as PyTorch computes them: tests/peers/blocks_reference.py prints the numbers.</summary>
public class ReferenceTests
{
    [Fact]
    public void A_transformer_decoder_that_attends_to_an_encoder()
    {
        var block = Block.Transformer(2, heads: 2).WithHidden(6).Causal().AttendingTo(Block.Transformer(1, heads: 2).WithHidden(6), length: 3, heads: 2);
        Waves.Near(block.BuildWaved(Shape.Of(6, 4)).call(Waves.Input(1, 1, 6, 4)),
            0.152202, 0.379600, -0.138223, 0.135451, -0.022952, 0.377907, -0.328381, 0.105741, -0.166924, 0.332426, -0.472802, 0.024098);
    }

    [Fact]
    public void A_resnet() => Waves.Near(
        Block.ResNet([2, 3]).BuildWaved(Shape.Of(1, 5, 5)).call(Waves.Input(2, 2, 1, 5, 5)).mean([2L, 3L]),
        0.181236, 0.451470, 0.000000, 0.171145, 0.468747, 0.058330);

    [Fact]
    public void A_unet() => Waves.Near(
        Block.UNet(2, 3).BuildWaved(Shape.Of(1, 3, 5)).call(Waves.Input(3, 1, 1, 3, 5)).mean([2L]),
        0.000000, 0.000000, 0.000000, 0.015689, 0.000000, 0.243425, 0.032514, 0.098777, 0.525895, 0.348409);

    [Fact]
    public void A_temporal_convolutional_network() => Waves.Near(
        Block.Tcn([3, 3], kernel: 2).BuildWaved(Shape.Of(5, 2)).call(Waves.Input(4, 1, 5, 2)),
        0.562644, 0.327790, 0.122853, 0.506244, 0.678919, 0.000000, 0.400587, 0.560422, 0.000000, 0.823877, 0.431235, 0.000000, 0.277212, 0.693378, 0.000000);

    [Fact]
    public void A_temporal_convolutional_network_with_weight_normalisation() => Waves.Near(
        Block.Tcn([3, 3], kernel: 2).WithWeightNorm().BuildWaved(Shape.Of(5, 2)).call(Waves.Input(4, 1, 5, 2)),
        0.632493, 0.229657, 0.072957, 0.520566, 0.553423, 0.000000, 0.299746, 0.562947, 0.000000, 0.847234, 0.222706, 0.000000, 0.193494, 0.860526, 0.000000);

    private static readonly double[] Convolved = [-0.042708, -0.381357, -0.037963, -0.395269, -0.029786, -0.368179, 0.009674, -0.354453];

    [Fact]
    public void A_graph_convolution_over_edges() => Waves.Near(
        Block.Gcn(Graph.Of(4, (1, 0), (1, 2), (3, 1), (0, 1)), 3, 2).WithLinearOutput().BuildWaved(Shape.Of(4, 2)).call(Waves.Input(5, 1, 4, 2)), Convolved);

    [Fact]
    public void A_graph_convolution_over_a_matrix_in_the_input()
    {
        var adjacency = tensor(new float[,] { { 0, 1, 0, 0 }, { 1, 0, 1, 1 }, { 0, 1, 0, 0 }, { 0, 1, 0, 0 } }).unsqueeze(0);
        var module = Block.Gcn(3, 2).WithLinearOutput().BuildWaved(Shape.Of(4, 6));
        Waves.Near(module.call(cat([adjacency, Waves.Input(5, 1, 4, 2)], 2)), Convolved);
    }

    [Fact]
    public void Recurrent_networks_in_both_directions()
    {
        var x = Waves.Input(6, 1, 4, 2);
        var (gru, lstm) = (Block.Gru(2, layers: 2).Bidirectional(), Block.Lstm(2, layers: 2).Bidirectional());
        Waves.Near(gru.BuildWaved(Shape.Of(4, 2)).call(x)[0, 1], 0.354722, -0.169503, 0.315816, 0.328882);
        Waves.Near(gru.LastState().BuildWaved(Shape.Of(4, 2)).call(x), 0.412698, -0.220499, 0.329995, 0.322064);
        Waves.Near(lstm.BuildWaved(Shape.Of(4, 2)).call(x)[0, 1], -0.113348, -0.111665, -0.213948, 0.059967);
        Waves.Near(lstm.LastState().BuildWaved(Shape.Of(4, 2)).call(x), -0.154587, -0.155120, -0.234944, 0.063791);
    }

    [Fact]
    public void Pooling_by_attention() => Waves.Near(
        Block.PoolingAttention(seeds: 2, heads: 2).BuildWaved(Shape.Of(5, 4)).call(Waves.Input(7, 1, 5, 4)),
        -0.297370, 0.144125, -0.074086, -0.029128, -0.299026, 0.142637, -0.074822, -0.033380);

    [Fact]
    public void Normalised_perceptrons()
    {
        var x = Waves.Input(8, 3, 2);
        var batch = Block.Mlp(3, 2).WithNormalisation(Normalisation.Batch).WithActivation(Activation.SiLU).WithLinearOutput();
        Waves.Near(batch.BuildWaved(Shape.Of(2)).call(x), -0.317909, -0.207039, -0.157288, -0.032970, -0.295762, -0.185507);
        var layer = Block.Mlp(3).WithNormalisation(Normalisation.Layer).WithActivation(Activation.LeakyReLU);
        Waves.Near(layer.BuildWaved(Shape.Of(2)).call(x),
            0.188114, -0.004100, -0.002146, -0.001166, -0.001898, 0.292673, 0.102617, -0.004040, -0.002835);
    }
}
