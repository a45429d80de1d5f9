using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A multi-task model as a value: every step returns a new one, shapes are checked as soon as they are known, and nothing is allocated before
/// <see cref="Build"/>. <c>Model.Named("mmoe").Input(40).Experts(8, Block.Mlp(16)).Task("income", Head.Classify(9))</c>.
/// </summary>
public sealed record Model
{
    private Model(string name) => Name = name;

    /// <summary>What results call this model.</summary>
    [DecidesNothing]
    public string Name { get; private init; }

    /// <summary>The shape of one example, once declared.</summary>
    public Shape? InputShape { get; private init; }

    /// <summary>The block that all tasks share, or null.</summary>
    public Block? BackboneBlock { get; private init; }

    /// <summary>The layers after the backbone, first to last: how tasks share.</summary>
    public ImmutableArray<Layer> Layers { get; private init; } = [];

    /// <summary>The experts of the first level, or null without experts.</summary>
    public ExpertBank? ExpertBank => Layers.OfType<ExpertsLayer>().FirstOrDefault()?.Bank;

    /// <summary>Tasks that share more with each other than with the rest, as declared by <see cref="Group"/>.</summary>
    public ImmutableArray<TaskGroup> Groups { get; private init; } = [];

    /// <summary>How tasks mix the experts of levels that name no gate of their own.</summary>
    public Gate GateKind { get; private init; } = Polytask.Gate.Softmax();

    /// <summary>The tasks, in the order declared.</summary>
    public ImmutableArray<TaskSpec> Tasks { get; private init; } = [];

    /// <summary>How the task losses become one update.</summary>
    public Weighting WeightingRule { get; private init; } = Weighting.Equal();

    /// <summary>Whether every task has a copy of the whole model to itself (see <see cref="SingleTask"/>).</summary>
    public bool IsSingleTask { get; private init; }

    /// <summary>A new model without parts.</summary>
    /// <exception cref="DeclarationException">The name is empty.</exception>
    public static Model Named(string name) => new(Checked(name));

    /// <summary>The same model under another name, for a variant.</summary>
    public Model Renamed(string name) => this with { Name = Checked(name) };

    /// <summary>The input is a vector of features.</summary>
    public Model Input(long features) => Input(Shape.Of(features));

    /// <summary>The input is an image.</summary>
    public Model Input(long channels, long height, long width) => Input(Shape.Of(channels, height, width));

    /// <summary>The shape of one input example.</summary>
    public Model Input(Shape shape) => (this with { InputShape = NotNull(shape) }).Inferred();

    /// <summary>The block that all tasks share.</summary>
    public Model Backbone(Block block) => (this with { BackboneBlock = NotNull(block) }).Inferred();

    /// <summary>The same model without its backbone.</summary>
    public Model WithoutBackbone() => (this with { BackboneBlock = null }).Inferred();

    /// <summary>
    /// Experts after the backbone, all of one kind, mixed for each task by the gate (softmax per task unless <see cref="Gate"/> says otherwise).
    /// </summary>
    /// <param name="count">The number of experts.</param>
    /// <param name="expert">What each of them is.</param>
    public Model Experts(int count, Block expert) => count >= 1
        ? Experts(Polytask.ExpertBank.Shared(count, NotNull(expert)))
        : throw new DeclarationException($"model '{Name}': an expert bank needs at least 1 expert, but got {count}");

    /// <summary>
    /// One level of experts, shared and owned (CGC: <c>ExpertBank.Shared(4, Block.Mlp(8)).PerTask(2)</c>), instead of the levels declared before.
    /// </summary>
    /// <param name="bank">The experts.</param>
    /// <param name="gate">How they are mixed; by default as <see cref="Gate"/> says.</param>
    public Model Experts(ExpertBank bank, Gate? gate = null) =>
        (this with { Layers = [.. Layers.Where(layer => layer is not ExpertsLayer), new ExpertsLayer(NotNull(bank), gate)] }).Inferred();

    /// <summary>A further level of experts (PLE): its owned experts read their owner's stream, its shared ones the shared stream.</summary>
    /// <inheritdoc cref="Experts(ExpertBank, Gate)"/>
    public Model ThenExperts(ExpertBank bank, Gate? gate = null) => Then(new ExpertsLayer(NotNull(bank), gate));

    /// <summary>A further layer: how tasks share from here on. See <see cref="Layer"/>.</summary>
    public Model Then(Layer layer) => (this with { Layers = Layers.Add(NotNull(layer)) }).Inferred();

    /// <summary>A further block that all tasks share, after the layers declared so far.</summary>
    public Model Then(Block block) => Then(Layer.Shared(block));

