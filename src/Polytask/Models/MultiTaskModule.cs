using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A built <see cref="Model"/>: an ordinary TorchSharp module with named points that weightings, probes and notebooks attach to.</summary>
public sealed class MultiTaskModule : nn.Module
{
    private readonly List<Trunk> trunks = [];
    private readonly Dictionary<string, int> positions = [];
    private readonly List<TaskModule> tasks = [];
    // An array of arrays, found when first asked for: a notebook that goes on after a kill takes the module over by its fields.
    private (Parameter Parameter, int[] Tasks)[]? ownership;

    internal MultiTaskModule(Model model, BuildScope scope) : base(model.Name)
    {
        Model = model;
        var features = model.LayerShapes()[^1];
        if (!model.IsSingleTask) trunks.Add(Register("trunk", new Trunk(model)));
        else
            for (var copy = 0; copy < model.Tasks.Length; copy++)
            {
                scope.Enter(copy);
                trunks.Add(Register($"trunk_{copy}", new Trunk(model.Only(model.Tasks[copy].Name))));
            }
        foreach (var task in model.Tasks)
        {
            positions[task.Name] = tasks.Count;
            scope.Enter(model.IsSingleTask ? tasks.Count : 0);
            tasks.Add(Register($"task_{task.Name}", new TaskModule(task, features)));
        }
        switch (model.WeightingRule)
        {
            case LossWeighting losses: LossRule = Register("weighting", losses.Build(model.Tasks)); break;
            case GradientWeighting { IsPerInstance: true } gradients: TaskRule = Register("weighting", PerInstance(gradients)); break;
            case GradientWeighting gradients: TaskRule = Register("weighting", gradients.Start(model.Tasks.Length)); break;
            case SampledWeighting sampled: TaskRule = Register("weighting", sampled.Start(model.Tasks.Length)); break;
            case JacobianWeighting jacobian: TaskRule = Register("weighting", jacobian.Start(model.Tasks.Length)); break;
            case BilevelWeighting ahead: TaskRule = Register("weighting", ahead.Start([.. model.Tasks.Select(task => task.Name)])); break;
            default:
                throw new DeclarationException($"model '{model.Name}': weighting '{model.WeightingRule}' is of none of the kinds that are known: "
                + $"derive it from {nameof(LossWeighting)}, {nameof(GradientWeighting)}, {nameof(SampledWeighting)}, {nameof(JacobianWeighting)} or "
                + $"{nameof(BilevelWeighting)}");
        }
        // Before a checkpoint is read, which fills what is there.
        if (TaskRule is JacobianRule rule) rule.Reserve(SharedParameters());
    }

    /// <summary>The declaration this module was built from.</summary>
    public Model Model { get; }

    /// <summary>The weighting with its state: float [tasks] of losses → a scalar.</summary>
    /// <exception cref="DeclarationException">The weighting reads the tasks' gradients: there is no such scalar.</exception>
    public nn.Module<Tensor, Tensor> WeightingModule => LossRule ?? throw new DeclarationException(
        $"model '{Model.Name}': weighting '{Model.WeightingRule}' reads the tasks' gradients and minimises no one number; in a loop of your own call "
        + "module.Backward(batch)");

    /// <summary>The weighting with its state where it reads losses alone.</summary>
    internal nn.Module<Tensor, Tensor>? LossRule { get; }

    /// <summary>The weighting with its state where it reads the tasks' gradients: a <see cref="GramianRule"/>, <see cref="JacobianRule"/>
    /// or <see cref="BilevelRule"/>.</summary>
    internal nn.Module? TaskRule { get; }

    /// <summary>Told what the tasks read in each pass over all of them, in their order.</summary>
    internal Action<IReadOnlyList<Tensor>>? RepresentationsSeen { get; set; }

