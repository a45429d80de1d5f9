using System.Collections.Immutable;

namespace Polytask;

/// <summary>
/// Several models on the same data over several seeds and, where wanted, over a grid of settings:
/// <c>Study.On(Datasets.Income()).Variants(shared, mmoe).Seeds(5).Over("experts", [2, 4, 8], (model, n) => model.Experts(n, Block.Mlp(64)))
/// .Train(t => t.Adam(1e-3).Epochs(20)).Cache("cells").Run()</c>.
/// For a seed all variants see the same splits and the same batches in the same order. A value: nothing runs before
/// <see cref="Run(CancellationToken)"/>.
/// </summary>
public sealed record Study
{
    private Study(DataSource data) => Data = data;

    /// <summary>Where the data comes from.</summary>
    public DataSource Data { get; private init; }

    /// <summary>The models compared.</summary>
    public ImmutableArray<Model> Models { get; private init; } = [];

    /// <summary>The seeds.</summary>
    public ImmutableArray<int> SeedList { get; private init; } = [0];

    /// <summary>How every model is trained.</summary>
    public TrainingPlan Plan { get; private init; } = new();

    /// <summary>The axes of the grid, in the order declared; empty where there is none.</summary>
    public ImmutableArray<StudyAxis> Axes { get; private init; } = [];

    /// <summary>The point of a grid that this study is one of; empty otherwise.</summary>
    public GridPoint Point { get; private init; } = GridPoint.Empty;

    internal string? CacheFolder { get; private init; }

    internal bool CachesWeights { get; private init; } = true;

    internal string? OwnCodeKey { get; private init; }

    internal bool StopsAtFailure { get; private init; }

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

    /// <summary>These seeds, for example those of an earlier study: <c>.Seeds(11, 12, 13)</c>, one alone <c>.Seeds([11])</c>.</summary>
    /// <exception cref="DeclarationException">There is none, or one is given twice.</exception>
    public Study Seeds(params IEnumerable<int> seeds)
    {
        ImmutableArray<int> listed = [.. seeds];
        if (listed.IsEmpty) throw new DeclarationException("a study needs at least 1 seed, but the list of seeds is empty");
        var twice = listed.GroupBy(seed => seed).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? this with { SeedList = listed }
            : throw new DeclarationException($"the seed {twice.Key} is given twice; a seed counts once");
    }

    /// <summary>
    /// An axis of the grid that changes the models: <c>.Over("experts", [2, 4, 8], (model, n) => model.Experts(n, Block.Mlp(64)))</c>. Every variant
    /// is changed; one that is to stay as it is (a baseline) is returned as given.
    /// </summary>
    /// <param name="axis">What results call the axis.</param>
    /// <param name="values">The values on it.</param>
    /// <param name="change">(model, value) → the model at that value; it keeps its name.</param>
    /// <exception cref="DeclarationException">No or an equal value, a name that is taken.</exception>
    public Study Over<T>(string axis, IEnumerable<T> values, Func<Model, T, Model> change) => With(StudyAxis.Of(axis, values, (study, value) =>
        study with { Models = [.. study.Models.Select(model => change(model, value).Renamed(model.Name))] }));

    /// <summary>
    /// An axis of the grid that changes how models are trained: <c>.Over("learning rate", [1e-3, 3e-3], (plan, rate) => plan.Adam(rate))</c>.
    /// </summary>
    /// <param name="axis">What results call the axis.</param>
    /// <param name="values">The values on it.</param>
    /// <param name="change">(plan, value) → the plan at that value.</param>
    /// <exception cref="DeclarationException">No or an equal value, a name that is taken.</exception>
    public Study Over<T>(string axis, IEnumerable<T> values, Func<TrainingPlan, T, TrainingPlan> change) =>
        With(StudyAxis.Of(axis, values, (study, value) => study with { Plan = change(study.Plan, value) }));

    /// <summary>An axis of the grid that changes the data: <c>.Over("p", [0.5, 0.9], p => new CorrelatedTasks(p))</c>.</summary>
    /// <param name="axis">What results call the axis.</param>
    /// <param name="values">The values on it.</param>
    /// <param name="data">The data at a value.</param>
    /// <exception cref="DeclarationException">No or an equal value, a name that is taken.</exception>
    public Study Over<T>(string axis, IEnumerable<T> values, Func<T, DataSource> data) =>
        With(StudyAxis.Of(axis, values, (study, value) => study with { Data = data(value) }));

