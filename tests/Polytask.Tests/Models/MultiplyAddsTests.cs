using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask.Tests.Models;

public class MultiplyAddsTests
{
    private static double Counted(Model model, params long[] input) => MultiplyAdds.PerExample(model.Build(), Values.Normal(1, [5, .. input]));

    private static double Counted(Model model, string task, params long[] input) => MultiplyAdds.PerExample(model.Build(), task, Values.Normal(1, [5, .. input]));

    private static Model Of(Block backbone, params long[] input) => Model.Named("m").Input(Shape.Of(input)).Backbone(backbone).Task("a", Head.Regress(3));

    [Fact]
    public void Linear_maps_cost_their_weights() =>
        Assert.Equal(6 * 8 + 8 * 5 + 5 * 3, Counted(Of(Block.Mlp(8, 5), 6), 6));

    [Fact]
    public void A_convolution_costs_its_kernel_at_every_pixel() =>
        Assert.Equal(7 * 9 * (4 * 2 * 9 + 6 * 4 * 9) + 6 * 7 * 9 * 3, Counted(Of(Block.Conv(4, 6), 2, 7, 9), 2, 7, 9));

    [Fact]
    public void A_strided_convolution_costs_its_kernel_at_every_output() =>
        Assert.Equal(4 * (8 * 3 * 16) + 4 * 8 * 3, Counted(Of(Block.Patches(4, 8), 3, 8, 8), 3, 8, 8));

    // Tokens n, width d: queries, keys, values and output 4 n d^2, scores and their use 2 n^2 d, feed-forward 8 n d^2.
    [Fact]
    public void A_transformer_layer_costs_what_its_formula_says()
    {
        const long n = 5, d = 8;
        Assert.Equal(2 * (12 * n * d * d + 2 * n * n * d) + n * d * 3, Counted(Of(Block.Transformer(2, 2), n, d), n, d));
    }

    // Per step and gate h (d + h) in the first layer, h (2 h + h) behind two directions.
    [Fact]
    public void A_recurrent_layer_costs_its_gates_products_with_input_and_state_at_every_step()
    {
        const long steps = 7, d = 5, h = 4;
        Assert.Equal(steps * 4 * h * (d + h) + h * 3, Counted(Of(Block.Lstm(h).LastState(), steps, d), steps, d));
        Assert.Equal(steps * 3 * (h * (d + h) + h * 2 * h) + steps * h * 3, Counted(Of(Block.Gru(h, layers: 2), steps, d), steps, d));
        Assert.Equal(steps * 4 * 2 * (h * (d + h) + h * 3 * h) + 2 * h * 3,
            Counted(Of(Block.Lstm(h, layers: 2).Bidirectional().LastState(), steps, d), steps, d));
    }

    // Of 30 steps the layers' convolutions compute 30 and 15, 15 and 8, 8 and 4, and for the last output 3 and 1.
    [Fact]
    public void The_last_state_of_a_tcn_costs_the_steps_that_it_depends_on()
    {
        const long steps = 30, c = 5;
        var tcn = Block.Tcn(c, c, c, c);
        Assert.Equal(8 * steps * 3 * c * c + steps * c * 3, Counted(Of(tcn, steps, c), steps, c));
        Assert.Equal((30 + 15 + 15 + 8 + 8 + 4 + 3 + 1) * 3 * c * c + c * 3, Counted(Of(tcn.LastState(), steps, c), steps, c));
        Assert.Equal(8 * steps * 3 * c * c + steps * c * 3, Counted(Of(tcn.WithWeightNorm(), steps, c), steps, c));
    }

    // 2 x 5 x 5 values that each go into 3 x 9, and 3 x 3 x 3 that each come from 2 x 9.
    [Fact]
    public void Layers_with_a_computed_weight_cost_what_they_cost_without()
    {
        nn.Module<Tensor, Tensor>[] layers = [nn.ConvTranspose2d(2, 3, 3), nn.Conv2d(2, 3, 3), nn.Linear(5, 4)];
        foreach (var layer in layers)
        {
            var x = randn(1, 2, 5, 5);
            var plain = MultiplyAdds.Of(layer, () => layer.call(x));
            var wrapped = WeightNorm.Of(layer);
            Assert.Equal(layer switch { TorchSharp.Modules.Linear => 10 * 5 * 4, ConvTranspose2d => 50 * 27, _ => 27 * 18 }, plain);
            Assert.Equal(plain, MultiplyAdds.Of(wrapped, () => wrapped.call(x)));
        }
    }