    /// <summary>
    /// The outputs of all tasks for the same rows, in the order of <see cref="Model.Tasks"/>; shared parts run once. Where an
    /// <see cref="Adaptation"/> on the module tells tasks apart and none is chosen, each task runs under its own adapters, and shared parts once for each.
    /// </summary>
    /// <param name="x">float [batch, ...input].</param>
    /// <returns>Per task what its head gives: [batch, classes], [batch] or [batch, outputs].</returns>
    public IReadOnlyList<Tensor> Forward(Tensor x)
    {
        var outputs = new Tensor[tasks.Count];
        var streams = trunks.Count == 1 && !Model.IsSingleTask && AdaptedPerTask is null ? trunks[0].Forward(x) : null;
        Tensor[] read = [.. Enumerable.Range(0, outputs.Length).Select(task => streams is null ? Features(task, x) : streams[task])];
        RepresentationsSeen?.Invoke(read);
        for (var task = 0; task < outputs.Length; task++) outputs[task] = HeadOf(task, read[task]);
        // Heads read tasks declared before their own: what they read is finished.
        for (var task = 0; task < outputs.Length; task++) outputs[task] = Combined(task, outputs[task], other => outputs[other]);
        return outputs;
    }

    /// <summary>The output of one task: only what it, and the tasks that its head reads, need is computed.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="x">float [batch, ...input].</param>
    public Tensor Forward(string task, Tensor x) => Output(Position(task), x);

    /// <summary>What a task's tower and head read, float [batch, ...features]: the point where the shared part meets the task's.</summary>
    public Tensor Representation(string task, Tensor x) => Features(Position(task), x);

    /// <summary>How a task weighs the experts that it sees, float [batch, experts] (for experts per token [batch * length, experts];
    /// for an expert memory the memory comes last, and each stage is a level).</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="x">float [batch, ...input].</param>
    /// <param name="level">Which level of experts: from 0, or from the end where negative.</param>
    /// <exception cref="DeclarationException">The model has no experts, or no such level.</exception>
    public Tensor GateWeights(string task, Tensor x, int level = -1)
    {
        var position = Position(task);
        var trunk = TrunkOf(position);
        return trunk.GateWeights(Model.IsSingleTask ? 0 : position, x, level)
            ?? throw new DeclarationException(trunk.Levels == 0 ? $"model '{Model.Name}' has no experts, so task '{task}' has no gate"
                : $"model '{Model.Name}' has {trunk.Levels} {(trunk.Levels == 1 ? "level" : "levels")} of experts, but level {level} was asked for");
    }

    /// <summary>
    /// What the layers of the last forward pass in training add to the losses (balance losses, orthogonality), a scalar to be added to what is
    /// minimised, or null where there is nothing. It is handed over once.
    /// </summary>
    public Tensor? TakePenalty() => Penalties.Sum(trunks.Select(trunk => trunk.TakePenalty()));

    /// <summary>The parameters that more than one task trains.</summary>
    public IReadOnlyList<Parameter> SharedParameters() =>
        [.. Ownership.Where(entry => entry.Tasks.Length > 1).Select(entry => entry.Parameter).Where(parameter => parameter.requires_grad)];

    /// <summary>The parameters that only this task trains: its tower and head, and what of the layers before them reaches no other task.</summary>
    public IReadOnlyList<Parameter> TaskParameters(string task)
    {
        var position = Position(task);
        return [.. Ownership.Where(entry => entry.Tasks.Length == 1 && entry.Tasks.Contains(position)).Select(entry => entry.Parameter)
            .Where(parameter => parameter.requires_grad)];
    }

