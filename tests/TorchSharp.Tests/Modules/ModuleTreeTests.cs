using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Modules;

public class ModuleTreeTests
{
    /// <summary>A module as users write them: fields, and RegisterComponents at the end.</summary>
    private sealed class Pair : nn.Module<Tensor, Tensor>
    {
        private readonly Linear shared = nn.Linear(4, 3);
        private readonly Sequential tower = nn.Sequential(("inner", nn.Linear(3, 2)), ("norm", nn.BatchNorm1d(2)));
        private readonly Parameter scale = nn.Parameter(ones(2));
        [ComponentName(Name = "offset")] private readonly Tensor shift = zeros(2);
        private readonly Linear twin;

        public Pair() : base(nameof(Pair))
        {
            twin = shared;
            register_buffer("scratch", zeros(1), persistent: false);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => tower.call(shared.call(input)) * scale + shift;
    }

    [Fact]
    public void Fields_are_registered_under_their_names_and_shared_modules_once()
    {
        using var pair = new Pair();
        Assert.Equal(["scale", "shared.weight", "shared.bias", "tower.inner.weight", "tower.inner.bias", "tower.norm.weight", "tower.norm.bias"], pair.named_parameters().Select(p => p.name));
        Assert.Equal(["scale"], pair.named_parameters(recurse: false).Select(p => p.name));
        Assert.Equal(["scratch", "offset", "tower.norm.running_mean", "tower.norm.running_var", "tower.norm.num_batches_tracked"], pair.named_buffers().Select(b => b.name));
        Assert.Equal(["shared", "tower", "twin"], pair.named_children().Select(c => c.name));
        Assert.Equal(["shared", "tower", "twin", "tower.inner", "tower.norm"], pair.named_modules().Select(m => m.name));
        var keys = pair.state_dict().Keys;
        Assert.DoesNotContain("scratch", keys);
        Assert.Contains("offset", keys);
        Assert.Contains("twin.weight", keys);
        Assert.Same(pair.get_parameter("shared.weight"), pair.state_dict()["twin.weight"]);
        Assert.True(pair.has_buffer("tower.norm.running_var"));
        Assert.False(pair.has_parameter("tower.nothing"));
    }

    [Fact]
    public void State_dictionary_goes_round_and_misfits_are_named_before_anything_is_copied()
    {
        using var first = new Pair();
        using var second = new Pair();
        using var input = randn(5, 4);
        first.call(input).Dispose();
        var (missing, unexpected) = second.load_state_dict(first.state_dict());
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        first.eval();
        second.eval();
        Assert.True(first.call(input).Equals(second.call(input)));

        var broken = first.state_dict().ToDictionary(pair => pair.Key, pair => ones_like(pair.Value));
        broken.Remove("scale");
        broken["extra"] = zeros(1);
        var error = Assert.Throws<InvalidOperationException>(() => second.load_state_dict(broken));
        Assert.Contains("'scale'", error.Message);
        Assert.Contains("'extra'", error.Message);
        broken["scale"] = zeros(3);
        var shapes = Assert.Throws<ArgumentException>(() => second.load_state_dict(broken, strict: false));
        Assert.Contains("'scale' has shape [3], the module has [2]", shapes.Message);
        Assert.True(first.call(input).Equals(second.call(input)));

        (missing, unexpected) = second.load_state_dict(broken, strict: false, skip: ["scale", "shared.weight", "twin.weight"]);
        Assert.Empty(missing);
        Assert.Equal(["extra"], unexpected);
        Assert.True(second.get_parameter("shared.weight")!.Equals(first.get_parameter("shared.weight")!));
        Assert.True(second.get_parameter("shared.bias")!.Equals(ones(3)));
    }

    [Fact]
    public void Containers_number_and_name_their_modules()
    {
        using var list = nn.ModuleList<Linear>(nn.Linear(1, 2), nn.Linear(2, 3));
        list.Insert(1, nn.Linear(9, 9, hasBias: false));
        Assert.Equal(["0.weight", "0.bias", "1.weight", "2.weight", "2.bias"], list.named_parameters().Select(p => p.name));
        list.RemoveAt(0);
        list[1] = nn.Linear(4, 5, hasBias: false);
        Assert.Equal([(9L, 9L), (4L, 5L)], list.Select(linear => (linear.in_features, linear.out_features)));
        Assert.Equal(["0.weight", "1.weight"], list.state_dict().Keys);

        using var dictionary = nn.ModuleDict<Linear>(("income", nn.Linear(2, 3)), ("married", nn.Linear(2, 1)));
        Assert.Equal(["income.weight", "income.bias", "married.weight", "married.bias"], dictionary.state_dict().Keys);
        Assert.Equal(1, dictionary["married"].out_features);
        dictionary["income"] = nn.Linear(2, 7, hasBias: false);
        Assert.True(dictionary.Remove("married"));
        Assert.Equal(["income.weight"], dictionary.named_parameters().Select(p => p.name));
        Assert.Throws<ArgumentException>(() => dictionary.Add("a.b", nn.Linear(1, 1)));

        using var chain = nn.Sequential(nn.Linear(2, 3), nn.ReLU());
        chain.append("head", nn.Linear(3, 1));
        Assert.Equal(3, chain.Count);
        Assert.Equal(["0.weight", "0.bias", "head.weight", "head.bias"], chain.state_dict().Keys);
        Assert.Same(chain.get_parameter("head.weight"), chain[1..].get_parameter("head.weight"));
    }

