using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Adapters;

public sealed class LoraTests
{
    [Fact]
    public void A_linear_layer_gives_W_x_and_alpha_by_r_B_A_x()
    {
        using var layer = nn.Linear(6, 4);
        using var lora = Adapter.Lora(2, alpha: 6).On(layer);
        lora.Scramble();
        var (a, b, x) = (lora.get_parameter("layers.lora.A")!, lora.get_parameter("layers.lora.B")!, AdaptedModules.Rows);
        var expected = x.matmul(layer.weight!.t()) + layer.bias! + x.matmul(a.t()).matmul(b.t()) * 3;
        Assert.True(Values.Difference(expected, layer.call(x)) <= 1e-5);
    }

    // The change of a convolution is a convolution: its weight is B A in the shape of the layer's own.
    [Fact]
    public void Merged_weights_give_what_the_adapters_gave_also_for_convolutions_of_groups_and_padding_modes()
    {
        manual_seed(4);
        var net = nn.Sequential(nn.Conv2d(2, 4, 3, padding: 1L, padding_mode: PaddingModes.Reflect), nn.ReLU(),
            nn.Conv2d(4, 6, 3, stride: 2L, groups: 2), nn.Flatten(2), nn.Conv1d(6, 5, 2), nn.Flatten(), nn.Linear(40, 3));
        var lora = Adapter.Lora(2, 3).On(net);
        var before = net.call(AdaptedModules.Images);
        lora.Scramble();
        var adapted = net.call(AdaptedModules.Images);
        lora.Merge();
        Assert.False(lora.IsOn);
        Assert.True(Values.Difference(before, adapted) > 0.1);
        Assert.True(Values.Difference(adapted, net.call(AdaptedModules.Images)) <= 1e-5);
        Assert.All(net.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void A_weight_of_m_by_n_costs_r_times_m_and_n()
    {
        using var net = AdaptedModules.ConvNet();
        using var lora = Adapter.Lora(2).On(net);
        Assert.Equal(2 * (4 + 2 * 9 + (6 + 2 * 9) + (3 + 54)), lora.AddedCount);
        Assert.Equal("0.lora.A: 2 x 18, 0.lora.B: 4 x 2, 3.lora.A: 2 x 18, 3.lora.B: 6 x 2, 5.lora.A: 2 x 54, 5.lora.B: 3 x 2",
            string.Join(", ", lora.AddedParameters.Select(parameter => $"{parameter.Name["layers.".Length..]}: {parameter.Shape}")));
        Assert.Equal("lora rank 2 alpha 2 on Sequential, 3 layers: 206 parameters for 363", lora.ToString());
    }

    // Least squares in closed form: with r = min(m, n) the update is any matrix, so the fit reaches the target map itself.
    [Fact]
    public void At_full_rank_any_change_of_a_layer_is_reached()
    {
        using var layer = nn.Linear(6, 4, dtype: ScalarType.Float64);
        var change = Values.Normal(8, 4, 6).to(ScalarType.Float64);
        var wanted = layer.weight!.detach() + change;
        using var lora = Adapter.Lora(4).On(layer);
        // B A = U S Vᵀ: A the right singular vectors, B = U S.
        var (u, s, v) = linalg.svd(change, fullMatrices: false);
        using (no_grad()) lora.get_parameter("layers.lora.A")!.copy_(v);
        using (no_grad()) lora.get_parameter("layers.lora.B")!.copy_(u * s);
        lora.Merge();
        Assert.True((layer.weight!.detach() - wanted).abs().max().item<double>() <= 1e-12);
    }

    // Eckart and Young: the best change of rank r leaves the singular values beyond r.
    [Fact]
    public void Training_at_rank_1_ends_at_the_largest_singular_value()
    {
        using var layer = nn.Linear(4, 3, hasBias: false, dtype: ScalarType.Float64);
        var change = Values.Normal(9, 3, 4).to(ScalarType.Float64);
        var wanted = layer.weight!.detach() + change;
        manual_seed(1);
        using var lora = Adapter.Lora(1).On(layer);
        var optimizer = optim.Adam(lora.parameters(), 0.02);
        Tensor Loss() => (layer.call(eye(4, dtype: ScalarType.Float64)) - wanted.t()).square().sum();
        for (var step = 0; step < 1500; step++)
        {
            optimizer.zero_grad();
            Loss().backward();
            optimizer.step();
        }
        var beyond = linalg.svdvals(change)[1..].square().sum().item<double>();
        Assert.Equal(beyond, Loss().item<double>(), 6);
    }

    [Fact]
    public void A_weight_that_another_layer_uses_too_is_not_merged()
    {
        var (first, second) = (nn.Linear(6, 6), nn.Linear(6, 6));
        second.weight = first.weight!;
        using var net = nn.Sequential(first, second);
        using var lora = Adapter.Lora(2).On(net);
        lora.Scramble();
        Assert.Equal("lora rank 2 alpha 2 at layer '0' cannot be merged: another module uses the same weight, and would change with it",
            Assert.Throws<InvalidOperationException>(() => lora.Merge()).Message);
        Assert.True(lora.IsOn);
    }

    [Fact]
    public void Dropout_acts_in_training_alone()
    {
        using var net = AdaptedModules.Net();
        using var lora = Adapter.Lora(2).WithDropout(0.5).On(net);
        lora.Scramble();
        Assert.True(Values.Difference(net.call(AdaptedModules.Rows), net.call(AdaptedModules.Rows)) > 1e-3);
        net.eval();
        Assert.Equal(0, Values.Difference(net.call(AdaptedModules.Rows), net.call(AdaptedModules.Rows)));
    }

    [Fact]
    public void A_multi_task_module_is_adapted_before_its_heads_and_attention_also_where_it_looks_elsewhere()
    {
        manual_seed(3);
        var model = Model.Named("m").Input(5).Backbone(Block.Mlp(6)).Task("a", Head.Regress()).Task("b", Head.Regress()).Build();
        using (var lora = Adapter.Lora(2).On(model))
            Assert.Equal(["layers.trunk.backbone.layers.0.lora.A", "layers.trunk.backbone.layers.0.lora.B"],
                lora.AddedParameters.Select(parameter => parameter.Name));

        var set = Block.PoolingAttention(2, 2).Build(Shape.Of(5, 8));
        var x = Values.Normal(4, 3, 5, 8);
        var onSet = Adapter.Lora(2).On(set);
        onSet.Scramble();
        var adapted = set.call(x);
        onSet.Merge();
        Assert.True(Values.Difference(adapted, set.call(x)) <= 1e-5);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        static string Refused(Func<object?> body) => Assert.Throws<DeclarationException>(body).Message;
        using var net = AdaptedModules.Net();
        Assert.Equal("lora needs a rank of at least 1, but got 0", Refused(() => Adapter.Lora(0)));
        Assert.Equal("lora: a change of rank 5 does not fit layer '2', whose weight of 4 x 5 has at most rank 4; lower the rank, or choose "
            + "layers with .At(...)",
            Refused(() => Adapter.Lora(5).On(net)));
        Assert.Equal("lora: no layer of Sequential is named '3'; did you mean '0'?; its linear and convolutional layers are '0' and '2'",
            Refused(() => Adapter.Lora(2).At("3").On(net)));
        Assert.Equal("lora: ReLU has no linear and convolutional layers; name the layers with .At(...): it has ''",
            Refused(() => Adapter.Lora(2).On(nn.ReLU())));
        var attention = nn.TransformerEncoderLayer(8, 2, 16);
        Assert.Equal(["layers.linear1.lora.A", "layers.linear1.lora.B", "layers.linear2.lora.A", "layers.linear2.lora.B"],
            Adapter.Lora(2).On(attention).AddedParameters.Select(parameter => parameter.Name));
        Assert.Contains("layer 'self_attn.out_proj' is never called, MultiheadAttention reads its weight", Refused(
            () => Adapter.Lora(2).At("self_attn.out_proj").On(nn.TransformerEncoderLayer(8, 2, 16))));
    }
}
