using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A training from its first step, or from a checkpoint, to its end: epochs of steps, validation, the best epoch, callbacks and probes, checkpoints.
/// </summary>
internal sealed class TrainingLoop : IDisposable
{
    private readonly TrainingPlan plan;
    private readonly DataSplits splits;
    private readonly int seed;
    private readonly Examples validation;
    private readonly Evaluator evaluator;
    private readonly TrainingContext context;
    private readonly CheckpointFolder? checkpoints;
    private readonly RunIdentity? identity;
    private readonly Divergence divergence;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly string[] tasks;
    private double secondsBefore;
    private bool isEpochOver = true;
    private long saved = -1;

    /// <param name="module">What is trained, on the device.</param>
    /// <param name="splits">The data, where the caller has it.</param>
    /// <param name="plan">How.</param>
    /// <param name="seed">The seed of data order and noise.</param>
    /// <param name="device">Where.</param>
    public TrainingLoop(MultiTaskModule module, DataSplits splits, TrainingPlan plan, int seed, Device device)
    {
        (Module, this.splits, this.plan, this.seed, Device) = (module, splits, plan, seed, device);
        tasks = [.. module.Model.Tasks.Select(task => task.Name)];
        foreach (var entry in plan.LossWeights) module.Model.TaskNamed(entry.Task);
        var train = splits.Train.To(device);
        validation = splits.Validation.To(device);
        evaluator = new Evaluator(module);
        Source = new BatchSource(module.Model.Tasks, train, plan.BatchRows, seed, plan.TaskSampler);
        plan.CheckWarmUp(Steps, Source.StepsPerEpoch);
        if (plan.TaskSampler is not null) Resting = new RestingLosses(module, train, plan.BatchRows ?? int.MaxValue);
        Step = new TrainingStep(module, plan, seed, Resting);
        Best = new BestWeights(module);
        Record = new EpochRecord(tasks);
        context = new TrainingContext(module, plan, seed, splits, History);
        divergence = new Divergence(module.Model, seed);
        if (plan.CheckpointRule is not { } rule) return;
        identity = RunIdentity.Of(module.Model, plan, splits, seed);
        checkpoints = new CheckpointFolder(rule, module.Model.Name, seed);
        if (plan.IsResumed) Resume();
        else checkpoints.RefuseIfUsed();
    }

    public MultiTaskModule Module { get; }

    public Device Device { get; }

    public BatchSource Source { get; }

    public TrainingStep Step { get; }

    public RestingLosses? Resting { get; }

    public BestWeights Best { get; }

    public EpochRecord Record { get; private set; }

    public List<Measurement> History { get; } = [];

    /// <summary>What a reader of the run should know of its course.</summary>
    public List<string> Remarks { get; } = [];

    /// <summary>The epoch, from 1; 0 before the first.</summary>
    public int Epoch { get; private set; }

    /// <summary>Whether the training came to its end.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Whether it was asked to end before.</summary>
    public bool IsInterrupted { get; private set; }

    /// <summary>How long it took, in all its parts.</summary>
    public TimeSpan Duration => clock.Elapsed + TimeSpan.FromSeconds(secondsBefore);

    /// <summary>The last complete checkpoint, or null.</summary>
    public string? Checkpoint => checkpoints?.Last;

    private long Steps => plan.EpochCount * Source.StepsPerEpoch;

    /// <summary>Trains to the end of the plan, or until it is interrupted.</summary>
    public void Run(Action<int, string> progress, CancellationToken cancellation)
    {
        while (!IsFinished && !IsInterrupted)
        {
            if (cancellation.IsCancellationRequested)
            {
                IsInterrupted = true;
                break;
            }
            var halted = TakeSteps(cancellation);
            if (!IsInterrupted) EndEpoch(halted, progress);
        }
        if (checkpoints is not null && (saved != context.Step || IsFinished)) Save();
    }

    /// <summary>The module with the weights that the run keeps; their epoch.</summary>
    public int Keep()
    {
        if (plan.KeepsBest && Best.Epoch > 0)
        {
            Best.Restore();
            return Best.Epoch;
        }
        Step.Average?.Keep();
        return Epoch;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Step.Optimizer.ForgetGradients(); // a study keeps every module, none needs its gradients any more
        Source.Dispose();
        Resting?.Dispose();
        Step.Dispose();
        Best.Dispose();
        Record.Dispose();
    }

    // The steps of an epoch, or the rest of one that a checkpoint was written in; true where nothing is left to train.
    private bool TakeSteps(CancellationToken cancellation)
    {
        if (isEpochOver)
        {
            Epoch++;
            isEpochOver = false;
        }
        Module.train();
        using var scope = NewDisposeScope();
        using var factors = LossFactors();
        var halted = false;
        while (Record.Count < Source.StepsPerEpoch && !halted)
        {
            if (Record.Count > 0 && cancellation.IsCancellationRequested)
            {
                IsInterrupted = true;
                return false;
            }
            Waiting.Point();
            using var step = NewDisposeScope();
            var batch = Source.Next(Epoch, Record.Count);
            var drawn = Module.LossRule is IStepEnd ? get_rng_state() : null;
            var (losses, weights, converged) = divergence.Placed(Epoch, Record.Count, Source.StepsPerEpoch, Checkpoint,
                () => Step.Take(batch, context.Step, plan.RateFactor(context.Step, Steps, Source.StepsPerEpoch), factors));
            Record.Add(batch, losses, weights, Step.Gramian);
            if (Module.LossRule is IStepEnd rule && batch.Tasks.Count == tasks.Length) rule.EndStep(LossesAgain(batch, factors, drawn!));
            context.Step++;
            halted = converged;
            (context.Epoch, context.Losses, context.Gramian) = (Epoch, losses, Step.Gramian);
            foreach (var callback in plan.StepCallbacks) callback(context);
            halted |= context.IsAskedToStop;
            // Afterwards, so that a run that ends in a callback resumes before it.
            if (plan.CheckpointRule?.Steps is { } every && context.Step % every == 0 && !halted) Save();
        }
        return halted;
    }