    [Fact]
    public void Padding_of_a_recurrent_layer_costs_nothing()
    {
        const long d = 3, h = 4;
        var module = Of(Block.Tokens(10, d).WithPadding(0).Then(Block.Gru(h).LastState()), 6).Build();
        var x = tensor(new float[,] { { 1, 2, 3, 4, 5, 6 }, { 7, 8, 0, 0, 0, 0 } });
        Assert.Equal((6 + 2) / 2.0 * 3 * h * (d + h) + h * 3, MultiplyAdds.PerExample(module, x));
    }

    [Fact]
    public void Recurrent_parts_of_a_module_of_ones_own_are_counted_too()
    {
        var (plain, cell, one) = (nn.RNN(3, 5), nn.LSTMCell(3, 5), nn.GRUCell(3, 5));
        Assert.Equal(2 * 6 * 5 * (3 + 5), MultiplyAdds.Of(plain, () => plain.call(zeros(6, 2, 3))));
        Assert.Equal(2 * 4 * 5 * (3 + 5), MultiplyAdds.Of(cell, () => cell.call(zeros(2, 3))));
        Assert.Equal(2 * 3 * 5 * (3 + 5), MultiplyAdds.Of(one, () => one.call(zeros(2, 3))));
    }

    // Gates read 6 features and weigh 4 experts; experts are 6-8-5, heads 5-1.
    [Fact]
    public void A_mixture_costs_all_experts_once_and_a_gate_per_task()
    {
        var model = Model.Named("m").Input(6).Experts(4, Block.Mlp(8, 5)).Task("a", Head.Regress()).Task("b", Head.Regress());
        Assert.Equal(4 * (6 * 8 + 8 * 5) + 2 * 6 * 4 + 2 * 5, Counted(model, 6));
        Assert.Equal(4 * (6 * 8 + 8 * 5) + 6 * 4 + 5, Counted(model, "a", 6));
        // Experts of another kind are computed one after the other.
        var looped = Model.Named("m").Input(6).Experts(4, Block.Mlp(8, 5).WithLinearOutput()).Gate(Gate.Sigmoid()).Task("a", Head.Regress());
        Assert.Equal(4 * (6 * 8 + 8 * 5) + 6 * 4 + 5, Counted(looped, 6));
    }

