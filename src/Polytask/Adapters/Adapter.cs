using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A small set of parameters that is trained while a pretrained module stays as it is: <c>Adapter.Lora(8).On(module)</c>. The same value can be
/// put on any number of modules; what it makes there is an <see cref="Adaptation"/>.
/// </summary>
public abstract partial record Adapter
{
    private protected Adapter() { }

    /// <summary>The adapter's name in messages, and of its parts in <see cref="Adaptation"/>'s state dictionary.</summary>
    public abstract string Name { get; }

    /// <summary>Which layers, by patterns of their names in <c>named_modules()</c>; none for the method's own choice.</summary>
    public ImmutableArray<string> Layers { get; private init; } = [];

    /// <summary>
    /// Which of the module's own parameters are trained with the adapter, by patterns of their names in <c>named_parameters()</c>.
    /// </summary>
    public ImmutableArray<string> Trained { get; private init; } = [];

    /// <summary>The adapter in one line.</summary>
    public abstract string Describe();

    /// <inheritdoc/>
    public sealed override string ToString() => Describe() + (Layers.IsEmpty ? "" : $" at {Names.Listed(Layers)}")
        + (Trained.IsEmpty ? "" : $", training {Names.Listed(Trained)}");

    /// <summary>At these layers only: names as in <c>named_modules()</c>, where * stands for any letters.</summary>
    public Adapter At(params string[] layers) => this with { Layers = NotEmpty(layers, "layer") };

    /// <summary>
    /// Trains copies of these parameters of the module too, for all tasks alike, such as a new head: names as in <c>named_parameters()</c>,
    /// where * stands for any letters. The module has the copies until <see cref="Adaptation.Remove"/>.
    /// </summary>
    public Adapter Training(params string[] parameters) => this with { Trained = NotEmpty(parameters, "parameter") };

    /// <summary>
    /// Puts the adapter on a module, whose own parameters do not train any more. A module without batch normalisation gives the same outputs as
    /// before, bit for bit, but for prompts and prefixes.
    /// </summary>
    /// <param name="module">
    /// Any module. Without <see cref="At"/> a <see cref="MultiTaskModule"/> is adapted everywhere but in its gates, towers and heads.
    /// </param>
    /// <param name="tasks">
    /// Tasks: a method that is made for several needs them, and takes those of a <see cref="MultiTaskModule"/> where none are given; of any
    /// other each task gets its own copy.
    /// </param>
    /// <exception cref="DeclarationException">No layer fits, or the adapter does not fit a layer.</exception>
    public Adaptation On(nn.Module module, params string[] tasks)
    {
        ArgumentNullException.ThrowIfNull(module);
        if (tasks.Length == 0 && IsForTasks && module is MultiTaskModule multiTask) tasks = [.. multiTask.Model.Tasks.Select(task => task.Name)];
        if (tasks.Length == 0 && IsForTasks)
            throw new DeclarationException($"{Name} is made for several tasks; name them: .On(module, \"first\", \"second\")");
        CheckTasks(tasks, Name);
        return new(Describe(), module, tasks, Parts(module, tasks), OwnSets(module, tasks));
    }

    /// <summary>Refuses names of tasks that are double, empty or hold a dot, which separates names in a state dictionary.</summary>
    internal static void CheckTasks(IReadOnlyList<string> tasks, string name)
    {
        foreach (var task in tasks)
        {
            if (string.IsNullOrEmpty(task) || task.Contains('.'))
                throw new DeclarationException($"{name}: a task needs a name without dots, but got '{task}'");
            if (tasks.Count(other => other == task) > 1) throw new DeclarationException($"{name}: task '{task}' is named twice");
        }
    }

    /// <summary>Whether the method itself tells tasks apart; of others each task has a copy.</summary>
    internal virtual bool IsForTasks => false;

    /// <summary>What stands at layers.</summary>
    internal abstract AdapterParts Parts(nn.Module module, string[] tasks);

    /// <summary>
    /// Copies of the module's own tensors that are trained, or changed by training: running statistics too, of each task where each has a copy
    /// of all.
    /// </summary>
    internal virtual IEnumerable<OwnSet> OwnSets(nn.Module module, string[] tasks) =>
        [new OwnSet("trained", OwnSet.Named(module, Trained), []), new OwnSet("statistics", OwnSet.Statistics(module), IsForTasks ? [] : tasks)];

    private static ImmutableArray<string> NotEmpty(string[] patterns, string what) =>
        patterns.Length > 0 && patterns.All(pattern => pattern is not null)
        ? [.. patterns]
        : throw new DeclarationException($"name at least one {what}, for example \"0\" or \"*.linear1\"");
}

/// <summary>What an adapter made for a module: modules at layers, and what these have in common.</summary>
internal sealed record AdapterParts(nn.Module? Common, IReadOnlyList<(AdaptedLayer Layer, LayerAdapter Adapter)> AtLayers);
