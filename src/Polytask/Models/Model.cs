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
    public string Name { get; private init; }

    /// <summary>The shape of one example, once declared.</summary>
    public Shape? InputShape { get; private init; }

    /// <summary>The block that all tasks share, or null.</summary>
    public Block? BackboneBlock { get; private init; }

    /// <summary>The experts, or null for hard sharing.</summary>
    public ExpertBank? ExpertBank { get; private init; }

    /// <summary>How tasks mix the experts.</summary>
    public Gate GateKind { get; private init; } = Polytask.Gate.Softmax();

    /// <summary>The tasks, in the order declared.</summary>
    public ImmutableArray<TaskSpec> Tasks { get; private init; } = [];

    /// <summary>How the task losses become one update.</summary>
    public LossWeighting WeightingRule { get; private init; } = Weighting.Equal();

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
        ? (this with { ExpertBank = new(count, NotNull(expert)) }).Inferred()
        : throw new DeclarationException($"model '{Name}': an expert bank needs at least 1 expert, but got {count}");

    /// <summary>The same model without experts: what the backbone gives goes to every task alike (hard sharing).</summary>
    public Model WithoutExperts() => (this with { ExpertBank = null, GateKind = Polytask.Gate.Softmax() }).Inferred();

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
        loss ??= head.DefaultLoss;
        if (!loss.Fits(head))
            throw new DeclarationException(
                $"task '{name}': the loss '{loss.Name}' cannot train a {head.Name} head; its own loss is '{head.DefaultLoss.Name}'");
        return (this with { Tasks = Tasks.Add(new(name, head, loss, tower)) }).Inferred();
    }

    /// <summary>The same model with the named tasks only, in the order declared.</summary>
    /// <exception cref="DeclarationException">There is no such task, or none is named.</exception>
    public Model Only(params string[] tasks)
    {
        if (tasks.Length == 0)
            throw new DeclarationException(
                $"model '{Name}' without any task was asked for; name at least one of {Names.Listed(Tasks.Select(task => task.Name))}");
        foreach (var name in tasks) TaskNamed(name);
        return this with { Tasks = [.. Tasks.Where(task => tasks.Contains(task.Name))] };
    }

    /// <summary>How the task losses become one update; the plain sum unless said.</summary>
    public Model Weigh(LossWeighting weighting) => this with { WeightingRule = NotNull(weighting) };

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
            return module.parameters().Sum(parameter => parameter.numel());
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
        var module = new MultiTaskModule(this);
        // The module outlives the scope that it is built in. TorchSharp leaves the tensors of a user's own modules to that scope.
        foreach (var parameter in module.parameters()) parameter.DetachFromDisposeScope();
        foreach (var buffer in module.buffers()) buffer.DetachFromDisposeScope();
        return module;
    }

    /// <summary>The shapes between the parts; what comes after a part is null where the input is not declared yet.</summary>
    internal (Shape Input, Shape Backbone, Shape Features) Shapes()
    {
        var input = InputShape
            ?? throw new DeclarationException($"model '{Name}' has no input; add .Input(features) or .Input(channels, height, width)");
        var backbone = BackboneBlock?.Output(input, $"model '{Name}': backbone") ?? input;
        // The mixture is a weighted sum of flattened experts.
        var features = ExpertBank is null ? backbone : Shape.Of(ExpertBank.Expert.Output(backbone, $"model '{Name}': expert").Count);
        return (input, backbone, features);
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
        var (_, _, features) = Shapes();
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
                throw new DeclarationException($"{Tasks[i].Place}: its head reads the task '{read}', which must be declared before it in model '{Name}'; "
                    + (Tasks.Any(task => task.Name == read) ? "declare it earlier" : $"before it comes {Names.Listed(before)}{Names.DidYouMean(read, before)}"));
            }
    }

    private string Giver(TaskSpec task) => task.Tower is { } tower ? $"tower '{tower.Name}'"
        : ExpertBank is { } bank ? $"expert '{bank.Expert.Name}'"
        : BackboneBlock is { } backbone ? $"backbone '{backbone.Name}'" : "the input";

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
