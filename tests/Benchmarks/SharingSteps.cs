using System.Diagnostics;
using System.Globalization;
using Polytask;
using TorchSharp;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>
/// Training steps of four ways of sharing, on one thread or as many as asked for, beside the same models in Python's torch. One seed gives both sides the same weights and
/// rows, and a comparison of models that differ is refused. Where gates mix experts, PyTorch does it in the fastest way there is
/// (multiply and sum) and then in the usual one (einsum: a product for each row). Memory is each process's peak: run one benchmark in a process.
/// </summary>
internal static class SharingSteps
{
    private const int Seed = 0;

    // As many as OMP_NUM_THREADS says, on both sides.
    private static readonly int Threads = int.TryParse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"), out var asked) ? asked : 1;

    /// <summary>16 experts and 8 tasks, batches of 1,024.</summary>
    public static void Mmoe() => Compare("mmoe", 8, 8, 1024, model => model.Input(128).Experts(16, Block.Mlp(128, 64)), Block.Mlp(32));

    /// <summary>Two levels of 4 shared experts and 2 of each of 4 tasks, batches of 1,024.</summary>
    public static void Ple()
    {
        var bank = ExpertBank.Shared(4, Block.Mlp(64, 32)).PerTask(2);
        Compare("ple", 20, 4, 1024, model => model.Input(128).Experts(bank).ThenExperts(bank), Block.Mlp(16));
    }

    /// <summary>4 towers of 3 stages, 5 residual blocks and 64 channels at the end, batches of 32 images 3 x 32 x 32.</summary>
    public static void CrossStitch() => Compare("cross-stitch", 1, 4, 32, model => model.Input(3, 32, 32).Then(Layer.CrossStitch(
        Block.ResNet([16]), Block.ResNet([16, 32]), Block.ResNet([32, 64]))), Block.GlobalPool());

    /// <summary>A transformer of 4 layers of width 48 with 4 heads for 4 tasks, batches of 16 rows of 16 tokens.</summary>
    public static void Transformer() => Compare("transformer", 40, 4, 16, model => model.Input(Shape.Of(16, 48))
        .Backbone(Block.Transformer(4, 4).WithHidden(96)), Block.GlobalPool());

    private static void Compare(string name, int steps, int tasks, long rows, Func<Model, Model> sharing, Block tower)
    {
        set_num_threads(Threads);
        manual_seed(Seed);
        var model = sharing(Model.Named(name));
        for (var task = 0; task < tasks; task++) model = model.Task($"t{task}", Head.Regress(), tower);
        using var module = model.Build();
        var (x, y) = (randn([rows, .. model.InputShape!]), randn(tasks, rows));
        var batch = new Batch(true, model.Tasks.Select((task, i) => KeyValuePair.Create(task.Name, new Batch.Part(x, y[i], null))));
        using var training = new Polytask.TrainingStep(module, new TrainingPlan().Adam(1e-3), Seed);
        var count = module.parameters().Sum(parameter => parameter.numel());
        var loss = module.Minimised(batch).item<float>();

        foreach (var way in model.Layers.Any(layer => layer is ExpertsLayer) ? new[] { "", " product" } : [""]) Beside(way);

        void Beside(string way)
        {
            var memory = 0.0;
            var (here, there, ratio, peer) = Alternated.Run(
                $"sharing.py {name} {Seed}{way}", steps, Steps, python => memory = Memory.Peak(python.Id));
            var words = peer.Split(' ');
            var other = float.Parse(words[2], CultureInfo.InvariantCulture);
            if (words[1] != count.ToString(CultureInfo.InvariantCulture) || Math.Abs(loss - other) > 1e-5 * Math.Abs(loss))
                throw new InvalidOperationException(
                    $"{name}: the models differ: {count} parameters and loss {loss} here, {words[1]} and {other} in Python");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name}{way} step ({count:N0} parameters, first loss {loss:0.000} on both sides), {Threads} {(Threads == 1 ? "thread" : "threads")}: {here * 1e3:0.0} ms here, "
                + $"{there * 1e3:0.0} ms in Python's torch {words[0]}, ratio {ratio:0.00}; "
                + $"at most {Memory.Peak():0} MB resident here, {memory:0} MB there"));
        }

        double Steps(int count)
        {
            var clock = Stopwatch.StartNew();
            for (var step = 0; step < count; step++)
            {
                using var scope = NewDisposeScope();
                training.Take(batch, step, 1, null);
            }
            return clock.Elapsed.TotalSeconds;
        }
    }
}
