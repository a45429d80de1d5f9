using System.Diagnostics;
using System.Globalization;
using Polytask;
using TorchSharp;

namespace Benchmarks;

/// <summary>
/// What a study takes beside the training of its cells, and a training beside its steps: the steps alone; with validation, metrics, the best epoch's
/// weights and the test; the study; the study that keeps its cells. All train the same cells in every round, one way after the other.
/// </summary>
internal static class StudyOverhead
{
    private const int Rounds = 5;

    public static void Run()
    {
        torch.set_num_threads(1);
        var data = Datasets.Income();
        var splits = data.Split(0);
        var input = Model.Named("shared").Input(splits.Train.Inputs("income").shape[1]);
        Model Tasks(Model model) => model.Task("income", Head.Classify(9)).Task("marital", Head.Classify(5)).Task("home", Head.Classify(5));
        var study = Study.On(data)
            .Variants(Tasks(input.Backbone(Block.Mlp(128, 64))), Tasks(input.Renamed("mmoe").Experts(8, Block.Mlp(64, 32))))
            .Seeds(2).Train(plan => plan.Adam(1e-3).Epochs(10).Batch(256));
        var ways = new (string Name, Action Run)[]
        {
            ("the steps alone", () => Cells(study, (model, seed) => Steps(model, splits, study.Plan, seed))),
            ("trainings", () => Cells(study, (model, seed) => new Trainer(model, splits, study.Plan, seed).Train((_, _) => { }))),
            ("study", () => study.Run()),
            ("study that keeps its cells", () => Kept(study)),
        };
        var rounds = Enumerable.Range(0, Rounds + 1).Select(_ => Array.ConvertAll(ways, way => Seconds(way.Run))).Skip(1).ToArray();
        for (var way = 0; way < ways.Length; way++)
        {
            var beside = way == 1 ? 0 : 1;
            var over = rounds.Select(round => 100 * (round[way] / round[beside] - 1)).Order().ToArray();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{ways[way].Name}: {Median(rounds.Select(round => round[way])):0.000} s")
                + (way == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
                    $", {Median(over):0.0} % over {ways[beside].Name} ({over[0]:0.0} to {over[^1]:0.0} % in {Rounds} rounds)")));
        }
    }

    private static void Cells(Study study, Action<Model, int> train)
    {
        foreach (var seed in study.SeedList)
            foreach (var model in study.Models) train(model, seed);
    }

    private static void Steps(Model model, DataSplits splits, TrainingPlan plan, int seed)
    {
        torch.manual_seed(seed);
        using var scope = torch.NewDisposeScope();
        using var loop = new TrainingLoop(model.Build(), splits, plan, seed, torch.CPU);
        loop.Module.train();
        for (var epoch = 1; epoch <= plan.EpochCount; epoch++)
            for (var step = 0L; step < loop.Source.StepsPerEpoch; step++)
            {
                using var temporary = torch.NewDisposeScope();
                loop.Step.Take(loop.Source.Next(epoch, step), step, 1, null);
            }
    }

    private static void Kept(Study study)
    {
        var folder = Directory.CreateTempSubdirectory("polytask-overhead-");
        study.Cache(folder.FullName).Run();
        folder.Delete(recursive: true);
    }

    private static double Seconds(Action run)
    {
        var clock = Stopwatch.StartNew();
        run();
        return clock.Elapsed.TotalSeconds;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
