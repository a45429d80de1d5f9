using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask.Tests.Tensors;

/// <summary>A flat optimiser gives, bit for bit, what the same optimiser gives over the parameters one by one.</summary>
public class FlatParametersTests
{
    private static readonly Dictionary<string, Func<IEnumerable<Parameter>, optim.Optimizer>> Optimizers = new()
    {
        ["sgd"] = parameters => optim.SGD(parameters, 0.05),
        ["sgd with momentum"] = parameters => optim.SGD(parameters, 0.05, 0.9, weight_decay: 0.01, nesterov: true),
        ["adam"] = parameters => optim.Adam(parameters, 1e-2),
        ["adam with decay"] = parameters => optim.Adam(parameters, 1e-2, weight_decay: 0.1),
        ["adam with amsgrad"] = parameters => optim.Adam(parameters, 1e-2, amsgrad: true),
        ["adamw"] = parameters => optim.AdamW(parameters, 1e-2),
    };

    public static TheoryData<string> Names() => [.. Optimizers.Keys];

    // Sizes that are no multiples of a vector's, a parameter that is too large for a buffer, a second head, and one parameter of another type.
    private sealed class Net : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> first = nn.Linear(5, 13);
        private readonly nn.Module<Tensor, Tensor> norm = nn.LayerNorm(13);
        private readonly nn.Module<Tensor, Tensor> wide = nn.Linear(13, 1301);
        private readonly nn.Module<Tensor, Tensor> head = nn.Linear(1301, 3);
        private readonly nn.Module<Tensor, Tensor> other = nn.Linear(1301, 2);
        private readonly Parameter scale = nn.Parameter(ones(1, dtype: ScalarType.Float64));
        private readonly Parameter frozen = nn.Parameter(ones(7), requires_grad: false);

        public Net() : base("net") => RegisterComponents();

        public bool UsesOther { get; set; } = true;

