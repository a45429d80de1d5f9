using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// An adapter on a module: the parameters that are trained in place of the module's own. It is a module itself, apart from the adapted one, whose
/// <c>state_dict()</c> and <c>parameters()</c> stay those that it had:
/// <code>
/// using var lora = Adapter.Lora(8).On(module);
/// var optimizer = optim.Adam(lora.parameters());                 // train module.call(x) as before
/// SafeTensors.Save("lora.safetensors", lora.state_dict());
/// lora.Merge();                                                  // or lora.Remove()
/// </code>
/// The adapters run where the module calls its layers. Updates are computed in the type of the layer's weight.
/// </summary>
public sealed class Adaptation : nn.Module
{
    private static readonly ConditionalWeakTable<nn.Module, Adaptation> Current = [];

    private readonly string description;
    // Behind a function, where registration does not look for modules: the adapted module is no part of this one.
    private readonly Func<nn.Module> module;
    private readonly AdapterParts parts;
    private readonly IReadOnlyList<OwnSet> sets;
    private readonly List<Action> hooks = [];
    private readonly List<TorchSharp.Modules.Parameter> frozen = [];
    private readonly List<nn.Module> marked = [];
    private int task = -1;
    // The module in a call with padding: where it calls itself in turn, its hooks add nothing.
    private nn.Module? masked;

    internal Adaptation(string description, nn.Module module, IReadOnlyList<string> tasks, AdapterParts parts, IEnumerable<OwnSet> sets)
        : base("adaptation")
    {
        (this.description, this.parts, Tasks) = (description, parts, tasks);
        this.module = () => module;
        this.sets = [.. sets.Where(set => !set.IsEmpty)];
        var layers = new Container();
        foreach (var (layer, adapter) in parts.AtLayers) layers.At(layer.Name).Add(adapter.GetName(), adapter);
        register_module("layers", layers);
        if (parts.Common is { } common) register_module("common", common);
        foreach (var set in this.sets) register_module(set.Key, set);
        AddedParameters = [.. named_parameters().Where(pair => pair.parameter.requires_grad)
            .Select(pair => new AddedParameter(pair.name, Shape.Of(pair.parameter.shape)))];
        PutOn();
    }

    /// <summary>The adapted module.</summary>
    public nn.Module Module => module();

    /// <summary>The tasks that the adaptation tells apart; none where it is one for all.</summary>
    public IReadOnlyList<string> Tasks { get; }

    /// <summary>What it trains: parameters that it adds, and copies of the module's own.</summary>
    public IReadOnlyList<AddedParameter> AddedParameters { get; }

    /// <summary>How many numbers <see cref="AddedParameters"/> are.</summary>
    public long AddedCount => AddedParameters.Sum(parameter => parameter.Count);

    /// <summary>Whether the module is adapted still: until <see cref="Merge"/> or <see cref="Remove"/>.</summary>
    public bool IsOn { get; private set; }

    /// <summary>The task that the module is called for, or null for none.</summary>
    /// <exception cref="ArgumentException">There is no such task.</exception>
    public string? Task
    {
        get => task < 0 ? null : Tasks[task];
        set
        {
            task = value is null ? -1 : Position(value);
            if (IsOn)
                foreach (var set in sets) set.Install(Module, task);
        }
    }

    /// <summary>The adapters at the layers, for those that combine them.</summary>
    internal IReadOnlyList<(AdaptedLayer Layer, LayerAdapter Adapter)> AtLayers => parts.AtLayers;

    /// <summary>The features [..., width] of what a layer of it gives.</summary>
    internal long WidthAt(AdaptedLayer layer) => AtLayers.First(entry => entry.Layer == layer).Adapter.Width
        ?? (layer.Module as TorchSharp.Modules.Linear)?.out_features
        ?? throw new DeclarationException($"{layer.Place} is a {layer.Module.GetName()}, and {description} does not say how many features it gives");

    /// <summary>Runs something for a task: <c>adaptation.For("income", () => module.Forward("income", x))</c>.</summary>
    /// <param name="task">The task, or null for none.</param>
    /// <param name="body">What calls the module.</param>
    public T For<T>(string? task, Func<T> body)
    {
        var before = Task;
        Task = task;
        try
        {
            return body();
        }
        finally
        {
            Task = before;
        }
    }

    /// <summary>
    /// Writes the change that the adapters make into the module's own weights, which then do the same in evaluation up to rounding, and takes
    /// them off.
    /// </summary>
    /// <param name="task">For which task, where the adaptation tells tasks apart: one set of weights serves one task.</param>
    /// <exception cref="InvalidOperationException">The change is none of weights. Nothing is changed then.</exception>
    public void Merge(string? task = null)
    {
        RequireOn();
        var place = task is null ? -1 : Position(task);
        if (place < 0 && sets.Any(set => set.IsPerTask)) TaskChoice.Of(place, Tasks);
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var changes = parts.AtLayers.Select(entry => (entry.Layer, Change: entry.Adapter.Change(place) ?? throw new InvalidOperationException(
            $"{description} at {entry.Layer.Place} cannot be merged into weights: {entry.Adapter.Obstacle}; keep the adaptation, or Remove() it")))
            .ToArray();
        foreach (var (layer, (_, change)) in changes)
            if (change is not null && layer.Module.get_parameter("bias") is null)
                throw new InvalidOperationException($"{description} at {layer.Place} cannot be merged: it changes the bias, and the layer has none");
        foreach (var (layer, _) in changes)
            if (marked.Count(each => each.parameters(false).Any(own => ReferenceEquals(own, layer.Weight))) > 1)
                throw new InvalidOperationException($"{description} at {layer.Place} cannot be merged: another module uses the same weight, and "
                    + "would change with it");
        // First the copies that stand for whole tensors, then what is added to them.
        foreach (var set in sets) set.Merge(place);
        foreach (var (layer, (change, biasChange)) in changes)
        {
            Own(layer, "weight").add_(change);
            if (biasChange is not null) Own(layer, "bias").add_(biasChange);
        }
        TakeOff();
    }