    [Fact]
    public void A_task_alone_does_not_pay_for_the_experts_of_others()
    {
        var model = Model.Named("m").Input(6).Experts(ExpertBank.Shared(1, Block.Mlp(4)).PerTask(2)).Task("a", Head.Regress()).Task("b", Head.Regress());
        Assert.Equal(5 * 6 * 4 + 2 * (6 * 3 + 4), Counted(model, 6));
        Assert.Equal(3 * 6 * 4 + 6 * 3 + 4, Counted(model, "a", 6));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_sparse_gate_costs_k_experts_for_each_token(int k)
    {
        const long tokens = 7, width = 6;
        foreach (var expert in new[] { Block.Mlp(8, 6), Block.Mlp(8, 6).WithLinearOutput() })
        {
            var model = Model.Named("m").Input(Shape.Of(tokens, width)).Then(Layer.Experts(ExpertBank.Shared(4, expert), Gate.TopK(k)).PerToken().Residual())
                .Task("a", Head.Regress()).Task("b", Head.Regress());
            var perTask = tokens * (width * 4 + k * 2 * width * 8) + tokens * width;
            Assert.Equal(perTask, Counted(model, "a", tokens, width));
            Assert.Equal(2 * perTask, Counted(model, tokens, width));
        }
    }

    // Experts per token are computed once for all tasks, gates once for each; without .PerToken() gates read whole sequences.
    [Fact]
    public void A_dense_gate_over_sequences_costs_its_experts_and_itself_at_every_position()
    {
        const long tokens = 7, width = 6;
        Model Of(Func<ExpertsLayer, Layer> layer) => Model.Named("m").Input(Shape.Of(tokens, width))
            .Then(layer(Layer.Experts(ExpertBank.Shared(4, Block.Mlp(8, 5)), Gate.Softmax()))).Task("a", Head.Regress()).Task("b", Head.Regress());
        Assert.Equal(tokens * (4 * (width * 8 + 8 * 5) + 2 * width * 4) + 2 * tokens * 5, Counted(Of(layer => layer.PerToken()), tokens, width));
        Assert.Equal(4 * (tokens * width * 8 + 8 * 5) + 2 * tokens * width * 4 + 2 * 5, Counted(Of(layer => layer), tokens, width));
    }

    [Fact]
    public void Rows_that_find_their_expert_full_cost_the_gate_alone()
    {
        var module = Model.Named("m").Input(6).Experts(4, Block.Mlp(8)).Gate(Gate.TopK(1).WithCapacity(1)).Task("a", Head.Regress()).Build();
        using (no_grad()) module.named_parameters().Single(p => p.name.Contains("router")).parameter.zero_()[2] = 1;
        // All 12 rows want expert 2, which takes 3.
        Assert.Equal(3 / 12.0 * 6 * 8 + 6 * 4 + 8, MultiplyAdds.PerExample(module, ones(12, 6)));
    }

    // What is read of the first level: by the second level's gates the tasks' streams, by its shared experts the shared one or, on own streams, those again.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Levels_compute_no_stream_that_nothing_reads(bool own)
    {
        const long tokens = 7, width = 6, one = tokens * (width * 4 + 2 * 2 * width * 8);
        var layer = Layer.Experts(ExpertBank.Shared(4, Block.Mlp(8, 6)), Gate.TopK(2)).PerToken().Residual();
        var level = own ? layer.OnOwnStreams() : layer;
        var model = Model.Named("m").Input(Shape.Of(tokens, width)).Then(level).Then(level).Task("a", Head.Regress()).Task("b", Head.Regress());
        Assert.Equal((own ? 4 : 5) * one + 2 * tokens * width, Counted(model, tokens, width));
        Assert.Equal((own ? 2 : 3) * one + tokens * width, Counted(model, "a", tokens, width));
    }

    [Fact]
    public void Towers_side_by_side_cost_each_its_weights()
    {
        var model = Model.Named("m").Input(6).Then(Layer.CrossStitch(Block.Mlp(5), Block.Mlp(4))).Task("a", Head.Regress()).Task("b", Head.Regress());
        Assert.Equal(2 * (6 * 5 + 5 * 4 + 4), Counted(model, 6));
    }

    [Fact]
    public void Modes_and_the_count_outside_are_left_as_they_were()
    {
        var module = Of(Block.Mlp(8).WithDropout(0.5), 6).Build();
        module.train();
        var layer = nn.Linear(6, 2);
        var both = MultiplyAdds.Of(layer, () =>
        {
            layer.call(zeros(1, 6));
            Assert.Equal(6 * 8 + 8 * 3, MultiplyAdds.PerExample(module, zeros(2, 6)));
            layer.call(zeros(1, 6));
        });
        Assert.Equal(2 * 6 * 2, both);
        Assert.All(module.named_modules(), part => Assert.True(part.module.training));
        // The hooks are gone.
        Assert.Equal(0, MultiplyAdds.Of(nn.ReLU(), () => layer.call(zeros(1, 6))));
    }

    [Fact]
    public void A_module_of_ones_own_is_refused_unless_it_reports()
    {
        Assert.Contains("weight", Assert.Throws<NotSupportedException>(() => MultiplyAdds.Of(new Silent(), () => { })).Message);
        var reporting = new Reporting();
        Assert.Equal(3 * 12, MultiplyAdds.Of(reporting, () => reporting.call(zeros(3, 4))));
    }

    private sealed class Silent : nn.Module
    {
        private readonly Parameter weight = new(zeros(4, 3));

        public Silent() : base("silent") => register_parameter("weight", weight);
    }

    private sealed class Reporting : nn.Module<Tensor, Tensor>, IReportsMultiplyAdds
    {
        private readonly Parameter weight = new(zeros(4, 3));

        public Reporting() : base("reporting") => register_parameter("weight", weight);

        public override Tensor forward(Tensor x)
        {
            MultiplyAdds.Report(x.shape[0] * weight.numel());
            return x.matmul(weight);
        }
    }
}
