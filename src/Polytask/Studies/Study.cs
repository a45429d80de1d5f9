using System.Collections.Immutable;

namespace Polytask;

/// <summary>
/// Several models on the same data over several seeds:
/// <c>Study.On(Datasets.Income()).Variants(shared, mmoe).Seeds(5).Train(t => t.Adam(1e-3).Epochs(20)).Run()</c>.
/// For a seed all variants see the same splits and the same batches in the same order. A value: nothing runs before <see cref="Run"/>.
/// </summary>
public sealed record Study
{
    private Study(DataSource data) => Data = data;

    /// <summary>Where the data comes from.</summary>
    public DataSource Data { get; }

    /// <summary>The models compared.</summary>
    public ImmutableArray<Model> Models { get; private init; } = [];

    /// <summary>The seeds.</summary>
    public ImmutableArray<int> SeedList { get; private init; } = [0];

    /// <summary>How every model is trained.</summary>
    public TrainingPlan Plan { get; private init; } = new();

    /// <summary>A study on that data.</summary>
    public static Study On(DataSource data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(data);
    }

    /// <summary>The models to compare, each under a name of its own.</summary>
    /// <exception cref="DeclarationException">Two models have one name.</exception>
    public Study Variants(params IEnumerable<Model> models)
    {
        var all = Models.AddRange(models);
        var twice = all.GroupBy(model => model.Name).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? this with { Models = all }
            : throw new DeclarationException($"two variants are named '{twice.Key}'; rename one: model.Renamed(\"...\")");
    }

    /// <summary>The seeds 0 .. count - 1.</summary>
    public Study Seeds(int count) => count >= 1
        ? this with { SeedList = [.. Enumerable.Range(0, count)] }
        : throw new DeclarationException($"a study needs at least 1 seed, but got {count}");

    /// <summary>How every model is trained.</summary>
    public Study Train(Func<TrainingPlan, TrainingPlan> plan) => this with { Plan = plan(Plan) };

    /// <summary>Trains every variant on every seed.</summary>
    /// <exception cref="DeclarationException">There is no variant, or one is not complete.</exception>
    /// <exception cref="DataException">The data does not fit a model.</exception>
    /// <exception cref="TrainingException">A loss is not a finite number any more.</exception>
    public StudyResult Run()
    {
        if (Models.IsEmpty) throw new DeclarationException("the study has no variant; add .Variants(model, ...)");
        var total = Models.Length * SeedList.Length;
        var runs = new List<Run>(total);
        var title = $"{Data.Name}: {Models.Length} variants x {SeedList.Length} {(SeedList.Length == 1 ? "seed" : "seeds")}";
        using var bar = Progress.Display.Start(title, (long)total * Plan.EpochCount);
        foreach (var seed in SeedList)
        {
            var splits = Data.Split(seed);
            foreach (var model in Models)
            {
                var before = (long)runs.Count * Plan.EpochCount;
                var trainer = new Trainer(model, splits, Plan, seed);
                runs.Add(trainer.Train((epoch, message) => bar.Report(before + epoch, $"{model.Name}, seed {seed}: {message}")));
                bar.Report((long)runs.Count * Plan.EpochCount, $"{model.Name}, seed {seed}");
            }
        }
        return new StudyResult(this, runs);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Data.Name}: {Names.Listed(Models.Select(model => model.Name))}, seeds {string.Join(", ", SeedList)}; {Plan}";
}