    // With the dropout that the step had, or the fall would be that of another function.
    private Tensor LossesAgain(Batch batch, Tensor? factors, Tensor drawn)
    {
        using var untracked = no_grad();
        var after = get_rng_state();
        set_rng_state(drawn);
        var losses = stack(Module.TaskLosses(batch, plan.Precision).Losses);
        set_rng_state(after);
        return factors is null ? losses : losses * factors;
    }

    private void EndEpoch(bool halted, Action<int, string> progress)
    {
        divergence.Refuse(Record, Epoch, Source.StepsPerEpoch, Best.Epoch, Checkpoint);
        // The losses as the rule was given them, times the plan's factors.
        if (Module.LossRule is IEpochEnd rule && Record.Means() is var means && means.All(mean => mean is not null))
            rule.EndEpoch([.. means.Select((mean, task) => LossFactor(tasks[task]) * mean!.Value.Loss)]);
        isEpochOver = true;
        var last = halted || Epoch == plan.EpochCount;
        IsFinished = last;
        using (Step.Average?.Swapped())
        {
            if (last || Epoch % plan.ValidationInterval == 0) Validate(progress);
            MeasureProbes();
            if (last || Epoch % plan.ValidationInterval == 0) Call();
        }
        Record.Dispose();
        Record = new EpochRecord(tasks);
        if (plan.CheckpointRule?.Epochs is { } every && Epoch % every == 0 && !IsFinished) Save();
    }

    private void Validate(Action<int, string> progress)
    {
        foreach (var (task, means) in tasks.Zip(Record.Means()))
        {
            if (means is not { } mean) continue;
            History.Add(new(Epoch, "train", task, "loss", mean.Loss));
            History.Add(new(Epoch, "train", task, "weight", mean.Weight));
        }
        History.AddRange(Record.Gradients(Epoch));
        var measured = evaluator.Measure(validation, "validation", Epoch);
        History.AddRange(measured);
        divergence.Refuse(measured, Epoch, Best.Epoch, Checkpoint);
        var loss = measured.Where(row => row.Metric == "loss").Average(row => row.Value);
        var stale = Best.Offer(Epoch, loss, plan.KeepsBest);
        progress(Epoch, FormattableString.Invariant($"epoch {Epoch}/{plan.EpochCount}, validation loss {loss:0.0000}"));
        if (plan.PatienceCount is { } patience && stale >= patience) IsFinished = true;
    }

    private void MeasureProbes()
    {
        if (!plan.Probes.Any(probe => Epoch % probe.Interval == 0)) return;
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        Module.eval();
        context.Epoch = Epoch;
        var drawn = get_rng_state();
        foreach (var probe in plan.Probes.Where(probe => Epoch % probe.Interval == 0))
        {
            // A probe that trains a classifier of its own needs gradients, and draws what it likes.
            var values = probe.Measure(context).Select(pair => new Measurement(Epoch, "probe", pair.Task, probe.Name, pair.Value)).ToArray();
            History.AddRange(values);
        }
        set_rng_state(drawn);
    }

    private void Call()
    {
        if (plan.EpochCallbacks.IsEmpty) return;
        Module.eval();
        context.Epoch = Epoch;
        foreach (var callback in plan.EpochCallbacks) callback(context);
        IsFinished |= context.IsAskedToStop;
    }

    private Tensor? LossFactors() => plan.LossWeights.IsEmpty ? null
        : tensor(Array.ConvertAll(tasks, task => (float)LossFactor(task)), device: Device);

    private double LossFactor(string task) => plan.LossWeights.FirstOrDefault(entry => entry.Task == task)?.Of(Epoch - 1) ?? 1;

    private void Save()
    {
        // A checkpoint of weights that are no numbers any more would replace one to go on from.
        divergence.Refuse(Record, Epoch, Source.StepsPerEpoch, Best.Epoch, Checkpoint);
        divergence.Refuse(Module, Epoch, Checkpoint);
        using var scope = NewDisposeScope();
        checkpoints!.Write(new CheckpointRecord
        {
            Identity = identity!,
            Epoch = Epoch,
            StepOfEpoch = Record.Count,
            Step = context.Step,
            IsEpochOver = isEpochOver,
            IsFinished = IsFinished,
            History = [.. History],
            Best = Best.Record,
            Scaler = Step.Scaler.Save(),
            Optimizers = TrainingSnapshot.Optimizers(this),
            Places = Source.Places,
            Seconds = Duration.TotalSeconds,
            Threads = get_num_threads(),
        }, TrainingSnapshot.Tensors(this));
        saved = context.Step;
    }

    private void Resume()
    {
        if (checkpoints!.Read(identity!, Remarks) is not var (record, tensors)) return;
        TrainingSnapshot.Load(this, record, tensors);
        foreach (var tensor in tensors.Values) tensor.Dispose();
        (Epoch, isEpochOver, IsFinished, secondsBefore) = (record.Epoch, record.IsEpochOver, record.IsFinished, record.Seconds);
        context.Step = saved = record.Step;
        History.AddRange(record.History);
        Remarks.Add($"went on from step {record.Step}, epoch {record.Epoch}");
        if (record.Threads != get_num_threads())
            Remarks.Add($"{record.Threads} threads trained until then, {get_num_threads()} afterwards: sums may be rounded otherwise");
    }
}