    /// <summary>The same model without experts: what comes before them goes to every task alike.</summary>
    public Model WithoutExperts() =>
        (this with { Layers = [.. Layers.Where(layer => layer is not ExpertsLayer)], GateKind = Polytask.Gate.Softmax() }).Inferred();

    /// <summary>The same model without layers after the backbone: hard sharing.</summary>
    public Model WithoutLayers() => (this with { Layers = [], GateKind = Polytask.Gate.Softmax() }).Inferred();

    /// <summary>Tasks that share more with each other than with the rest; layers with experts or blocks per group follow them.</summary>
    /// <param name="name">What the group is called.</param>
    /// <param name="tasks">The names of its tasks, which may be declared later.</param>
    /// <exception cref="DeclarationException">The name is taken, or a task is in another group.</exception>
    public Model Group(string name, params string[] tasks)
    {
        if (string.IsNullOrWhiteSpace(name) || name.AsSpan().ContainsAny('.', '/'))
            throw new DeclarationException($"model '{Name}': a group of tasks needs a name without '.' and '/', but got '{name}'");
        if (tasks.Length == 0) throw new DeclarationException($"model '{Name}': group '{name}' has no task; name at least one");
        if (Groups.Any(group => group.Name == name))
            throw new DeclarationException($"model '{Name}': there already is a group '{name}'; give each group a name of its own");
        foreach (var task in tasks)
            if (Groups.FirstOrDefault(group => group.Tasks.Contains(task)) is { } other)
                throw new DeclarationException($"model '{Name}': task '{task}' is in group '{other.Name}' already; a task is in one group");
        return this with { Groups = Groups.Add(new(name, [.. tasks])) };
    }

    /// <summary>How tasks mix the experts.</summary>
    public Model Gate(Gate gate) => this with { GateKind = NotNull(gate) };

    /// <summary>A task: its name in the data, its head and, where wanted, a loss other than the head's own and a tower before the head.</summary>
    /// <exception cref="DeclarationException">
    /// The name is taken, empty or holds '.' or '/', the loss does not fit the head, or shapes do not fit.
    /// </exception>
    public Model Task(string name, Head head, Block? tower = null, Loss? loss = null)
    {
        ArgumentNullException.ThrowIfNull(head);
        if (string.IsNullOrWhiteSpace(name)) throw new DeclarationException($"model '{Name}': a task needs a name");
        if (name.AsSpan().ContainsAny('.', '/'))
            throw new DeclarationException($"model '{Name}': the task '{name}' may not have a '.' (it parts the names of weights) "
                + "or a '/' (it parts a task from its metric) in its name; rename it, in a table's target with .Named(\"...\")");
        if (Tasks.Any(task => task.Name == name))
            throw new DeclarationException($"model '{Name}': there already is a task '{name}'; give each task a name of its own");
        if (loss is not null && !head.Takes(loss))
            throw new DeclarationException(
                $"task '{name}': the loss '{loss.Name}' cannot train a {head.Name} head; its own loss is '{head.DefaultLoss.Name}'");
        return (this with { Tasks = Tasks.Add(new(name, head, loss ?? head.DefaultLoss, tower)) }).Inferred();
    }

    /// <summary>The same model with the named tasks only, in the order declared.</summary>
    /// <exception cref="DeclarationException">There is no such task, or none is named.</exception>
    public Model Only(params string[] tasks)
    {
        if (tasks.Length == 0)
            throw new DeclarationException(
                $"model '{Name}' without any task was asked for; name at least one of {Names.Listed(Tasks.Select(task => task.Name))}");
        foreach (var name in tasks) TaskNamed(name);
        var kept = Tasks.Select(task => tasks.Contains(task.Name)).ToArray();
        var gone = Tasks.Where((_, i) => !kept[i]).Select(task => task.Name).ToArray();
        return this with
        {
            Tasks = [.. Tasks.Where((_, i) => kept[i])],
            Layers = [.. Layers.Select(layer => layer.Keeping(kept, gone))],
            Groups = [.. Groups.Select(group => group with { Tasks = [.. group.Tasks.Except(gone)] }).Where(group => group.Tasks.Length > 0)],
        };
    }

    /// <summary>How the task losses become one update; the plain sum unless said.</summary>
    public Model Weigh(Weighting weighting) => this with { WeightingRule = NotNull(weighting) };

    /// <summary>The single-task reference: every task gets a copy of the whole model to itself, and nothing is shared.</summary>
    public Model SingleTask() => this with { IsSingleTask = true };

    /// <summary>The number of trainable parameters, the weighting's included.</summary>
    public long ParameterCount
    {
        get
        {
            // Counting must not change what a seeded program draws next.
            using var state = get_rng_state();
            using var module = Build();
            set_rng_state(state);
            return module.parameters().Where(parameter => parameter.requires_grad).Sum(parameter => parameter.numel());
        }
    }

