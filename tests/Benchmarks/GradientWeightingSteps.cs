using System.Diagnostics;
using System.Globalization;
using Polytask;
using TorchSharp;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>
/// Training steps under weightings of task gradients, batches of 256, on one thread or as many as OMP_NUM_THREADS says, beside LibMTL and TorchJD where
/// the variables LIBMTL and TORCHJD name checkouts of them, else beside the same in plain PyTorch. Words after the benchmark's name choose among trunks,
/// numbers of tasks and methods. Memory is what a step's peak exceeds the state before it by, in a process of its own ("memory" among the words).
/// </summary>
internal static class GradientWeightingSteps
{
    private static readonly int Threads = int.TryParse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"), out var asked) ? asked : 1;

    private static readonly Dictionary<string, Func<Model, Model>> trunks = new()
    {
        ["mlp"] = model => model.Input(256).Backbone(Block.Mlp(640, 640, 640)),
        ["resnet"] = model => model.Input(3, 32, 32).Backbone(Block.ResNet([16, 32, 64]).Then(Block.GlobalPool())),
    };

    private static readonly Dictionary<string, Weighting> methods = new()
    {
        ["sum"] = Weighting.Equal(),
        ["mgda"] = Weighting.Mgda(),
        ["pcgrad"] = Weighting.PCGrad(),
        ["gradvac"] = Weighting.GradVac(),
        ["cagrad"] = Weighting.CAGrad(0.5, CAGradRescale.ByOnePlusCSquared),
        ["imtl_g"] = Weighting.ImtlG(),
        ["aligned_mtl"] = Weighting.AlignedMtl(),
        ["nash_mtl"] = Weighting.NashMtl(),
        ["fairgrad"] = Weighting.FairGrad(),
        ["upgrad"] = Weighting.UPGrad(),
        ["moco"] = Weighting.MoCo(),
    };

    public static void Run(string[] words)
    {
        set_num_threads(Threads);
        T[] Chosen<T>(IEnumerable<T> all, Func<T, string> name) =>
            [.. all.Where(each => words.Contains(name(each))) is var some && some.Any() ? some : all];
        foreach (var trunk in Chosen(trunks.Keys, name => name))
            foreach (var tasks in Chosen([2, 8, 40], count => count.ToString(CultureInfo.InvariantCulture)))
                foreach (var method in Chosen(methods.Keys, name => name))
                {
                    if (words.Contains("memory")) Hold(trunk, tasks, method);
                    else Compare(trunk, tasks, method);
                }
    }

    private static (Polytask.TrainingStep Step, Batch Batch, MultiTaskModule Module) Training(string trunk, int tasks, string method, TaskGradientMode mode)
    {
        manual_seed(0);
        var model = trunks[trunk](Model.Named(trunk)).Weigh(methods[method]);
        for (var task = 0; task < tasks; task++) model = model.Task($"t{task}", Head.Regress());
        var module = model.Build();
        var (x, y) = (randn([256, .. model.InputShape!]), randn(tasks, 256));
        var batch = new Batch(true, model.Tasks.Select((task, i) => KeyValuePair.Create(task.Name, new Batch.Part(x, y[i], null))));
        return (new(module, new TrainingPlan().Adam(1e-3).TaskGradients(mode), 0), batch, module);
    }

    private static void Compare(string trunk, int tasks, string method)
    {
        var (training, batch, module) = Training(trunk, tasks, method, TaskGradientMode.Loop);
        // About a second in each round.
        Steps(1);
        var steps = Math.Clamp((int)(0.6 / Steps(1)), 1, 40);
        foreach (var peer in Peers(tasks))
        {
            try
            {
                var (here, there, ratio, version) = Alternated.Run($"weightings.py {peer} {trunk} {tasks} {method}", steps, Steps, rounds: 7);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{trunk}, {tasks} tasks, {method}: {here * 1e3:0.0} ms here, {there * 1e3:0.0} ms by {version}, ratio {ratio:0.00}"));
            }
            catch (InvalidOperationException)
            {
                Console.WriteLine($"{trunk}, {tasks} tasks, {method}: {peer} has no such method, or did not start");
            }
        }
        training.Dispose();
        module.Dispose();

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

    private static IEnumerable<string> Peers(int tasks)
    {
        bool Has(string variable) => Directory.Exists(Environment.GetEnvironmentVariable(variable) ?? "");
        if (Has("LIBMTL")) yield return "libmtl";
        // With as many tasks its default keeps the graph of all of them at once.
        if (Has("TORCHJD")) yield return tasks > 8 ? "torchjd-sequential" : "torchjd";
        if (!Has("LIBMTL") && !Has("TORCHJD")) yield return "plain";
    }

    private static void Hold(string trunk, int tasks, string method)
    {
        foreach (var mode in methods[method] is GradientWeighting ? new[] { TaskGradientMode.Loop, TaskGradientMode.Columns } : [TaskGradientMode.Loop])
        {
            var (training, batch, module) = Training(trunk, tasks, method, mode);
            for (var step = 0; step < 3; step++)
            {
                using var scope = NewDisposeScope();
                training.Take(batch, step, 1, null);
            }
            foreach (var parameter in module.parameters()) parameter.grad = null;
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Memory.Forget();
            var before = Memory.Resident();
            using (NewDisposeScope()) training.Take(batch, 3, 1, null);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{trunk}, {tasks} tasks, {method}, {mode}: a step's peak is {Memory.Peak() - before:0} MB above the state before it"));
            training.Dispose();
            module.Dispose();
        }
    }
}
