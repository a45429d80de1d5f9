namespace Polytask.Analysis.Tests;

/// <summary>Studies with numbers made by hand, so that what is shown can be computed in the head.</summary>
internal static class Made
{
    public static readonly Model Shared = Model.Named("shared").Input(3).Task("y", Head.Regress());

    public static readonly Model Gated = Model.Named("gated").Input(3).Experts(2, Block.Mlp(4)).Gate(Gate.Softmax().ZeroInitialised()).Task("y", Head.Regress()).Task("k", Head.Binary());

    /// <summary>Two variants and three seeds; "gated" has a task more. Test values per seed: shared y/mse 1, 2, 3; gated y/mse 1, 1, 1; gated k/auc 0.5, 0.6, 0.7.</summary>
    public static StudyResult Study(int seeds = 3)
    {
        var study = Polytask.Study.On(DataSource.Of("made", _ => throw new InvalidOperationException())).Variants(Shared, Gated).Seeds(seeds);
        var runs = Enumerable.Range(0, seeds).SelectMany(seed => new[]
        {
            Run(Shared, seed, epochs: seed + 1, ("y/loss", 10 * (seed + 1)), ("y/mse", seed + 1)),
            Run(Gated, seed, epochs: 2, ("y/loss", 5), ("y/mse", 1), ("k/loss", 0.1), ("k/auc", 0.5 + 0.1 * seed)),
        });
        return new StudyResult(study, [.. runs]);
    }

    /// <summary>Variants of one kind with the given values of "k/auc" per seed; null is a run that failed.</summary>
    public static StudyResult Of(params (string Variant, double?[] Values)[] variants) => Of("k/auc", variants);

    /// <summary>Variants of one kind with the given values of a result per seed; null is a run that failed.</summary>
    public static StudyResult Of(string key, params (string Variant, double?[] Values)[] variants)
    {
        var (task, seeds) = (key.Split('/')[0], variants[0].Values.Length);
        var head = key.EndsWith("mse", StringComparison.Ordinal) ? Head.Regress() : Head.Binary();
        var models = variants.Select(variant => Model.Named(variant.Variant).Input(3).Task(task, head)).ToArray();
        var study = Polytask.Study.On(DataSource.Of("made", _ => throw new InvalidOperationException())).Variants(models).Seeds(seeds);
        return new StudyResult(study, [.. Enumerable.Range(0, seeds).SelectMany(seed => variants.Select((variant, i) => (models[i], variant.Values[seed]))
            .Where(run => run.Item2 is not null).Select(run => Run(run.Item1, seed, epochs: 1, (key, run.Item2!.Value))))]);
    }

    // The validation loss of epoch e is the test value plus 1 / e; the training loss is half of that.
    private static Run Run(Model model, int seed, int epochs, params (string Key, double Value)[] test)
    {
        var history = new List<Measurement>();
        foreach (var (key, value) in test)
        {
            var (task, metric) = (key.Split('/')[0], key.Split('/')[1]);
            for (var epoch = 1; epoch <= epochs; epoch++)
            {
                history.Add(new(epoch, "validation", task, metric, value + 1.0 / epoch));
                if (metric == "loss") history.Add(new(epoch, "train", task, metric, (value + 1.0 / epoch) / 2));
            }
            history.Add(new(epochs, "test", task, metric, value));
        }
        return new Run(model, new TrainingPlan(), seed, null!, history, epochs, epochs, TimeSpan.FromSeconds(1));
    }
}
