using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask.Tests.Adapters;

/// <summary>What holds for every method.</summary>
public sealed class AdaptationTests
{
    private static readonly string[] Two = ["a", "b"];

    private sealed record Method(Func<Sequential> Net, Func<Tensor> Input, Func<nn.Module, Adaptation> Adapt, long Count);

    private static Method Dense(Func<nn.Module, Adaptation> adapt, long count) =>
        new(() => AdaptedModules.Net(), () => AdaptedModules.Rows, adapt, count);

    private static Method Dense(Adapter adapter, long count, params string[] tasks) => Dense(net => adapter.On(net, tasks), count);

    private static Method Convolved(Adapter adapter, long count, params string[] tasks) =>
        new(() => AdaptedModules.ConvNet(), () => AdaptedModules.Images, net => adapter.On(net, tasks), count);

    private static readonly Dictionary<string, Method> Methods = new()
    {
        ["lora"] = Dense(Adapter.Lora(3, 6), 3 * (6 + 5 + 5 + 4)),
        ["lora of convolutions"] = Convolved(Adapter.Lora(2), 206),
        ["lora per task"] = Dense(Adapter.Lora(1), 2 * (6 + 5 + 5 + 4), Two),
        ["series"] = Dense(Adapter.Series(3), 2 * 3 * 5 + 5 + 3 + 2 * 3 * 4 + 4 + 3),
        ["series after an activation"] = Dense(Adapter.Series(3).WithWidth(5).At("1"), 2 * (2 * 3 * 5 + 5 + 3), Two),
        ["parallel"] = Dense(Adapter.Parallel(2, 4).At("0"), 2 * (6 + 5 + 1) + 5),
        ["bitfit"] = Dense(Adapter.BitFit(), 5 + 4),
        ["bitfit per task"] = Convolved(Adapter.BitFit(), 2 * (4 + 4 + 6 + 3), Two),
        ["batch norm only"] = Convolved(Adapter.BatchNormOnly(), 2 * 2 * 4, Two),
        ["multi-task lora"] = Dense(Adapter.MultiTaskLora(2).WithSharedUpdate(), 3 * 2 * (6 + 5 + 5 + 4), Two),
        ["multi-task lora of convolutions"] = Convolved(Adapter.MultiTaskLora(1).WithSharedUpdate().WithTrainedScales(), 3 * (103 + 3), Two),
        ["polytropon"] = Dense(Adapter.Polytropon(3, 2), 3 * 2 * (6 + 5 + 5 + 4) + 2 * (2 * 3), Two),
        ["multi-head routing"] = new(() => nn.Sequential(nn.Linear(6, 8), nn.Tanh(), nn.Linear(8, 4)), () => AdaptedModules.Rows,
            net => Adapter.MultiHeadRouting(3, 1, 2).SharedRouting().On(net, Two), 3 * (6 + 8 + 8 + 4) + 2 * (2 * 3)),
        ["hypernetwork"] = Dense(Adapter.Hyper(2, 3), (2 + 2) * 3 + 2 * 9 + 3 + 4 * (2 * 5 * 2 + 5 + 2 + 2 * 4 * 2 + 4 + 2), Two),
        ["with a head"] = Dense(Adapter.Lora(1).At("0").Training("2.*"), 6 + 5 + 5 * 4 + 4),
    };

    public static TheoryData<string> Names => [.. Methods.Keys];

    private static IEnumerable<string?> TasksOf(Adaptation adaptation) =>
        adaptation.Tasks.Count == 0 ? new string?[] { null } : adaptation.Tasks.Cast<string?>();

