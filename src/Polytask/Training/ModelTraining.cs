namespace Polytask;

/// <summary>Training a model on its own; a <see cref="Study"/> trains several over seeds.</summary>
public static class ModelTraining
{
    /// <summary>Builds the model from a seed and trains it.</summary>
    /// <param name="model">What to train.</param>
    /// <param name="splits">The data.</param>
    /// <param name="plan">How: <c>t => t.Adam(1e-3).Epochs(20).Batch(256)</c>.</param>
    /// <param name="seed">The seed of weights, batches and dropout.</param>
    /// <exception cref="DeclarationException">The model is not complete.</exception>
    /// <exception cref="DataException">The data does not fit the model.</exception>
    /// <exception cref="TrainingException">A loss is not a finite number any more.</exception>
    public static Run Train(this Model model, DataSplits splits, Func<TrainingPlan, TrainingPlan> plan, int seed = 0)
    {
        var chosen = plan(new TrainingPlan());
        var trainer = new Trainer(model, splits, chosen, seed);
        using var bar = Progress.Display.Start($"{model.Name}, seed {seed}", chosen.EpochCount);
        return trainer.Train((epoch, message) => bar.Report(epoch, message));
    }

    /// <summary>Builds the model from a seed and trains it on a source's splits of the same seed.</summary>
    public static Run Train(this Model model, DataSource data, Func<TrainingPlan, TrainingPlan> plan, int seed = 0) =>
        model.Train(data.Split(seed), plan, seed);
}
