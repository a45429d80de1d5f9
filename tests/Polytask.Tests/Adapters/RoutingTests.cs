using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Adapters;

/// <summary>Polytropon and multi-head routing: what their card asks for.</summary>
public sealed class RoutingTests
{
    private const int In = 6, Out = 4, Skills = 3;

    private static readonly string[] Tasks = ["a", "b"];

    private static Tensor Sigmoid(Tensor z) => z.neg().exp().add(1).reciprocal();

    // Coded from the sums, element by element: skill by skill, and head by head with blocks of rows and columns.
    private static Tensor Expected(Adaptation adaptation, TorchSharp.Modules.Linear layer, Tensor x, string task, int heads, int rank, double scale)
    {
        Tensor P(string name) => adaptation.get_parameter($"layers.routed.{name}")!;
        var (z, a, b) = (P($"routing.{task}"), P("A"), P("B"));
        var (rows, columns) = (new List<Tensor>(), new List<Tensor>());
        for (var q = 0; q < heads; q++)
        {
            var total = Enumerable.Range(0, Skills).Sum(s => Sigmoid(z[q, s]).item<float>());
            Tensor Mixed(Tensor inventory) => Enumerable.Range(0, Skills)
                .Select(s => inventory[q, s] * (Sigmoid(z[q, s]).item<float>() / total)).Aggregate((sum, next) => sum + next);
            rows.Add(Mixed(a));
            columns.Add(Mixed(b));
        }
        return layer.forward(x) + x.matmul(cat([.. rows], 0)).matmul(cat([.. columns], 1)) * scale;
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(2, 3)]
    public void Parameters_of_blocks_are_mixed_by_sigmoids_that_sum_to_one(int heads, int rank)
    {
        using var layer = nn.Linear(In, Out);
        using var adaptation = Adapter.MultiHeadRouting(Skills, rank, heads, alpha: 5).On(layer, Tasks);
        adaptation.Scramble();
        foreach (var task in Tasks)
        {
            var expected = Expected(adaptation, layer, AdaptedModules.Rows, task, heads, rank, 5.0 / rank);
            Assert.True(Values.Difference(expected, adaptation.For(task, () => layer.call(AdaptedModules.Rows))) <= 1e-5);
        }
        Assert.Equal(Skills * rank * (In + Out) + 2 * heads * Skills, adaptation.AddedCount);
    }

    [Fact]
    public void Uniform_routing_is_one_lora_of_mean_factors()
    {
        using var layer = nn.Linear(In, Out);
        var routed = Adapter.MultiHeadRouting(Skills, 2, 2).On(layer, Tasks);
        routed.Scramble();
        using (no_grad()) routed.get_parameter("layers.routed.routing.a")!.fill_(0.7);
        var x = AdaptedModules.Rows;
        var expected = routed.For("a", () => layer.call(x));
        var (a, b) = (routed.get_parameter("layers.routed.A")!.mean([1L]), routed.get_parameter("layers.routed.B")!.mean([1L]));
        routed.Remove();
        using var lora = Adapter.Lora(2).On(layer);
        using (no_grad()) lora.get_parameter("layers.lora.A")!.copy_(cat([a[0], a[1]], 0).t());
        using (no_grad()) lora.get_parameter("layers.lora.B")!.copy_(cat([b[0], b[1]], 1).t());
        Assert.True(Values.Difference(expected, layer.call(x)) <= 1e-6);
    }

    [Fact]
    public void Skills_are_shared_and_routing_is_the_tasks_own()
    {
        using var net = AdaptedModules.Net();
        using var adaptation = Adapter.Polytropon(Skills).On(net, Tasks);
        adaptation.Scramble();
        adaptation.For("a", () => net.call(AdaptedModules.Rows)).square().sum().backward();
        foreach (var (name, parameter) in adaptation.named_parameters())
            Assert.Equal(!name.EndsWith(".b", StringComparison.Ordinal), parameter.grad is { } gradient && gradient.abs().sum().item<float>() > 0);
    }

    // E sigmoid(Z + L) of a logistic L is 1/2 at Z = 0; and draws are for training alone.
    [Fact]
    public void Relaxed_Bernoulli_draws_around_the_sigmoid_in_training()
    {
        using var layer = nn.Linear(In, Out);
        using var adaptation = Adapter.Polytropon(Skills, 2).RelaxedBernoulli().On(layer, Tasks);
        adaptation.Scramble();
        adaptation.Task = "a";
        var x = AdaptedModules.Rows;
        Assert.True(Values.Difference(layer.call(x), layer.call(x)) > 1e-3);
        layer.eval();
        Assert.Equal(0, Values.Difference(layer.call(x), layer.call(x)));
    }

    [Fact]
    public void A_new_task_takes_the_inventory_from_a_file_and_draws_a_routing()
    {
        using var layer = nn.Linear(In, Out);
        var path = Path.Combine(Path.GetTempPath(), $"inventory-{Guid.NewGuid():N}.safetensors");
        try
        {
            var old = Adapter.Polytropon(Skills).On(layer, Tasks);
            old.Scramble();
            SafeTensors.Save(path, old.state_dict());
            old.Remove();
            using var adaptation = Adapter.Polytropon(Skills).On(layer, "new");
            var (missing, unexpected) = SafeTensors.LoadInto(adaptation, path, strict: false);
            Assert.Equal(["layers.routed.routing.new"], missing);
            Assert.Equal(["layers.routed.routing.a", "layers.routed.routing.b"], unexpected.Order());
            Assert.Equal(0, Values.Difference(old.get_parameter("layers.routed.A")!, adaptation.get_parameter("layers.routed.A")!));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Heads_that_do_not_divide_a_layer_are_refused()
    {
        using var net = AdaptedModules.Net();
        Assert.Equal("multi-head routing: 2 heads must divide the inputs and outputs of layer '0', which are 6 and 5; choose other heads, or "
            + "layers with .At(...)", Assert.Throws<DeclarationException>(() => Adapter.MultiHeadRouting(3, 1, 2).On(net, Tasks)).Message);
    }
}