    [Theory]
    [MemberData(nameof(Names))]
    public void At_its_start_it_changes_no_output_and_counts_its_parameters(string method)
    {
        var (make, input, adapt, count) = Methods[method];
        using var net = make();
        net.eval();
        var (x, before) = (input(), net.call(input()));
        using var adaptation = adapt(net);
        foreach (var task in TasksOf(adaptation)) Assert.Equal(0, Values.Difference(before, adaptation.For(task, () => net.call(x))));
        Assert.Equal(count, adaptation.AddedCount);
        Assert.Equal(count, adaptation.parameters().Where(parameter => parameter.requires_grad).Sum(parameter => parameter.numel()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Training_reaches_its_parameters_alone_and_removing_it_gives_the_module_back(string method)
    {
        var (make, input, adapt, _) = Methods[method];
        using var net = make();
        net.train();
        var (x, snapshot) = (input(), net.Snapshot());
        net.eval();
        var before = net.call(x);
        net.train();
        using var adaptation = adapt(net);
        foreach (var task in TasksOf(adaptation)) adaptation.Step(task, () => net.call(x));
        Assert.All(net.named_parameters(), pair => Assert.True(pair.parameter.grad is null && !pair.parameter.requires_grad, pair.name));
        Assert.All(adaptation.named_parameters(), pair => Assert.True(pair.parameter.grad is not null, pair.name));
        net.eval();
        foreach (var task in TasksOf(adaptation)) Assert.True(Values.Difference(before, adaptation.For(task, () => net.call(x))) > 1e-3);
        adaptation.Remove();
        net.AssertIs(snapshot);
        Assert.Equal(0, Values.Difference(before, net.call(x)));
        Assert.All(net.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_saved_and_read_onto_a_fresh_copy_gives_the_same_outputs(string method)
    {
        var (make, input, adapt, _) = Methods[method];
        var (x, path) = (input(), Path.Combine(Path.GetTempPath(), $"adapter-{Guid.NewGuid():N}.safetensors"));
        using var net = make();
        using var adaptation = adapt(net);
        foreach (var task in TasksOf(adaptation)) adaptation.Step(task, () => net.call(x));
        net.eval();
        try
        {
            SafeTensors.Save(path, adaptation.state_dict());
            using var fresh = make();
            fresh.load_state_dict(net.state_dict());
            fresh.eval();
            using var other = adapt(fresh);
            SafeTensors.LoadInto(other, path);
            foreach (var task in TasksOf(adaptation))
                Assert.Equal(0, Values.Difference(adaptation.For(task, () => net.call(x)), other.For(task, () => fresh.call(x))));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("lora per task")]
    [InlineData("series after an activation")]
    [InlineData("bitfit per task")]
    [InlineData("batch norm only")]
    public void Training_one_task_leaves_the_other_as_it_was(string method)
    {
        var (make, input, adapt, _) = Methods[method];
        using var net = make();
        var x = input();
        net.eval();
        var before = net.call(x);
        using var adaptation = adapt(net);
        net.train();
        adaptation.Step("a", () => net.call(x));
        net.eval();
        Assert.True(Values.Difference(before, adaptation.For("a", () => net.call(x))) > 1e-3);
        Assert.Equal(0, Values.Difference(before, adaptation.For("b", () => net.call(x))));
    }

    [Theory]
    [InlineData("lora")]
    [InlineData("lora of convolutions")]
    [InlineData("lora per task")]
    [InlineData("bitfit")]
    [InlineData("bitfit per task")]
    [InlineData("batch norm only")]
    [InlineData("with a head")]
    [InlineData("multi-task lora")]
    [InlineData("multi-task lora of convolutions")]
    [InlineData("polytropon")]
    [InlineData("multi-head routing")]
    public void What_can_be_merged_gives_the_same_outputs_from_the_module_alone(string method)
    {
        var (make, input, adapt, _) = Methods[method];
        using var net = make();
        var x = input();
        var adaptation = adapt(net);
        foreach (var each in TasksOf(adaptation)) adaptation.Step(each, () => net.call(x));
        net.eval();
        var task = TasksOf(adaptation).Last();
        var adapted = adaptation.For(task, () => net.call(x));
        adaptation.Merge(task);
        Assert.True(Values.Difference(adapted, net.call(x)) <= 1e-6 * (1 + adapted.abs().max().item<float>()));
    }

    [Fact]
    public void Linear_bottlenecks_are_merged_and_others_are_refused()
    {
        Adapter[] linear = [Adapter.Series(2).WithActivation(Activation.None), Adapter.Parallel(2, 3).WithActivation(Activation.None)];
        foreach (var adapter in linear)
        {
            using var net = AdaptedModules.Net();
            var adaptation = adapter.On(net);
            adaptation.Scramble();
            var adapted = net.call(AdaptedModules.Rows);
            adaptation.Merge();
            Assert.True(Values.Difference(adapted, net.call(AdaptedModules.Rows)) <= 1e-5);
        }
        using var other = AdaptedModules.Net();
        using var series = Adapter.Series(2).On(other);
        var snapshot = other.Snapshot();
        Assert.Equal("series adapter 2 GELU at layer '0' cannot be merged into weights: it passes through GELU; keep the adaptation, or Remove() it",
            Assert.Throws<InvalidOperationException>(() => series.Merge()).Message);
        other.AssertIs(snapshot);
        Assert.True(series.IsOn);
    }

    // Card's formula: y = W x + b + s U act(D x), and h + U act(D h) of h = W x + b.
    [Fact]
    public void Bottlenecks_compute_their_formulas()
    {
        using var layer = nn.Linear(6, 4);
        var x = AdaptedModules.Rows;
        var h = layer.call(x);
        foreach (var (adapter, read, scale) in new (Adapter, Tensor, double)[]
            { (Adapter.Series(3).WithActivation(Activation.Tanh), h, 1), (Adapter.Parallel(3, 0.5).WithActivation(Activation.Tanh), x, 0.5) })
        {
            using var adaptation = adapter.On(layer);
            adaptation.Scramble();
            Tensor P(string name) => adaptation.get_parameter($"layers.{adapter.Name}.{name}")!;
            var expected = h + ((read.matmul(P("down.weight").t()) + P("down.bias")).tanh().matmul(P("up.weight").t()) + P("up.bias")) * scale;
            Assert.True(Values.Difference(expected, layer.call(x)) <= 1e-5);
        }
    }

    // With scale g and shift b of its own, and the batch's statistics in training: the running ones are the task's own too.
    [Fact]
    public void Batch_normalisation_keeps_statistics_of_each_task()
    {
        using var net = nn.Sequential(nn.BatchNorm1d(2));
        using var adaptation = Adapter.BatchNormOnly().On(net, "a", "b");
        net.train();
        adaptation.For("a", () => net.call(tensor(new float[,] { { 0, 4 }, { 2, 8 } })));
        var buffers = adaptation.state_dict();
        var means = buffers["statistics.a.0.running_mean"].Numbers();
        Assert.True(means.Zip([0.1, 0.6]).All(pair => Math.Abs(pair.First - pair.Second) < 1e-6));
        Assert.Equal([0, 0], buffers["statistics.b.0.running_mean"].Numbers());
        Assert.Equal([0, 0], net.state_dict()["0.running_mean"].Numbers());
    }

    [Fact]
    public void Errors_name_tasks_layers_and_the_way_out()
    {
        using var net = AdaptedModules.Net();
        using (var perTask = Adapter.Lora(1).On(net, "income", "married"))
        {
            Assert.Equal("lora rank 1 alpha 1 has no task 'incme'; did you mean 'income'?; its tasks are 'income' and 'married'",
                Assert.Throws<ArgumentException>(() => perTask.Task = "incme").Message);
            Assert.StartsWith("the adapters differ between the tasks 'income' and 'married', but none is chosen",
                Assert.Throws<InvalidOperationException>(() => net.call(AdaptedModules.Rows)).Message);
            Assert.Throws<InvalidOperationException>(() => perTask.Merge());
            Assert.Equal("Sequential has lora rank 1 alpha 1 on it already; Merge() or Remove() that first",
                Assert.Throws<DeclarationException>(() => Adapter.Lora(2).On(net)).Message);
        }
        Assert.Equal("series: layer '1' is a GELU, which does not say how many features it gives; say so with .WithWidth(...), or choose linear "
            + "layers",
            Assert.Throws<DeclarationException>(() => Adapter.Series(2).At("1").On(net)).Message);
        Assert.Equal("batch norm only: Sequential has no batch normalisation with scale and shift",
            Assert.Throws<DeclarationException>(() => Adapter.BatchNormOnly().On(net)).Message);
        Assert.Equal("no parameter of Sequential is named '2.wieght'; did you mean '2.weight'?; it has '0.weight', '0.bias', '2.weight' and "
            + "'2.bias'",
            Assert.Throws<DeclarationException>(() => Adapter.Lora(2).Training("2.wieght").On(net)).Message);
        Assert.All(net.parameters(), parameter => Assert.True(parameter.requires_grad));
        using var lora = Adapter.Lora(2).On(net);
        lora.Remove();
        Assert.Equal("lora rank 2 alpha 2 is not on Sequential any more", Assert.Throws<InvalidOperationException>(() => lora.Merge()).Message);
    }
}
