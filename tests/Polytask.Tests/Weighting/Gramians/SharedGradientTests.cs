using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask.Tests.Weightings;

/// <summary>The Gramian and the update in whatever form, against the Jacobian multiplied out.</summary>
public sealed class SharedGradientTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    public static TheoryData<string> Networks() => Weightings.Networks.Names();

    private static Tensor[] Losses(nn.Module<Tensor, Tensor> network, Tensor inputs)
    {
        var features = network.call(inputs);
        return [.. Enumerable.Range(0, 4).Select(task => (features.narrow(1, task * 7, 9) - task).square().mean())];
    }

    private static void Same(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.True((expected.to(ScalarType.Float64) - actual.to(ScalarType.Float64)).norm().item<double>()
            <= tolerance * expected.to(ScalarType.Float64).norm().item<double>(), $"{actual} in place of {expected}");
    }

    [Theory, MemberData(nameof(Networks))]
    public void A_tape_changes_neither_Gramian_nor_update(string name)
    {
        var (network, inputs) = Weightings.Networks.Named(name, 3);
        Tensor[] shared = [.. network.parameters()];
        var weights = tensor(new[] { 0.3, 1.2, -0.4, 0.9 });
        using var rows = TaskGradients.Of(Losses(network, inputs), shared);
        using var tape = new LayerTape(network);
        // The first step looks whether layers can be factored, the others do it.
        for (var step = 0; step < 3; step++)
        {
            var gradients = SharedGradients.Of(Losses(network, inputs), shared, [[], [], [], []], tape);
            Same(rows.Gramian(ScalarType.Float64), gradients.Gramian(), 1e-5);
            foreach (var (expected, actual) in rows.Combined(weights).Zip(gradients.Combined(weights))) Same(expected, actual, 1e-5);
            tape.Clear();
        }
    }

    [Theory]
    [InlineData("mlp", 2)]
    [InlineData("in place", 2)]
    [InlineData("twice", 2)]
    [InlineData("tokens", 2)]
    [InlineData("tied", 1)]
    [InlineData("convolution", 2)]
    [InlineData("norms", 2)]
    public void Wide_layers_are_factored_but_where_their_weight_is_used_elsewhere(string name, int expected)
    {
        var (network, inputs) = Weightings.Networks.Named(name, 3);
        using var tape = new LayerTape(network);
        SharedGradients.Of(Losses(network, inputs), [.. network.parameters()], [[], [], [], []], tape);
        Assert.Equal(expected, tape.Called.Count(layer => layer.IsWhole is true && FactoredPart.Pays(layer, 4)));
        tape.Clear();
        Assert.Empty(tape.Called);
    }

    [Fact]
    public void A_weight_that_one_task_alone_uses_elsewhere_is_not_factored()
    {
        var (network, inputs) = Weightings.Networks.Named("mlp", 3);
        Tensor[] shared = [.. network.parameters()];
        Tensor[] Two()
        {
            var features = network.call(inputs);
            return [features.square().mean(), features.mean() + shared[0].square().mean()];
        }
        using var rows = TaskGradients.Of(Two(), shared);
        using var tape = new LayerTape(network);
        for (var step = 0; step < 2; step++)
        {
            Same(rows.Gramian(ScalarType.Float64), SharedGradients.Of(Two(), shared, [[], []], tape).Gramian(), 1e-5);
            tape.Clear();
        }
    }

    [Theory]
    [InlineData(256, 640, 640, 8, true)]
    [InlineData(256, 64, 64, 8, false)]
    [InlineData(4096, 640, 640, 40, false)]
    [InlineData(32, 1024, 1024, 2, true)]
    public void Factors_pay_where_there_are_fewer_rows_than_inputs(int rows, int inputs, int outputs, int tasks, bool pays)
    {
        using var layer = nn.Linear(inputs, outputs);
        var taped = new TapedLayer(layer, layer.weight, layer.bias);
        var x = zeros(rows, inputs);
        taped.Record(x, layer.call(x));
        Assert.Equal(pays, FactoredPart.Pays(taped, tasks));
        taped.Clear();
    }

    [Theory, MemberData(nameof(Networks))]
    public void Column_by_column_it_is_the_same(string name)
    {
        var (network, inputs) = Weightings.Networks.Named(name, 5);
        Tensor[] shared = [.. network.parameters()];
        var weights = tensor(new[] { 0.3, 1.2, -0.4, 0.9 });
        using var rows = TaskGradients.Of(Losses(network, inputs), shared);
        var columns = new GramianColumns(Losses(network, inputs), shared, [[], [], [], []]);
        Same(rows.Gramian(ScalarType.Float64), columns.Gramian(), 1e-5);
        foreach (var (expected, actual) in rows.Combined(weights).Zip(columns.Combined(weights))) Same(expected, actual, 1e-5);
    }

    [Fact]
    public void A_loss_without_a_gradient_and_a_task_that_does_not_come_by_have_zeros()
    {
        var (network, inputs) = Weightings.Networks.Named("mlp", 3);
        Tensor[] shared = [.. network.parameters()];
        var first = (nn.Module<Tensor, Tensor>)network.children().First();
        Tensor[] Three() => [first.call(inputs).square().mean(), zeros(1).squeeze(), Losses(network, inputs)[1]];
        using var tape = new LayerTape(network);
        Func<ITaskGradients>[] ways =
        [
            () => SharedGradients.Of(Three(), shared, [[], [], []], tape),
            () => SharedGradients.Of(Three(), shared, [[], [], []], tape),
            () => new GramianColumns(Three(), shared, [[], [], []]),
        ];
        foreach (var way in ways)
        {
            tape.Clear();
            var gradients = way();
            var losses = Three();
            var rows = new[] { losses[0], losses[2] }.Select(loss => cat([.. autograd.grad([loss], shared, allow_unused: true, retain_graph: true)
                .Zip(shared, (gradient, target) => (gradient ?? zeros_like(target)).reshape(-1))])).ToArray();
            Assert.Equal(rows[0].dot(rows[1]).item<float>(), gradients.Gramian()[0, 2].item<double>(), 1e-5);
            Assert.Equal(0, gradients.Gramian()[1].abs().sum().item<double>());
            foreach (var part in gradients.Combined(tensor(new[] { 0.0, 1, 0 }))) Assert.Equal(0, part.abs().sum().item<float>());
        }
    }

    [Fact]
    public void A_step_by_hand_is_the_same_with_a_tape()
    {
        var (network, inputs) = Weightings.Networks.Named("mlp", 3);
        using var tape = new LayerTape(network);
        for (var step = 0; step < 2; step++)
        {
            network.zero_grad();
            var w = Weighting.UPGrad().Backward(Losses(network, inputs), network.parameters());
            Tensor[] expected = [.. network.parameters().Select(parameter => parameter.grad!.clone())];
            tape.Clear();
            network.zero_grad();
            Same(w, Weighting.UPGrad().Backward(Losses(network, inputs), tape), 1e-5);
            foreach (var (gradient, parameter) in expected.Zip(network.parameters())) Same(gradient, parameter.grad!, 1e-5);
        }
    }
}
