namespace Polytask;

/// <summary>A model that has been trained: what was measured on the way, on what, and the module itself.</summary>
public sealed class Run
{
    private readonly StoredWeights? stored;
    private MultiTaskModule? module;

    internal Run(
        Model model, TrainingPlan plan, int seed, MultiTaskModule module, IReadOnlyList<Measurement> history, int epochs, int bestEpoch,
        TimeSpan duration)
    {
        (Model, Plan, Seed, this.module, History) = (model, plan, seed, module, [.. history]);
        (Epochs, BestEpoch, Duration) = (epochs, bestEpoch, duration);
        Environment = RunEnvironment.Of(plan.Device);
    }

    /// <summary>A run of the past.</summary>
    internal Run(Model model, TrainingPlan plan, int seed, StoredWeights weights, IReadOnlyList<Measurement> history, int epochs, int bestEpoch,
        TimeSpan duration, RunEnvironment environment) =>
        (Model, Plan, Seed, stored, History, Epochs, BestEpoch, Duration, Environment)
            = (model, plan, seed, weights, history, epochs, bestEpoch, duration, environment);

    /// <summary>What was trained.</summary>
    public Model Model { get; }

    /// <summary>How it was trained.</summary>
    public TrainingPlan Plan { get; }

    /// <summary>The seed of weights, batches and dropout.</summary>
    public int Seed { get; }

    /// <summary>The trained module, in evaluation mode, on the plan's device.</summary>
    public MultiTaskModule Module => module ??= stored?.Load()!;

    /// <summary>
    /// Everything that was measured: per epoch the training loss and its weight, validation loss and metrics; test loss and metrics once.
    /// </summary>
    public IReadOnlyList<Measurement> History { get; }

    /// <summary>The number of epochs trained.</summary>
    public int Epochs { get; }

    /// <summary>The epoch whose weights the module holds.</summary>
    public int BestEpoch { get; }

    /// <summary>How long training took, validation included, over all parts of a resumed run.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Where and with what it ran.</summary>
    public RunEnvironment Environment { get; internal init; }

    /// <summary>Whether it was ended before the plan's end: by Ctrl-C or a cancellation token.</summary>
    public bool Interrupted { get; internal init; }

    /// <summary>What a reader should know of its course: from which step it was resumed, which checkpoint was damaged.</summary>
    public IReadOnlyList<string> Remarks { get; internal init; } = [];

    /// <summary>The last checkpoint, or null where the plan has none.</summary>
    public string? Checkpoint { get; internal init; }

    /// <summary>The keys that can be asked for: "income/auc", "income/loss", ...</summary>
    public IReadOnlyList<string> Keys => [.. History.Where(row => row.Split == "test").Select(row => row.Key).Distinct()];

    /// <summary>A number on the test split.</summary>
    /// <param name="key">"task/metric", for example "income/auc".</param>
    /// <exception cref="DataException">There is no such task or metric, or the metric is not defined on the split.</exception>
    public double Test(string key) => Tested(key) is { Undefined: { } why } row
        ? throw new DataException($"task '{row.Task}', test split: {row.Metric} of '{Model.Name}', seed {Seed}, is undefined: {why}")
        : Tested(key).Value;

    /// <summary>What was measured on the test split, a number or why there is none.</summary>
    /// <exception cref="DataException">There is no such task or metric.</exception>
    internal Measurement Tested(string key) => History.LastOrDefault(row => row.Split == "test" && row.Key == key)
        ?? throw new DataException($"run '{Model.Name}' has no '{key}'; it has {Names.Listed(Keys)}{Names.DidYouMean(key, Keys)}");

    /// <summary>Writes the run to a safetensors file: the weights under their names, everything else as JSON in its metadata.</summary>
    /// <param name="path">The file; an older one is replaced once the new one is complete.</param>
    public void Save(string path) => RunFile.Save(this, path);

    /// <summary>Reads a run that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model that was trained: a file holds numbers, and no functions.</param>
    /// <param name="plan">How it was trained.</param>
    /// <exception cref="TrainingException">Model or plan are not those of the run; the message says what differs.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or holds no run.</exception>
    public static Run Load(string path, Model model, Func<TrainingPlan, TrainingPlan> plan) => RunFile.Load(path, model, plan(new TrainingPlan()));

    internal static Run Load(string path, Model model, TrainingPlan plan) => RunFile.Load(path, model, plan);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{Model.Name}, seed {Seed}: {Epochs} epochs in {Duration.TotalSeconds:0.0} s{(Interrupted ? ", interrupted" : "")}, best {BestEpoch}; ")
        + string.Join(", ", Keys.Where(key => !key.EndsWith("/loss")).Select(key => Tested(key).Undefined is null
            ? FormattableString.Invariant($"{key} {Test(key):0.0000}") : $"{key} undefined"));
}
