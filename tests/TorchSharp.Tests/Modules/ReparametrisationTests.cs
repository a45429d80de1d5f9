using Polytask;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Modules;

/// <summary>Computed and masked weights against Python's torch.nn.utils: names, draws, outputs, gradients, evaluation, and the plain layer afterwards.</summary>
public class ReparametrisationTests
{
    private static readonly ReferenceFile reference = Reference.Modules;

    public static TheoryData<string> Names => [.. reference.Under("reparametrised/")];

    private static (nn.Module<Tensor, Tensor> Layer, long[] Input, Func<nn.Module<Tensor, Tensor>, ComputedWeight> Change) Make(string name) => name switch
    {
        "weight norm of linear" => (nn.Linear(4, 3), [2, 4], layer => WeightNorm.Of(layer)),
        "weight norm as a whole" => (nn.Linear(4, 3), [2, 4], layer => WeightNorm.Of(layer, null)),
        "weight norm of conv 2d" => (nn.Conv2d(2, 3, (2, 3), stride: (1, 2), padding: (1, 1), padding_mode: PaddingModes.Circular), [2, 2, 5, 6], layer => WeightNorm.Of(layer, 1)),
        "weight norm of conv 1d" => (nn.Conv1d(2, 3, 4, Padding.Same), [2, 2, 7], layer => WeightNorm.Of(layer)),
        "weight norm of conv transpose 1d" => (nn.ConvTranspose1d(2, 3, 3, stride: 2, output_padding: 1), [2, 2, 7], layer => WeightNorm.Of(layer)),
        "spectral norm of linear" => (nn.Linear(4, 3), [2, 4], layer => SpectralNorm.Of(layer)),
        "spectral norm of conv 3d" => (nn.Conv3d(2, 2, 2, bias: false), [1, 2, 4, 5, 4], layer => SpectralNorm.Of(layer, iterations: 3)),
        "spectral norm of conv transpose 2d" => (nn.ConvTranspose2d(2, 3, 2), [2, 2, 5, 6], layer => SpectralNorm.Of(layer)),
        "random elements" => (nn.Linear(4, 3), [2, 4], layer => Prune.RandomUnstructured(layer, 5)),
        "smallest elements" => (nn.Linear(4, 3), [2, 4], layer => Prune.L1Unstructured(layer, 0.4)),
        "smallest elements twice" => (nn.Conv1d(2, 3, 2), [2, 2, 7], layer => Prune.L1Unstructured(Prune.L1Unstructured(layer, 3), 0.5)),
        "smallest rows" => (nn.Linear(4, 5), [2, 4], layer => Prune.LnStructured(layer, 0.4, norm: 1)),
        "smallest columns after elements" => (nn.Linear(4, 3), [2, 4], layer => Prune.LnStructured(Prune.L1Unstructured(layer, 2), 2, dimension: 1)),
        "random channels" => (nn.Conv2d(2, 4, 2), [2, 2, 5, 6], layer => Prune.RandomStructured(layer, 2)),
        "custom mask" => (nn.Linear(4, 3), [2, 4], layer => Prune.Custom(layer, Reference.Pattern([3, 4]) > 0)),
        _ => throw new ArgumentException($"nothing is made for the reference '{name}'"),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_changed_layer_is_what_Python_makes_of_it(string name)
    {
        var key = $"reparametrised/{name}";
        manual_seed(7);
        var (layer, shape, change) = Make(name);
        var changed = change(layer);
        States($"{key}/initial", changed, 1e-6);
        var x = Reference.Pattern(shape, 2).requires_grad_();
        var output = changed.call(x);
        reference.Equal($"{key}/output", output, 1e-5);
        (output * Reference.Pattern(output.shape)).sum().backward();
        reference.Equal($"{key}/input gradient", x.grad!, 1e-5);
        foreach (var (parameterName, parameter) in changed.named_parameters()) reference.Equal($"{key}/gradients/{parameterName}", parameter.grad!, 2e-5);
        States($"{key}/after", changed, 1e-6);

        changed.eval();
        using var off = no_grad();
        reference.Equal($"{key}/evaluated", changed.call(x), 1e-5);
        reference.Equal($"{key}/weight", changed.Weight(), 1e-5);
        var plain = changed.Remove();
        Assert.Same(layer, plain);
        reference.Equal($"{key}/weight", plain.get_parameter("weight")!, 1e-5);
        reference.Equal($"{key}/evaluated", plain.call(x), 1e-5);
    }

    private static void States(string key, nn.Module module, double tolerance)
    {
        var actual = module.state_dict();
        Assert.Equal(reference.Under($"{key}/"), actual.Keys);
        foreach (var (name, tensor) in actual) reference.Equal($"{key}/{name}", tensor, tolerance);
    }

    [Fact]
    public void Root_mean_square_norm_is_its_closed_form_and_its_gradient_the_slope()
    {
        using var norm = new RMSNorm([3, 2], eps: 0.1, dtype: ScalarType.Float64);
        Assert.Equal(["weight"], norm.state_dict().Keys);
        using (no_grad()) norm.get_parameter("weight")!.copy_(Reference.Pattern([3, 2], 1, 1.5));
        var x = Reference.Pattern([4, 3, 2], 2).to(ScalarType.Float64).requires_grad_();
        var output = norm.call(x);
        var (values, weights) = (Reference.Doubles(x), Reference.Doubles(norm.get_parameter("weight")!));
        var actual = Reference.Doubles(output);
        for (var row = 0; row < 4; row++)
        {
            var root = Math.Sqrt(values.Skip(6 * row).Take(6).Average(v => v * v) + 0.1);
            for (var k = 0; k < 6; k++) Assert.Equal(values[6 * row + k] / root * weights[k], actual[6 * row + k], 12);
        }
        output.square().sum().backward();
        var slope = (Moved(1e-6) - Moved(-1e-6)) / 2e-6;
        Assert.Equal(slope, Reference.Doubles(x.grad!)[0], 6);

        double Moved(double step)
        {
            using var off = no_grad();
            using var moved = x.detach().clone();
            moved.view(-1).data<double>()[0] += step;
            return norm.call(moved).square().sum().item<double>();
        }
    }

    [Fact]
    public void Root_mean_square_norm_takes_the_smallest_step_of_the_type_and_refuses_other_shapes()
    {
        using var norm = new RMSNorm(4, elementwiseAffine: false);
        Assert.Empty(norm.parameters());
        Assert.All(Reference.Doubles(norm.call(zeros(2, 4))), value => Assert.Equal(0, value));
        Assert.Contains("[2, 3]", Assert.Throws<ArgumentException>(() => norm.call(zeros(2, 3))).Message);
        Assert.Throws<ArgumentException>(() => new RMSNorm([]));
    }

    [Fact]
    public void What_cannot_be_changed_is_refused()
    {
        Assert.Contains("ReLU", Assert.Throws<ArgumentException>(() => WeightNorm.Of(nn.ReLU())).Message);
        Assert.Throws<ArgumentException>(() => WeightNorm.Of(nn.Linear(3, 2), 2));
        Assert.Throws<ArgumentException>(() => SpectralNorm.Of(nn.Linear(3, 2), iterations: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Prune.L1Unstructured(nn.Linear(3, 2), 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Prune.RandomUnstructured(nn.Linear(3, 2), 7));
        Assert.Contains("[3, 2]", Assert.Throws<ArgumentException>(() => Prune.Custom(nn.Linear(3, 2), ones(3, 2))).Message);
    }

    [Fact]
    public void A_mask_keeps_its_zeros_through_training_and_says_how_many_there_are()
    {
        manual_seed(1);
        using var layer = Prune.L1Unstructured(nn.Linear(5, 4), 0.25);
        Assert.Equal(0.25, layer.Sparsity, 6);
        var optimizer = optim.SGD(layer.parameters(), 0.1);
        for (var step = 0; step < 3; step++)
        {
            optimizer.zero_grad();
            layer.call(ones(2, 5)).square().sum().backward();
            optimizer.step();
        }
        Assert.Equal(5, Reference.Doubles(layer.Weight()).Count(value => value == 0));
    }
}