    /// <summary>
    /// The part of the model that a parameter belongs to, by its name in <c>named_parameters()</c>: "backbone"; "experts" and "gates"; "stages" of
    /// towers and trees, and "stitch" for what mixes them; "masks" of attention; "memory"; "branches"; "groups"; "own"; "tasks" for towers and heads;
    /// "weighting".
    /// </summary>
    public static string PartOf(string parameter)
    {
        var names = parameter.Split('.');
        if (!names[0].StartsWith("trunk", StringComparison.Ordinal)) return names[0] == "weighting" ? "weighting" : "tasks";
        var (layer, piece) = (names[1].Split('_')[0], names.Length > 2 ? names[2].Split('_')[0] : "");
        return (layer, piece) switch
        {
            ("experts", "gate") or ("experts", "self") or ("memory", "gate") => "gates",
            ("experts", "shared") when names[2] == "shared_gate" => "gates",
            ("memory", "experts") => "experts",
            ("stitch" or "tree" or "attention" or "memory", "stage") => "stages",
            ("tree", _) => "stitch",
            ("attention", _) => "masks",
            _ => layer,
        };
    }

    // Each parameter once: a shared block can stand in the trunk and in towers, and is then trained by all whose parts it is in.
    private (Parameter Parameter, int[] Tasks)[] Ownership => ownership ??=
    [
        .. Places().GroupBy(entry => entry.Parameter, ReferenceEqualityComparer.Instance)
            .Select(same => ((Parameter)same.Key!, Readers(same.SelectMany(entry => entry.Owners)))),
    ];

    private IEnumerable<(Parameter Parameter, IEnumerable<int> Owners)> Places()
    {
        for (var i = 0; i < trunks.Count; i++)
            foreach (var (parameter, owners) in trunks[i].Ownership()) yield return (parameter, Model.IsSingleTask ? [i] : owners);
        for (var task = 0; task < tasks.Count; task++)
            foreach (var parameter in tasks[task].parameters()) yield return (parameter, [task]);
    }

    // The tasks and those whose heads read them.
    private int[] Readers(IEnumerable<int> owners)
    {
        var reached = new SortedSet<int>(owners);
        for (var task = 0; task < tasks.Count; task++)
            if (Model.Tasks[task].Head.Reads.Any(read => reached.Contains(positions[read]))) reached.Add(task);
        return [.. reached];
    }

    private Tensor Output(int task, Tensor x) => Combined(task, HeadOf(task, Features(task, x)), read => Output(read, x));

    private Tensor Combined(int task, Tensor own, Func<int, Tensor> output)
    {
        var head = Model.Tasks[task].Head;
        return head.Reads.IsEmpty ? own : head.Combine(own, [.. head.Reads.Select(read => output(positions[read]))]);
    }

    private Tensor Features(int task, Tensor x) => Adapted(task, () => TrunkOf(task).Forward(Model.IsSingleTask ? 0 : task, x));

    private Tensor HeadOf(int task, Tensor features) => Adapted(task, () => tasks[task].call(features));

    // Under the task's own adapters, unless a caller has chosen whose.
    private Tensor Adapted(int task, Func<Tensor> body) =>
        AdaptedPerTask is { } adaptation && adaptation.Tasks.Contains(Model.Tasks[task].Name) ? adaptation.For(Model.Tasks[task].Name, body) : body();

    private Adaptation? AdaptedPerTask => Adaptation.On(this) is { Tasks.Count: > 0, Task: null } adaptation ? adaptation : null;

    private Trunk TrunkOf(int task) => trunks[Model.IsSingleTask ? task : 0];

    private int Position(string task) => positions.TryGetValue(task, out var position) ? position : positions[Model.TaskNamed(task).Name];

    // Started anew for each number of rows, so there is nothing that it could remember.
    private GramianRule PerInstance(GradientWeighting weighting)
    {
        var rule = weighting.Start(Model.Tasks.Length);
        return rule.state_dict().Count == 0 ? rule : throw new DeclarationException($"model '{Model.Name}': weighting '{weighting}' remembers something of each "
            + "objective from step to step, but with one for each row these are new ones in each step; choose another, or leave out .PerInstance()");
    }

    private T Register<T>(string name, T module) where T : nn.Module
    {
        register_module(name, module);
        return module;
    }
}