    [Fact]
    public void Sequential_frees_what_lies_between_but_not_its_input()
    {
        using var chain = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Identity(), nn.Linear(3, 1));
        using var input = randn(4, 2);
        Tensor? between = null;
        ((nn.Module<Tensor, Tensor>)chain[1]).register_forward_hook((_, _, output) => between = output);
        using var result = chain.call(input);
        Assert.True(between!.IsInvalid);
        Assert.False(input.IsInvalid);
        result.sum().backward();
        Assert.NotNull(chain.get_parameter("0.weight")!.grad);
    }

    [Fact]
    public void Hooks_change_inputs_and_outputs_until_they_are_removed()
    {
        using var module = nn.ReLU();
        using var input = tensor(new[] { -1f, 2f });
        var before = module.register_forward_pre_hook((_, x) => x.neg());
        var after = module.register_forward_hook((_, _, y) => y.add(10));
        Assert.Equal([11.0, 10.0], Reference.Doubles(module.call(input)));
        before.remove();
        Assert.Equal([10.0, 12.0], Reference.Doubles(module.call(input)));
        after.remove();
        Assert.Equal([0.0, 2.0], Reference.Doubles(module.call(input)));
    }

    [Fact]
    public void Parameters_outlive_the_scope_they_were_made_in()
    {
        nn.Module<Tensor, Tensor> module;
        using (NewDisposeScope()) module = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2));
        using var output = module.call(randn(4, 3));
        Assert.Equal([4, 2], output.shape);
        module.Dispose();
        Assert.All(module.parameters(), parameter => Assert.True(parameter.IsInvalid));
    }

    [Fact]
    public void Training_mode_and_gradients_reach_every_child()
    {
        using var module = new Pair();
        module.eval();
        Assert.All(module.modules().Append(module), child => Assert.False(child.training));
        module.train();
        Assert.All(module.modules().Append(module), child => Assert.True(child.training));
        module.call(randn(4, 4)).sum().backward();
        Assert.All(module.parameters(), parameter => Assert.NotNull(parameter.grad));
        module.zero_grad(set_to_none: false);
        Assert.All(module.parameters(), parameter => Assert.Equal(0, parameter.grad!.abs().sum().item<float>()));
        module.zero_grad();
        Assert.All(module.parameters(), parameter => Assert.Null(parameter.grad));
        var visited = new List<nn.Module>();
        module.apply(visited.Add);
        Assert.Same(module, visited[^1]);
    }

    [Fact]
    public void Moving_keeps_the_tensor_objects_and_integer_types()
    {
        using var module = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2));
        module.call(randn(4, 3)).sum().backward();
        var weight = module.get_parameter("0.weight")!;
        var before = Reference.Doubles(weight);
        Assert.Same(module, module.to(ScalarType.Float64));
        Assert.Same(weight, module.get_parameter("0.weight"));
        Assert.Equal(before, Reference.Doubles(weight));
        Assert.Equal(ScalarType.Float64, weight.grad!.dtype);
        Assert.Equal(ScalarType.Float64, module.get_buffer("1.running_mean")!.dtype);
        Assert.Equal(ScalarType.Int64, module.get_buffer("1.num_batches_tracked")!.dtype);
        module.zero_grad();
        module.call(randn(4, 3, dtype: ScalarType.Float64)).sum().backward();
        Assert.Equal(ScalarType.Float64, weight.grad!.dtype);
        Assert.Throws<ArgumentException>(() => module.to(ScalarType.Int64));
    }

    [Fact]
    public void Wrong_feature_size_is_named_with_both_shapes()
    {
        using var linear = nn.Linear(5, 3);
        var error = Assert.ThrowsAny<Exception>(() => linear.call(ones(4, 6)));
        Assert.Contains("[4, 6]", error.Message);
        Assert.Contains("[3, 5]", error.Message);
        Assert.Contains("linear", error.Message);
        Assert.Throws<ArgumentException>(() => nn.BatchNorm2d(3).call(ones(4, 3)));
        Assert.Throws<ArgumentException>(() => nn.Conv2d(3, 4, 3, groups: 2));
        Assert.Throws<ArgumentException>(() => nn.GroupNorm(2, 3));
        Assert.Throws<ArgumentException>(() => nn.Embedding(3, 2, padding_idx: 3));
    }
}