    /// <summary>How every model is trained.</summary>
    public Study Train(Func<TrainingPlan, TrainingPlan> plan) => this with { Plan = plan(Plan) };

    /// <summary>
    /// Keeps every finished cell (a variant, a seed and a grid point) in a folder, and takes from there what was computed before. A cell is known by
    /// everything that decides its result and nothing else: the model without its name, the plan, the numbers of the data, the seed, the builds of
    /// this library and of the engine. Another thread count or processor may differ in the last bits, which is not asked; the run's environment says it.
    /// A damaged file is computed anew and said. Several processes may work on one folder.
    /// </summary>
    /// <param name="folder">Where; it is made where it does not exist.</param>
    /// <param name="weights">Whether trained weights are kept too; without them a run that is taken from the folder has no module.</param>
    public Study Cache(string folder, bool weights = true)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return this with { CacheFolder = folder, CachesWeights = weights };
    }

    /// <summary>
    /// Names the code of your own that models or plan hold (a loss, a block, a callback), which cannot be read: cells that hold such code are kept in
    /// the cache under this name only. Choose another one whenever that code changes.
    /// </summary>
    /// <param name="ownCode">For example "margin loss, version 2".</param>
    public Study Key(string ownCode)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(ownCode);
        return this with { OwnCodeKey = ownCode };
    }

    /// <summary>Throw what a cell throws at once, instead of going on and listing it in <see cref="StudyResult.Failures"/>.</summary>
    public Study StopAtFirstFailure() => this with { StopsAtFailure = true };

    /// <summary>
    /// Trains every variant on every seed at every point of the grid. A cell that fails is listed in <see cref="StudyResult.Failures"/>; the others
    /// go on. Where all fail, what the first one threw is thrown.
    /// </summary>
    /// <param name="cancel">
    /// Ends the study, as Ctrl-C does; the result then has the cells that are finished. One that is being trained is lost, unless the plan writes
    /// checkpoints and resumes from them.
    /// </param>
    /// <exception cref="DeclarationException">There is no variant, or a point of the grid cannot be declared.</exception>
    /// <exception cref="DataException">The data fits no model.</exception>
    /// <exception cref="TrainingException">Every cell's loss stopped being a finite number.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before a cell was finished.</exception>
    public StudyResult Run(CancellationToken cancel = default) => Run(StudyRole.OfProcess, cancel);

    internal StudyResult Run(StudyRole role, CancellationToken cancel = default)
    {
        if (Models.IsEmpty) throw new DeclarationException("the study has no variant; add .Variants(model, ...)");
        using var interrupt = new KeyboardInterrupt(cancel);
        using var runner = new StudyRunner(this, role, interrupt.Token);
        var result = runner.Run();
        StudyHost.Finished?.Invoke(result);
        return result;
    }

    internal Study WithoutGrid() => this with { Axes = [], Point = GridPoint.Empty };

    internal Study At(GridPoint point, string axis, object value) => this with { Point = new(point.Values.Add((axis, value))) };

    // Runs of one name and seed at several points would overwrite each other's checkpoints.
    internal Study WithPointsOwnCheckpoints()
    {
        if (Point.Values.IsEmpty) return this;
        var folder = Point.ToString().Select(letter => char.IsLetterOrDigit(letter) || "=,.- ".Contains(letter) ? letter : '_');
        return this with { Plan = Plan.CheckpointedIn(string.Concat(folder)) };
    }

    internal Study WithAxes(IEnumerable<StudyAxis> axes) => this with { Axes = [.. axes] };

    private Study With(StudyAxis axis) => Axes.Any(other => other.Name == axis.Name)
        ? throw new DeclarationException($"there already is an axis '{axis.Name}'; give each axis a name of its own")
        : this with { Axes = Axes.Add(axis) };

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Data.Name}: {Names.Listed(Models.Select(model => model.Name))}, seeds {string.Join(", ", SeedList)}"
        + string.Concat(Axes.Select(axis => $", {axis.Name} {string.Join(", ", axis.Values.Select(GridPoint.Text))}")) + $"; {Plan}";
}
