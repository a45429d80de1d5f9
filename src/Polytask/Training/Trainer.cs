using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Builds a model from a seed, trains it, and judges it on the test split.</summary>
internal sealed class Trainer
{
    private readonly TrainingPlan plan;
    private readonly int seed;
    private readonly MultiTaskModule module;
    private readonly torch.Device device;
    private readonly DataSplits splits;

    public Trainer(Model model, DataSplits splits, TrainingPlan plan, int seed)
    {
        (this.plan, this.seed, this.splits) = (plan, seed, splits);
        plan.Check();
        device = plan.Target();
        MixedPrecision.Check(device.type, plan.Precision);
        DataCheck.Fits(model, splits);
        DataCheck.Fits(plan, splits.Train);
        manual_seed(seed);
        module = model.Build();
        module.to(device);
    }

    /// <summary>Trains to the end of the plan.</summary>
    /// <param name="progress">Called after every validation with the epoch and a word on how it goes.</param>
    /// <param name="cancellation">Ends the training after the step that it is in, with what there is.</param>
    public Run Train(Action<int, string> progress, CancellationToken cancellation = default)
    {
        // The copies of the data on the device live as long as the training, however many models a study trains.
        using var scope = NewDisposeScope();
        using var loop = new TrainingLoop(module, splits, plan, seed, device);
        loop.Run(progress, cancellation);
        var kept = loop.Keep();
        List<Measurement> history = [.. loop.History, .. new Evaluator(module).Measure(splits.Test.To(device), "test", kept)];
        module.eval();
        return new Run(module.Model, plan, seed, module, history, loop.Epoch, kept, loop.Duration)
        {
            Interrupted = loop.IsInterrupted,
            Remarks = [.. loop.Remarks],
            Checkpoint = loop.Checkpoint,
        };
    }
}
