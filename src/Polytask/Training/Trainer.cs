using System.Diagnostics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// The training loop: batches, losses, weighting, one backward pass, an optimiser step; validation, the best epoch, the test split.
/// </summary>
internal sealed class Trainer
{
    private readonly Model model;
    private readonly TrainingPlan plan;
    private readonly int seed;
    private readonly MultiTaskModule module;
    private readonly Parameter[] parameters;
    private readonly torch.Device device;
    private readonly DataSplits splits;
    private readonly bool joint;
    private readonly Evaluator evaluator;
    private readonly List<Measurement> history = [];
    // What the layers of the current step add to the losses, as balance losses.
    private Tensor? penalty;

    public Trainer(Model model, DataSplits splits, TrainingPlan plan, int seed)
    {
        (this.model, this.plan, this.seed, this.splits) = (model, plan, seed, splits);
        device = plan.Target();
        DataCheck.Fits(model, splits);
        manual_seed(seed);
        module = model.Build();
        module.to(device);
        parameters = [.. module.parameters()];
        joint = splits.Train.IsJoint;
        evaluator = new Evaluator(module);
    }

    /// <summary>Trains to the end of the plan.</summary>
    /// <param name="progress">Called after every validation with the epoch and a word on how it goes.</param>
    public Run Train(Action<int, string> progress)
    {
        var clock = Stopwatch.StartNew();
        // The copies of the data on the device live as long as the training, however many models a study trains.
        using var scope = NewDisposeScope();
        var (validationRows, testRows) = (splits.Validation.To(device), splits.Test.To(device));
        using var optimizer = new FlatOptimizer(module.named_parameters(), plan.Optimizer.Build);
        var batches = MakeBatches(splits.Train.To(device));
        var steps = (int)batches.Max(source => source.PerEpoch);
        var best = new BestWeights(module);
        var epoch = 0;
        var halted = false;
        try
        {
            while (epoch < plan.EpochCount && !halted)
            {
                epoch++;
                module.train();
                var (trained, weights) = Epoch(batches, steps, optimizer, epoch, best, out halted);
                var last = halted || epoch == plan.EpochCount;
                if (!last && epoch % plan.ValidationInterval != 0) continue;
                for (var task = 0; task < model.Tasks.Length; task++)
                {
                    history.Add(new(epoch, "train", model.Tasks[task].Name, "loss", trained[task]));
                    history.Add(new(epoch, "train", model.Tasks[task].Name, "weight", weights[task]));
                }
                var validation = evaluator.Measure(validationRows, "validation", epoch);
                history.AddRange(validation);
                RefuseNotFinite(validation, epoch, best);
                var loss = validation.Where(row => row.Metric == "loss").Average(row => row.Value);
                var stale = best.Offer(epoch, loss, plan.KeepsBest);
                progress(epoch, FormattableString.Invariant($"epoch {epoch}/{plan.EpochCount}, validation loss {loss:0.0000}"));
                if (plan.PatienceCount is { } patience && stale >= patience) break;
            }
            if (plan.KeepsBest) best.Restore();
        }
        finally
        {
            foreach (var source in batches) source.Dispose();
            best.Dispose();
        }
        var kept = plan.KeepsBest ? best.Epoch : epoch;
        history.AddRange(evaluator.Measure(testRows, "test", kept));
        module.eval();
        optimizer.ForgetGradients(); // a study keeps every module, none needs its gradients any more
        return new Run(model, plan, seed, module, history, epoch, kept, clock.Elapsed);
    }

    private Batches[] MakeBatches(Examples examples)
    {
        LabelledRows[] train = [.. model.Tasks.Select(task => LabelledRows.Of(examples, task))];
        Batches Of(string name, params LabelledRows[] rows) => new(name, rows[0].Inputs,
            Array.ConvertAll(rows, task => task.Target), Array.ConvertAll(rows, task => task.Labelled), plan.BatchRows, seed);
        return joint ? [Of("all tasks", train)] : [.. train.Zip(model.Tasks, (rows, task) => Of(task.Name, rows))];
    }

