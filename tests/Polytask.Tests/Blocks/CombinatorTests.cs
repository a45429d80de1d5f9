using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Blocks;

public class CombinatorTests
{
    [Fact]
    public void A_residual_block_adds_what_it_reads()
    {
        var x = Values.Normal(1, 3, 4);
        var same = Block.Residual(Block.Mlp(4)).Build(Shape.Of(4));
        Zero(same, "block");
        Assert.Equal(0, Values.Difference(same.call(x), x));

        var wider = Block.Residual(Block.Mlp(6)).WithActivation(Activation.Tanh).Build(Shape.Of(4));
        Zero(wider, "block");
        var projected = nn.functional.linear(x, wider.get_parameter("projection.weight")!, wider.get_parameter("projection.bias")!);
        Assert.Equal(0, Values.Difference(wider.call(x), projected.tanh()));
    }

    [Fact]
    public void Parallel_blocks_lie_side_by_side_or_are_added()
    {
        var x = Values.Normal(1, 2, 3, 4);
        var side = Block.Parallel(Block.PerToken(Block.Linear(2)), Block.PerToken(Block.Linear(3)));
        manual_seed(3);
        var module = side.Build(Shape.Of(3, 4));
        manual_seed(3);
        var (first, second) = (side.Branches[0].Build(Shape.Of(3, 4)).call(x), side.Branches[1].Build(Shape.Of(3, 4)).call(x));
        var output = module.call(x);
        Assert.Equal(0, Values.Difference(output.narrow(2, 0, 2), first));
        Assert.Equal(0, Values.Difference(output.narrow(2, 2, 3), second));

        var identity = Block.Of("identity", Shape.Of(4), nn.Identity);
        Assert.Equal(0, Values.Difference(Block.Parallel(identity, identity, identity).Summed().Build(Shape.Of(4)).call(x[0]), 3 * x[0]));
    }

    [Fact]
    public void A_split_gives_each_part_its_own_features()
    {
        var module = Block.Split((1, Block.Linear(1)), (2, Block.Linear(1))).Build(Shape.Of(3));
        var x = Values.Normal(2, 4, 3).requires_grad_();
        module.call(x).select(1, 0).sum().backward();
        Assert.Equal([0.0, 0, 0, 0], x.grad!.narrow(1, 1, 2).abs().sum(1).Numbers());
        Assert.All(x.grad.select(1, 0).Numbers(), value => Assert.NotEqual(0, value));
    }

    [Fact]
    public void A_choice_sends_each_row_through_its_branch()
    {
        var module = Block.Choose(1, Block.Linear(2), Block.Linear(2), Block.Linear(2)).Build(Shape.Of(3));
        var x = tensor(new float[,] { { 0.5f, 2, -1 }, { 1, 0, 3 }, { 2, 2, 1 } });
        var rest = x.index_select(1, tensor([0L, 2]));
        var output = module.call(x);
        Tensor Branch(int branch, int row) =>
            nn.functional.linear(rest[row], module.get_parameter($"branches.{branch}.weight")!, module.get_parameter($"branches.{branch}.bias")!);
        foreach (var (row, branch) in new[] { (0, 2), (1, 0), (2, 2) }) Assert.True(Values.Difference(output[row], Branch(branch, row)) <= 1e-6);
        output.sum().backward();
        Assert.Null(module.get_parameter("branches.1.weight")!.grad);
        var error = Assert.Throws<DataException>(() => Block.Choose(1, Block.Linear(2), Block.Linear(2)).Check("income", "test", x));
        Assert.Equal("task 'income', test split: column 1 chooses one of 2 branches, numbered 0 to 1, but holds 2; mend the data or add branches to Block.Choose", error.Message);
    }

    [Fact]
    public void Repeated_blocks_have_weights_of_their_own_and_shared_ones_do_not()
    {
        static long Count(Block block) => block.Build(Shape.Of(3)).parameters().Sum(parameter => parameter.numel());
        Assert.Equal(3 * 12, Count(Block.Linear(3).Repeat(3)));
        Assert.Equal(12, Count(Block.Linear(3).Shared().Repeat(3)));
        var module = Block.Linear(3).Shared().Repeat(2).Build(Shape.Of(3));
        var (weight, bias) = (module.get_parameter("0.weight")!, module.get_parameter("0.bias")!);
        var x = Values.Normal(1, 2, 3);
        Assert.True(Values.Difference(module.call(x), nn.functional.linear(nn.functional.linear(x, weight, bias), weight, bias)) <= 1e-6);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(2L)]
    public void A_hypernetwork_starts_as_its_network_and_then_has_weights_for_each_row(long? rank)
    {
        var block = Block.Hyper(2, Block.Mlp(3, 2).WithActivation(Activation.Tanh), Block.Mlp(4));
        if (rank is { } r) block = block.WithRank(r);
        var module = block.Build(Shape.Of(6));
        var x = Values.Normal(3, 5, 6);
        var weights = Enumerable.Range(0, 2).Select(l => (W: module.get_parameter($"layers.{l}.weight")!, B: module.get_parameter($"layers.{l}.bias")!)).ToArray();
        var plain = weights.Aggregate(x.narrow(1, 2, 4), (h, layer) => nn.functional.linear(h, layer.W, layer.B).tanh());
        Assert.True(Values.Difference(module.call(x), plain) <= 1e-6);

        using (no_grad())
            for (var l = 0; l < 2; l++) module.get_parameter($"changes.{l}.weight")!.copy_(Values.Normal(l, module.get_parameter($"changes.{l}.weight")!.shape) * 0.3);
        var output = module.call(x);
        for (var row = 0; row < 5; row++)
        {
            var (condition, h) = (x[row].narrow(0, 0, 2), x[row].narrow(0, 2, 4));
            var features = nn.functional.linear(condition, module.get_parameter("generator.layers.0.weight")!, module.get_parameter("generator.layers.0.bias")!).relu();
            for (var l = 0; l < 2; l++)
            {
                var made = nn.functional.linear(features, module.get_parameter($"changes.{l}.weight")!, module.get_parameter($"changes.{l}.bias")!);
                var (outputs, inputs) = (weights[l].W.shape[0], weights[l].W.shape[1]);
                var rest = made.narrow(0, outputs, made.shape[0] - outputs);
                var change = rank is { } k
                    ? rest.narrow(0, 0, outputs * k).reshape(outputs, k).mm(rest.narrow(0, outputs * k, k * inputs).reshape(k, inputs))
                    : rest.reshape(outputs, inputs);
                h = (weights[l].W + change).mv(h).add(weights[l].B + made.narrow(0, 0, outputs)).tanh();
            }
            Assert.True(Values.Difference(output[row], h) <= 1e-5);
        }
    }