    /// <summary>
    /// The module with freshly drawn weights, on the CPU; seed torch's generator first (<c>torch.manual_seed</c>) for the same weights again.
    /// </summary>
    /// <exception cref="DeclarationException">A part is missing or does not fit.</exception>
    public MultiTaskModule Build()
    {
        if (InputShape is null)
            throw new DeclarationException($"model '{Name}' has no input; add .Input(features) or .Input(channels, height, width)");
        if (Tasks.IsEmpty) throw new DeclarationException($"model '{Name}' has no task; add .Task(name, head)");
        CheckReads();
        using var scope = BuildScope.Open();
        var module = new MultiTaskModule(this, scope);
        // The module outlives the scope that it is built in. TorchSharp leaves the tensors of a user's own modules to that scope.
        foreach (var parameter in module.parameters()) parameter.DetachFromDisposeScope();
        foreach (var buffer in module.buffers()) buffer.DetachFromDisposeScope();
        return module;
    }

    /// <summary>All layers in order, the backbone first, each with the name under which its weights stand in the trunk.</summary>
    internal ImmutableArray<(string Name, Layer Layer)> AllLayers()
    {
        var seen = new Dictionary<string, int>();
        IEnumerable<Layer> all = BackboneBlock is { } block ? [new SharedLayer(block), .. Layers] : Layers;
        return [.. all.Select(layer =>
        {
            var count = seen[layer.Name] = seen.GetValueOrDefault(layer.Name) + 1;
            return (count == 1 ? layer.Name : $"{layer.Name}_{count}", layer);
        })];
    }

    /// <summary>The shape before the first layer and after each.</summary>
    internal ImmutableArray<Shape> LayerShapes()
    {
        var shape = InputShape
            ?? throw new DeclarationException($"model '{Name}' has no input; add .Input(features) or .Input(channels, height, width)");
        var shapes = ImmutableArray.CreateBuilder<Shape>();
        shapes.Add(shape);
        foreach (var (name, layer) in AllLayers()) shapes.Add(shape = layer.Output(shape, $"model '{Name}': {name}"));
        return shapes.ToImmutable();
    }

    /// <summary>The streams of this model.</summary>
    internal StreamMap StreamMap()
    {
        var names = Tasks.Select(task => task.Name).ToArray();
        foreach (var group in Groups)
            if (group.Tasks.FirstOrDefault(task => !names.Contains(task)) is { } unknown)
                throw new DeclarationException($"model '{Name}': group '{group.Name}' names task '{unknown}', but the model has {Names.Listed(names)}"
                    + Names.DidYouMean(unknown, names));
        return new(Tasks, Groups);
    }

    /// <summary>The task of that name.</summary>
    /// <exception cref="DeclarationException">There is none.</exception>
    internal TaskSpec TaskNamed(string name) => Tasks.FirstOrDefault(task => task.Name == name)
        ?? throw new DeclarationException(
            $"model '{Name}' has no task '{name}'; "
            + $"it has {Names.Listed(Tasks.Select(task => task.Name))}{Names.DidYouMean(name, Tasks.Select(task => task.Name))}");

    // Checks all shapes that follow from what is declared so far, so that a mismatch is reported by the step that made it.
    private Model Inferred()
    {
        if (InputShape is null) return this;
        var features = LayerShapes()[^1];
        foreach (var task in Tasks)
        {
            var given = task.Tower?.Output(features, $"{task.Place}: tower") ?? features;
            task.Head.CheckFeatures(given, task.Place, Giver(task));
        }
        return this;
    }

    // A head may read tasks declared before its own only, so that no two wait for each other.
    private void CheckReads()
    {
        for (var i = 0; i < Tasks.Length; i++)
            foreach (var read in Tasks[i].Head.Reads)
            {
                var before = Tasks.Take(i).Select(task => task.Name).ToArray();
                if (before.Contains(read)) continue;
                throw new DeclarationException(
                    $"{Tasks[i].Place}: its head reads the task '{read}', which must be declared before it in model '{Name}'; "
                    + (Tasks.Any(task => task.Name == read)
                        ? "declare it earlier"
                        : $"before it comes {Names.Listed(before)}{Names.DidYouMean(read, before)}"));
            }
    }

    private string Giver(TaskSpec task) => task.Tower is { } tower ? $"tower '{tower.Name}'"
        : AllLayers() is [.., var last] ? last.Layer.Giver : "the input";

    private static string Checked(string name) =>
        string.IsNullOrWhiteSpace(name) ? throw new DeclarationException("a model needs a name; results are reported under it") : name;

    private static T NotNull<T>(T part, [CallerArgumentExpression(nameof(part))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(part, name);
        return part;
    }

    /// <summary>The declaration as a tree, with the shapes between the parts.</summary>
    public override string ToString() => ModelTree.Of(this);
}
