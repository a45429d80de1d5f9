using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask.Tests.Tensors;

public sealed class FunctionalCallTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    // A nested module, a list of parameters, a parameter that two modules share, and one beyond the reach of fields.
    private sealed class Own : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> inner = nn.Sequential(nn.Linear(3, 4), nn.Tanh());
        private readonly Parameter[] scales = [nn.Parameter(ones(4)), nn.Parameter(ones(4))];
        private readonly Parameter tied = nn.Parameter(ones(4));
        private readonly Shares left;
        private readonly Shares right;
        private readonly Func<Tensor> hidden;

        public Own() : base("own")
        {
            (left, right) = (new Shares(tied), new Shares(tied));
            RegisterComponents();
            for (var i = 0; i < scales.Length; i++) register_parameter($"scale{i}", scales[i]);
            var secret = nn.Parameter(ones(1));
            register_parameter("secret", secret);
            hidden = () => secret;
        }

        public override Tensor forward(Tensor input) =>
            right.call(left.call(scales.Aggregate(inner.call(input), (value, scale) => value * scale))) * tied * hidden();
    }

    private sealed class Shares : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter weight;

        public Shares(Parameter weight) : base("shares")
        {
            this.weight = weight;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => input * weight;
    }

    private static readonly Tensor Input = Values.Normal(4, 2, 3).DetachFromDisposeScope();

    [Fact]
    public void A_call_is_that_of_a_module_with_the_given_values_and_gradients_flow_into_them()
    {
        using var module = new Own();
        var given = new Dictionary<string, Tensor>
        {
            ["inner.0.weight"] = Values.Normal(1, 4, 3).requires_grad_(),
            ["inner.0.bias"] = Values.Normal(2, 4).requires_grad_(),
            ["scale1"] = Values.Normal(3, 4).requires_grad_(),
            ["tied"] = Values.Normal(5, 4).requires_grad_(),
        };
        var output = FunctionalCall.Call(module, given, Input);
        var expected = (Input.matmul(given["inner.0.weight"].t()) + given["inner.0.bias"]).tanh() * given["scale1"] * given["tied"].pow(3);
        Assert.True(Values.Difference(expected, output) < 1e-6);

        var weights = Values.Normal(6, 2, 4);
        var direct = autograd.grad([(expected * weights).sum()], [.. given.Values]);
        (output * weights).sum().backward();
        foreach (var (gradient, tensor) in direct.Zip(given.Values)) Assert.True(Values.Difference(gradient, tensor.grad!) < 1e-5);
        Assert.Null(module.get_parameter("tied")!.grad);
        Assert.Null(module.get_parameter("inner.0.weight")!.grad);
        Assert.NotNull(module.get_parameter("scale0")!.grad);
    }

    [Fact]
    public void Tensors_inside_a_graph_may_be_given()
    {
        using var module = nn.Linear(3, 2);
        var (mixture, first, second) = (tensor(0.25f).requires_grad_(), Values.Normal(1, 2, 3), Values.Normal(2, 2, 3));
        var merged = first + mixture * (second - first);
        FunctionalCall.Call(module, new Dictionary<string, Tensor> { ["weight"] = merged }, Input).sum().backward();
        // d/dm of the sum of x (A + m (B - A))ᵀ is the sum of x (B - A)ᵀ.
        Assert.Equal(Input.matmul((second - first).t()).sum().item<float>(), mixture.grad!.item<float>(), 1e-4);
        Assert.Null(module.weight!.grad);
    }

    [Fact]
    public void The_modules_own_tensors_are_back_afterwards_and_after_an_exception()
    {
        using var module = new Own();
        var before = module.named_parameters().ToArray();
        var expected = module.call(Input).Numbers();
        var given = module.named_parameters().Where(pair => pair.name != "secret").ToDictionary(pair => pair.name, pair => zeros_like(pair.parameter));
        Assert.Throws<TimeoutException>(() => FunctionalCall.Run<int>(module, given, () => throw new TimeoutException()));
        Assert.ThrowsAny<Exception>(() => FunctionalCall.Call(module, given, ones(2, 7)));
        Assert.Equal(0, FunctionalCall.Call(module, given, Input).abs().sum().item<float>());
        Assert.Equal(expected, module.call(Input).Numbers());
        foreach (var ((name, parameter), (nameNow, now)) in before.Zip(module.named_parameters()))
        {
            Assert.Equal(name, nameNow);
            Assert.Same(parameter, now);
            Assert.False(now.IsInvalid);
        }
        Assert.All(given.Values, tensor => Assert.False(tensor.IsInvalid));
    }

    [Fact]
    public void Buffers_are_replaced_too()
    {
        using var module = nn.BatchNorm1d(3);
        module.eval();
        var (mean, variance) = (tensor(new[] { 1f, 2, 3 }), tensor(new[] { 4f, 9, 16 }));
        var output = FunctionalCall.Call(module, new Dictionary<string, Tensor> { ["running_mean"] = mean, ["running_var"] = variance }, ones(1, 3));
        Assert.True(Values.Difference(tensor(new[] { 0f, -1 / 3f, -2 / 4f }).unsqueeze(0), output) < 1e-5);
        Assert.Equal([0.0, 0, 0], module.state_dict()["running_mean"].Numbers());
    }

    [Fact]
    public void What_cannot_be_replaced_is_refused_and_nothing_stays_changed()
    {
        using var module = new Own();
        var expected = module.call(Input).Numbers();
        string Refused<TError>(params (string Name, Tensor Tensor)[] given) where TError : Exception =>
            Assert.Throws<TError>(() => FunctionalCall.Call(module, given.ToDictionary(pair => pair.Name, pair => pair.Tensor), Input)).Message;
        Assert.Contains("no parameter or buffer 'inner.0.wieght'; did you mean 'inner.0.weight'?", Refused<ArgumentException>(("inner.0.wieght", ones(4, 3))));
        Assert.Contains("'tied' of", Refused<ArgumentException>(("tied", ones(5))));
        Assert.Contains("[4] of Float32, but [5] of Float32 was given", Refused<ArgumentException>(("tied", ones(5))));
        Assert.Contains("'secret' of", Refused<NotSupportedException>(("tied", zeros(4)), ("secret", ones(1))));
        Assert.Contains("are one tensor, but two were given", Refused<ArgumentException>(("tied", zeros(4)), ("left.weight", ones(4))));
        Assert.Equal(expected, module.call(Input).Numbers());
    }
}