    [Fact]
    public void Normal_weights_have_the_deviation_and_residual_outputs_less()
    {
        manual_seed(1);
        var block = Block.Tokens(50, 64).WithPadding(7).Then(Block.Transformer(8, heads: 4)).InitialisedNormal(0.02);
        var module = block.Build(Shape.Of(5));
        double Deviation(string name) => module.get_parameter(name)!.std().item<float>();
        Assert.Equal(0.02, Deviation("0.table.weight"), 0.001);
        Assert.Equal(0.02, Deviation("1.layers.0.mixer.in_proj.weight"), 0.001);
        Assert.Equal(0.02, Deviation("1.layers.3.linear1.weight"), 0.001);
        Assert.Equal(0.02 / 4, Deviation("1.layers.3.linear2.weight"), 0.0003);
        Assert.Equal(0.02 / 4, Deviation("1.layers.7.mixer.out_proj.weight"), 0.0003);
        Assert.All(module.get_parameter("0.table.weight")![7].Numbers(), value => Assert.Equal(0, value));
        Assert.All(module.get_parameter("1.layers.3.linear1.bias")!.Numbers(), value => Assert.Equal(0, value));
        Assert.All(module.get_parameter("1.norm.weight")!.Numbers(), value => Assert.Equal(1, value));
    }

    [Fact]
    public void Pooling_and_picking_in_closed_form()
    {
        var x = arange(12, dtype: ScalarType.Float32).reshape(1, 3, 4);
        Tensor Of(Block block) => block.Build(Shape.Of(3, 4)).call(x);
        Assert.Equal([4.0, 5, 6, 7], Of(Block.GlobalPool()).Numbers());
        Assert.Equal([12.0, 15, 18, 21], Of(Block.GlobalPool(Pooling.Sum)).Numbers());
        Assert.Equal([8.0, 9, 10, 11], Of(Block.GlobalPool(Pooling.Max)).Numbers());
        Assert.Equal([8.0, 9, 10, 11], Of(Block.Token(-1)).Numbers());
        Assert.Equal([4.0, 5, 6, 7], Of(Block.Token(1)).Numbers());
        Assert.Equal([6.0, 22, 38], Block.GlobalPool(Pooling.Sum).Build(Shape.Of(3, 2, 2)).call(x.reshape(1, 3, 2, 2)).Numbers());
    }

    [Fact]
    public void Patches_are_read_row_by_row()
    {
        var module = Block.Patches(2, 1).Build(Shape.Of(1, 4, 4));
        using (no_grad())
        {
            nn.init.ones_(module.get_parameter("projection.weight")!);
            nn.init.zeros_(module.get_parameter("projection.bias")!);
        }
        Assert.Equal([10.0, 18, 42, 50], module.call(arange(16, dtype: ScalarType.Float32).reshape(1, 1, 4, 4)).Numbers());
    }

    // What Patches cuts apart the grid and its squares put together: an identity where the maps between them are.
    [Fact]
    public void A_grid_and_its_squares_undo_patches()
    {
        var image = Values.Normal(1, 2, 1, 4, 6);
        var (cut, grid, enlarge) = (Block.Patches(2, 4).Build(Shape.Of(1, 4, 6)), Block.TokenGrid(2).Build(Shape.Of(6, 4)), Block.Enlarge(2, 1).Build(Shape.Of(4, 2, 3)));
        using (no_grad())
        {
            cut.get_parameter("projection.weight")!.copy_(eye(4).view(4, 1, 2, 2));
            nn.init.zeros_(cut.get_parameter("projection.bias")!);
            enlarge.get_parameter("weight")!.copy_(eye(4).view(4, 1, 2, 2));
            nn.init.zeros_(enlarge.get_parameter("bias")!);
        }
        Assert.Equal(image.Numbers(), enlarge.call(grid.call(cut.call(image))).Numbers());
    }

    [Fact]
    public void A_map_is_enlarged_as_by_a_transposed_convolution() =>
        SameLayer.As(() => nn.ConvTranspose2d(5, 4, 3, stride: 3), () => Block.Enlarge(3, 4).Build(Shape.Of(5, 2, 6)), 7, 5, 2, 6);

    private static void Zero(nn.Module module, string part)
    {
        using var untracked = no_grad();
        foreach (var (name, parameter) in module.named_parameters())
            if (name.StartsWith(part, StringComparison.Ordinal)) parameter.zero_();
    }
}
