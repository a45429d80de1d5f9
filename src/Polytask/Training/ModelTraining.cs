namespace Polytask;

/// <summary>Training a model on its own; a <see cref="Study"/> trains several over seeds.</summary>
public static class ModelTraining
{
    /// <summary>
    /// Builds the model from a seed and trains it. Ctrl-C, or the token, ends it early with what there is: the run says so, holds the best weights so
    /// far where the plan keeps them, and its last checkpoint goes on from the step that it was in.
    /// </summary>
    /// <param name="model">What to train.</param>
    /// <param name="splits">The data.</param>
    /// <param name="plan">How: <c>t => t.Adam(1e-3).Epochs(20).Batch(256)</c>.</param>
    /// <param name="seed">The seed of weights, batches and dropout.</param>
    /// <param name="cancellation">Ends the training early.</param>
    /// <exception cref="DeclarationException">The model is not complete, or the plan does not fit it.</exception>
    /// <exception cref="DataException">The data does not fit the model or the plan.</exception>
    /// <exception cref="TrainingException">A loss is not a finite number any more, or a checkpoint is of another run.</exception>
    public static Run Train(
        this Model model, DataSplits splits, Func<TrainingPlan, TrainingPlan> plan, int seed = 0, CancellationToken cancellation = default)
    {
        var chosen = plan(new TrainingPlan());
        var trainer = new Trainer(model, splits, chosen, seed);
        using var interrupt = new KeyboardInterrupt(cancellation);
        using var bar = Progress.Display.Start($"{model.Name}, seed {seed}", chosen.EpochCount);
        return trainer.Train((epoch, message) => bar.Report(epoch, message), interrupt.Token);
    }

    /// <summary>Builds the model from a seed and trains it on a source's splits of the same seed.</summary>
    public static Run Train(
        this Model model, DataSource data, Func<TrainingPlan, TrainingPlan> plan, int seed = 0, CancellationToken cancellation = default) =>
        model.Train(data.Split(seed), plan, seed, cancellation);
}