        public override Tensor forward(Tensor input)
        {
            var hidden = wide.call(norm.call(first.call(input).tanh())).tanh();
            var loss = head.call(hidden).square().mean() * scale.to(ScalarType.Float32) + frozen.sum() * hidden.mean();
            return UsesOther ? loss + other.call(hidden).abs().mean() : loss;
        }
    }

    // All parameters after twelve steps; clip is the clipping norm, or 0 for none.
    private static byte[] Trained(Func<IEnumerable<Parameter>, optim.Optimizer> build, bool flat, Func<int, bool> usesOther, double clip = 0, Action<string?>? reason = null)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var net = new Net();
        using var flatly = flat ? new FlatOptimizer(net.named_parameters(), build) : null;
        using var singly = flat ? null : build(net.parameters());
        for (var step = 0; step < 12; step++)
        {
            foreach (var parameter in net.parameters()) parameter.grad = null;
            net.UsesOther = usesOther(step);
            net.call(Values.Normal(step, 4, 5)).sum().backward();
            if (clip > 0) nn.utils.clip_grad_norm_(net.parameters(), clip);
            flatly?.Step();
            singly?.step();
        }
        reason?.Invoke(flatly?.SteppedSinglyBecause);
        if (flat && flatly!.SteppedSinglyBecause is null) Assert.True(flatly.Flat!.Buffers.Sum(buffer => buffer.Slices.Length) >= 6);
        return [.. net.state_dict().Values.SelectMany(tensor => tensor.detach().bytes.ToArray())];
    }

    [Theory, MemberData(nameof(Names))]
    public void Steps_are_those_of_the_parameters_one_by_one(string name)
    {
        var build = Optimizers[name];
        Assert.Equal(Trained(build, false, _ => true), Trained(build, true, _ => true, reason: Assert.Null));
        Assert.Equal(Trained(build, false, _ => true, clip: 0.1), Trained(build, true, _ => true, clip: 0.1));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_head_that_is_used_in_some_steps_only_is_skipped_in_the_others(string name)
    {
        var build = Optimizers[name];
        Assert.Equal(Trained(build, false, step => step > 5), Trained(build, true, step => step > 5, reason: Assert.Null));
        Assert.Equal(Trained(build, false, step => step % 4 != 3),
            Trained(build, true, step => step % 4 != 3, reason: text => Assert.Equal("parameter 'other.weight' had no gradient in step 4", text)));
        Assert.Equal(Trained(build, false, _ => false), Trained(build, true, _ => false, reason: Assert.Null));
    }

    [Fact]
    public void A_learning_rate_reaches_every_parameter_before_and_after_a_change_of_the_way()
    {
        static Dictionary<string, Tensor> After(bool flat)
        {
            manual_seed(3);
            var net = new Net();
            using var flatly = new FlatOptimizer(net.named_parameters(), parameters => optim.SGD(parameters, 1));
            using var singly = optim.SGD(net.parameters(), 1);
            for (var step = 0; step < 6; step++)
            {
                net.UsesOther = step != 3;
                foreach (var parameter in net.parameters()) parameter.grad = null;
                net.call(Values.Normal(step, 4, 5)).sum().backward();
                var rate = 0.1 / (1 + step);
                flatly.LearningRate = rate;
                foreach (var group in singly.ParamGroups) group.LearningRate = rate;
                if (flat) flatly.Step();
                else singly.step();
            }
            return net.state_dict();
        }
        using var scope = NewDisposeScope();
        var (expected, actual) = (After(false), After(true));
        foreach (var (name, tensor) in expected) Assert.True(tensor.Equals(actual[name]), name);
    }

    [Fact]
    public void Parameters_and_gradients_are_views_into_the_buffers()
    {
        using var scope = NewDisposeScope();
        using var net = nn.Sequential(nn.Linear(3, 2), nn.Linear(2, 1));
        var before = net.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone());
        var places = net.parameters().ToArray();
        using var flat = new FlatParameters(net.named_parameters());
        var buffer = Assert.Single(flat.Buffers);
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias"], buffer.Slices.Select(slice => slice.Name));
        Assert.Equal([0L, 6, 8, 10], buffer.Slices.Select(slice => slice.Offset));
        Assert.All(net.parameters().Zip(places), pair => Assert.Same(pair.First, pair.Second));
        foreach (var (name, tensor) in net.state_dict()) Assert.True(tensor.Equals(before[name]), name);

        Assert.Equal("0.weight", flat.Gather());
        net.call(ones(1, 3)).sum().backward();
        Assert.Null(flat.Gather());
        Assert.Equal(net.parameters().SelectMany(parameter => parameter.grad!.Numbers()), buffer.Gradient.Numbers());
        Assert.Equal(buffer.Gradient.Numbers(), buffer.Data.grad!.Numbers());
        using (no_grad())
        {
            buffer.Gradient.fill_(7);
            buffer.Data.fill_(2);
        }
        Assert.All(net.parameters(), parameter => Assert.All(parameter.grad!.Numbers(), value => Assert.Equal(7, value)));
        Assert.All(net.parameters(), parameter => Assert.All(parameter.Numbers(), value => Assert.Equal(2, value)));
        // 2 (2 (1+1+1) + 2) twice, and 2: and a second backward pass adds to the gradients that are there.
        Assert.Equal([34], net.call(ones(1, 3)).Numbers());
        net.call(ones(1, 3)).sum().backward();
        Assert.Null(flat.Gather());
        Assert.Equal(8, buffer.Gradient.Numbers()[^1]);
        flat.ForgetGradients();
        Assert.All(net.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void Buffers_are_cut_at_the_largest_size_and_by_type()
    {
        var parameters = Enumerable.Range(0, 5).Select(i => ($"p{i}", nn.Parameter(zeros(4, dtype: i == 2 ? ScalarType.Float64 : ScalarType.Float32)))).ToArray();
        using var flat = new FlatParameters(parameters, largestBuffer: 9);
        Assert.Equal(["p0 p1", "p3 p4", "p2"], flat.Buffers.Select(buffer => string.Join(' ', buffer.Slices.Select(slice => slice.Name))));
        Assert.Contains("'q' appears twice", Assert.Throws<ArgumentException>(() => new FlatParameters([("p", parameters[0].Item2), ("q", parameters[0].Item2)])).Message);
    }

    [Fact]
    public void A_module_that_is_converted_afterwards_is_refused()
    {
        using var net = nn.Linear(3, 2);
        using var flat = new FlatParameters(net.named_parameters());
        net.to(ScalarType.Float64);
        net.call(ones(1, 3, dtype: ScalarType.Float64)).sum().backward();
        Assert.Contains("parameter 'weight' has left its flat buffer", Assert.Throws<InvalidOperationException>(() => flat.Gather()).Message);
    }

    [Fact]
    public void Flat_parameters_are_saved_and_restored_like_others()
    {
        using var scope = NewDisposeScope();
        using var folder = new Data.TemporaryFolder();
        using var net = nn.Sequential(nn.Linear(3, 2), nn.Linear(2, 1));
        using var flat = new FlatParameters(net.named_parameters());
        var path = Path.Combine(folder.Path, "flat.safetensors");
        SafeTensors.Save(path, net.state_dict());
        var kept = flat.Buffers[0].Data.Numbers();
        using (no_grad()) flat.Buffers[0].Data.zero_();
        net.load_state_dict(SafeTensors.Load(path));
        Assert.Equal(kept, flat.Buffers[0].Data.Numbers());
    }
}
