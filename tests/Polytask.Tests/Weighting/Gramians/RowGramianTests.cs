using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask.Tests.Weightings;

/// <summary>One objective for each row, against a backward pass for each.</summary>
public sealed class RowGramianTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    public static TheoryData<string> Networks() => Weightings.Networks.Names();

    private static Tensor Losses(nn.Module<Tensor, Tensor> network, Tensor inputs, int task = 0) =>
        (network.call(inputs).narrow(1, task * 7, 9) - task).square().mean([1L]);

    [Theory, MemberData(nameof(Networks))]
    public void The_Gramian_of_rows_is_that_of_their_gradients(string name)
    {
        var (network, inputs) = Weightings.Networks.Named(name, 5);
        Parameter[] parameters = [.. network.parameters()];
        using var rows = TaskGradients.Of(Losses(network, inputs).unbind(), parameters);
        var expected = rows.Gramian(ScalarType.Float64);
        using var tape = new LayerTape(network);
        for (var step = 0; step < 2; step++)
        {
            var gramian = RowGramian.Of([Losses(network, inputs)], tape, parameters);
            Assert.True((gramian - expected).norm().item<double>() < 1e-5 * expected.norm().item<double>(), name);
            tape.Clear();
        }
    }

    [Fact]
    public void Two_tasks_have_an_objective_for_each_of_their_rows()
    {
        foreach (var name in new[] { "mlp", "tokens", "convolution" })
        {
            var (network, inputs) = Weightings.Networks.Named(name, 3);
            Parameter[] parameters = [.. network.parameters()];
            using var rows = TaskGradients.Of([.. Losses(network, inputs).unbind(), .. Losses(network, inputs, 1).unbind()], parameters);
            var expected = rows.Gramian(ScalarType.Float64);
            using var tape = new LayerTape(network);
            var features = network.call(inputs);
            Tensor[] both = [.. Enumerable.Range(0, 2).Select(task => (features.narrow(1, task * 7, 9) - task).square().mean([1L]))];
            Assert.True((RowGramian.Of(both, tape, parameters) - expected).norm().item<double>() < 1e-5 * expected.norm().item<double>(), name);
        }
    }

    [Fact]
    public void Layers_that_mix_rows_are_refused_by_name()
    {
        var network = nn.Sequential(nn.Linear(4, 6), nn.BatchNorm1d(6));
        using var tape = new LayerTape(network);
        var error = Assert.Throws<ArgumentException>(() => Weighting.UPGrad().Backward(network.call(Values.Normal(1, 5, 4)).square().mean([1L]), tape));
        Assert.Contains("BatchNorm1d mixes the rows", error.Message);
        Assert.Contains("LayerNorm", error.Message);
        Assert.Contains("expected one number for each row",
            Assert.Throws<ArgumentException>(() => Weighting.UPGrad().Backward(Values.Normal(1, 5, 4), tape)).Message);
    }

    [Fact]
    public void A_step_by_hand_conflicts_with_no_row()
    {
        var (network, inputs) = Weightings.Networks.Named("mlp", 6);
        using var tape = new LayerTape(network);
        var w = Weighting.UPGrad(ridge: 0).Backward(Losses(network, inputs), tape);
        Assert.Equal([6L], w.shape);
        var update = cat([.. network.parameters().Select(parameter => parameter.grad!.reshape(-1))]);
        using var rows = TaskGradients.Of(Losses(network, inputs).unbind(), network.parameters());
        Assert.True(rows.Rows().matmul(update).min().item<float>() > -1e-6);
    }
}
