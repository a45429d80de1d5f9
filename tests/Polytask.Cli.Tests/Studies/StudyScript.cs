namespace Polytask.Cli.Tests.Studies;

/// <summary>A script with a study of eight cells, in a folder of its own.</summary>
public sealed class StudyScript : IDisposable
{
    /// <summary>What it is called.</summary>
    public const string Name = "sweep.csx";

    /// <summary>The cells of its study: two variants, two seeds, two learning rates.</summary>
    public const int Cells = 8;

    public CommandLine Polytask { get; } = new();

    /// <summary>Writes the script.</summary>
    /// <param name="epochs">How long a cell takes: an epoch is some milliseconds.</param>
    /// <param name="wide">A second variant, in C#.</param>
    public StudyScript Write(int epochs = 2, string wide = "plain.Renamed(\"wide\").Backbone(Block.Mlp(16))")
    {
        File.WriteAllText(Polytask.At(Name), $$"""
            using Polytask;
            var plain = Model.Named("plain").Input(30).Task("precise", Head.Regress()).Task("noisy", Head.Regress());
            var study = Study.On(new SeesawTasks(p: 0.9)).Variants(plain, {{wide}}).Seeds(2)
                .Over("rate", [1e-3, 3e-3], (TrainingPlan plan, double rate) => plan.Adam(rate)).Train(t => t.Epochs({{epochs}}).Batch(500));
            var result = study.Run();
            Console.WriteLine($"{result.Runs.Count} runs, {result.Cells.Count(cell => cell.IsCached)} from the cache");
            """);
        return this;
    }

    /// <summary>The table that the command wrote.</summary>
    public string Table(string folder = "sweep.study") => File.ReadAllText(Polytask.At($"{folder}/results/1-seesaw-tasks-p-0.9.csv"));

    /// <summary>The finished cells, with when they were written.</summary>
    public Dictionary<string, DateTime> Kept(string folder = "sweep.study") => Directory.Exists(Polytask.At($"{folder}/cells"))
        ? Directory.GetFiles(Polytask.At($"{folder}/cells"), "*.json").ToDictionary(file => Path.GetFileName(file), File.GetLastWriteTimeUtc) : [];

    public void Dispose() => Polytask.Dispose();
}