    // One pass; the mean training loss per task, and the mean weight of that loss in what was minimised: its derivative with respect to the loss,
    // which every weighting has. Both are looked at once per epoch, so that a device is not made to wait for each step.
    private (double[] Losses, double[] Weights) Epoch(
        Batches[] batches, int steps, FlatOptimizer optimizer, int epoch, BestWeights best, out bool halted)
    {
        halted = false;
        using var scope = NewDisposeScope();
        var (recorded, weights) = (new Tensor[steps], new Tensor[steps]);
        var taken = 0;
        while (taken < steps && !halted)
        {
            using var step = NewDisposeScope();
            // Forgotten, not filled with zeros: two operators fewer per parameter.
            optimizer.ForgetGradients();
            penalty = null;
            var losses = stack(joint ? JointLosses(batches[0]) : SeparateLosses(batches));
            losses.retain_grad();
            var total = module.WeightingModule.call(losses);
            (penalty is null ? total : total + penalty).backward();
            halted = plan.StopAtGradientNorm is { } bound && GradientNorm() < bound;
            if (plan.MaximumGradientNorm is { } norm) nn.utils.clip_grad_norm_(parameters, norm);
            if (!halted) optimizer.Step();
            weights[taken] = (losses.grad ?? zeros_like(losses)).MoveToOuterDisposeScope();
            recorded[taken++] = losses.detach().MoveToOuterDisposeScope();
        }
        using var all = stack(recorded[..taken]).to(ScalarType.Float64).cpu();
        RefuseNotFinite(all, epoch, steps, best);
        using var weighed = stack(weights[..taken]).to(ScalarType.Float64).cpu();
        return (all.mean([0]).data<double>().ToArray(), weighed.mean([0]).data<double>().ToArray());
    }

    private Tensor[] JointLosses(Batches batches)
    {
        var (inputs, targets, labelled) = batches.Next();
        var outputs = module.Forward(inputs);
        penalty = module.TakePenalty();
        return [.. model.Tasks.Select((task, i) => task.Loss.Mean(outputs[i], targets[i], labelled[i]))];
    }

    private Tensor[] SeparateLosses(Batches[] batches) =>
    [
        .. model.Tasks.Select((task, i) =>
        {
            var (inputs, targets, labelled) = batches[i].Next();
            var output = module.Forward(task.Name, inputs);
            if (module.TakePenalty() is { } added) penalty = penalty is null ? added : penalty + added;
            return task.Loss.Mean(output, targets[0], labelled[0]);
        }),
    ];

    private double GradientNorm() =>
        Math.Sqrt(parameters.Where(parameter => parameter.grad is not null).Sum(parameter => Math.Pow(parameter.grad!.norm().item<float>(), 2)));

    private void RefuseNotFinite(Tensor losses, int epoch, int steps, BestWeights best)
    {
        if (losses.isfinite().all().item<bool>()) return;
        var bad = losses.isfinite().logical_not().nonzero();
        var (step, task) = (bad[0, 0].item<long>(), (int)bad[0, 1].item<long>());
        throw Diverged(model.Tasks[task].Name, losses[step, task].item<double>(), $"in epoch {epoch}, step {step + 1} of {steps}", best);
    }

    // The last step of an epoch can break weights whose training loss was still finite.
    private void RefuseNotFinite(List<Measurement> validation, int epoch, BestWeights best)
    {
        if (validation.Find(row => row.Metric == "loss" && !double.IsFinite(row.Value)) is { } bad)
            throw Diverged(bad.Task, bad.Value, $"on the validation split after epoch {epoch}", best);
    }

    private TrainingException Diverged(string task, double loss, string where, BestWeights best) => new(FormattableString.Invariant(
        $"model '{model.Name}', seed {seed}: the loss of task '{task}' became {loss} {where}; ")
        + (best.Epoch > 0 ? $"the lowest validation loss so far was that of epoch {best.Epoch}. " : "no epoch was finished before. ")
        + "Try a lower learning rate or .ClipGradients(norm), and look for extreme values in that task's labels");
}