    /// <summary>Takes the adapters off: the module is what it was before, bit for bit. The adaptation keeps its parameters.</summary>
    public void Remove()
    {
        RequireOn();
        TakeOff();
    }

    /// <summary>What it is and what it costs, in one line.</summary>
    public override string ToString()
    {
        var all = Module.parameters().Sum(parameter => parameter.numel());
        return FormattableString.Invariant($"{description} on {Module.GetName()}")
            + (parts.AtLayers.Count > 0 ? $", {parts.AtLayers.Count} {(parts.AtLayers.Count == 1 ? "layer" : "layers")}" : "")
            + (Tasks.Count > 0 ? $", tasks {Names.Listed(Tasks)}" : "")
            + FormattableString.Invariant($": {AddedCount:N0} parameters for {all:N0}");
    }

    /// <summary>The adaptation that a module is part of, or null.</summary>
    internal static Adaptation? On(nn.Module module) => Current.TryGetValue(module, out var adaptation) ? adaptation : null;

    /// <summary>Whether hooks of an adaptation stand on a layer, so that reading its weight without calling it would miss them.</summary>
    internal static bool IsAt(nn.Module layer) => At(layer).Any();

    // One or none: a module has one adaptation.
    private static IEnumerable<(Adaptation Adaptation, LayerAdapter Adapter)> At(nn.Module layer) => !Current.TryGetValue(layer, out var adaptation)
        ? []
        : adaptation.parts.AtLayers.Where(entry => ReferenceEquals(entry.Layer.Module, layer)).Select(entry => (adaptation, entry.Adapter));

    /// <summary>Calls a module that knows of padding, with the adapter that stands at it: few such calls run hooks.</summary>
    internal static (Tensor Output, Tensor? Hidden) CallMasked(nn.Module<Tensor, Tensor> module, IMasked masked, Tensor x, Tensor? hidden)
    {
        foreach (var (adaptation, adapter) in At(module))
        {
            var outer = adaptation.masked;
            adaptation.masked = module;
            try
            {
                return adapter.Masked(x, hidden, adaptation.task, module.training, masked.Forward);
            }
            finally
            {
                adaptation.masked = outer;
            }
        }
        return masked.Forward(x, hidden);
    }

    /// <summary>Keys and values that an adapter gives an attention to see first, or null.</summary>
    internal static (Tensor Keys, Tensor Values)? PrefixOf(nn.Module attention)
    {
        foreach (var (adaptation, adapter) in At(attention)) return adapter.Prefix(adaptation.task);
        return null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && IsOn) TakeOff();
        base.Dispose(disposing);
    }

    private int Position(string name)
    {
        for (var i = 0; i < Tasks.Count; i++)
            if (Tasks[i] == name) return i;
        throw new ArgumentException(Tasks.Count == 0
            ? $"{description} is the same for all tasks, so there is no task '{name}'; name tasks with .On(module, tasks) to tell them apart"
            : $"{description} has no task '{name}'{Names.DidYouMean(name, Tasks)}; its tasks are {Names.Listed(Tasks)}");
    }

    private void PutOn()
    {
        nn.Module[] all = [Module, .. Module.modules()];
        foreach (var each in all)
            if (Current.TryGetValue(each, out var other))
                throw new DeclarationException($"{Module.GetName()} has {other.description} on it already; Merge() or Remove() that first");
        try
        {
            foreach (var set in sets) set.Install(Module, task);
        }
        catch
        {
            foreach (var set in sets) set.Uninstall();
            throw;
        }
        IsOn = true;
        foreach (var each in all.Distinct(ReferenceEqualityComparer.Instance).Cast<nn.Module>())
        {
            Current.Add(each, this);
            marked.Add(each);
        }
        foreach (var parameter in Module.parameters().Where(parameter => parameter.requires_grad))
        {
            parameter.requires_grad = false;
            frozen.Add(parameter);
        }
        foreach (var (layer, adapter) in parts.AtLayers)
        {
            bool IsMasked() => ReferenceEquals(masked, layer.Module);
            hooks.Add(layer.Module.register_forward_pre_hook((_, input) => IsMasked() ? input : adapter.Before(input, task)).remove);
            hooks.Add(layer.Module.register_forward_hook((_, input, output) =>
                IsMasked() ? output : adapter.After(new(input, output, task, layer.Module.training))).remove);
        }
    }

    private void TakeOff()
    {
        hooks.ForEach(remove => remove());
        foreach (var set in sets) set.Uninstall();
        foreach (var parameter in frozen) parameter.requires_grad = true;
        foreach (var each in marked) Current.Remove(each);
        hooks.Clear();
        frozen.Clear();
        marked.Clear();
        IsOn = false;
    }

    private void RequireOn()
    {
        if (!IsOn) throw new InvalidOperationException($"{description} is not on {Module.GetName()} any more");
    }

    private static Tensor Own(AdaptedLayer layer, string name) => layer.Module.get_parameter(name)!.detach();
}
