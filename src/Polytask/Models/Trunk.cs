using System.Collections.Immutable;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>The part of a model before the towers: its layers, one after the other, and the streams between them.</summary>
internal sealed class Trunk : nn.Module
{
    private readonly StreamMap map;
    private readonly ImmutableArray<(string Name, Layer Spec)> layers;
    private readonly List<BuiltLayer> built = [];
    private readonly List<bool[]> available = [];
    private readonly Dictionary<int, bool[][]> requiredForOne = [];
    private readonly bool[][] requiredForAll;

    public Trunk(Model model) : base("trunk")
    {
        map = model.StreamMap();
        layers = model.AllLayers();
        var shapes = model.LayerShapes();
        for (var i = 0; i < layers.Length; i++) layers[i].Spec.Check(map, shapes[i], Place(model, i));
        requiredForAll = Required(map.Set(map.TaskStreams));
        var streams = map.Set(map.Shared);
        for (var i = 0; i < layers.Length; i++)
        {
            var (name, spec) = layers[i];
            available.Add(streams);
            var layer = spec.Build(new(map, shapes[i], streams, requiredForAll[i], model.GateKind, Place(model, i)));
            register_module(name, layer.Module);
            built.Add(layer);
            streams = spec.Outputs(map, streams, requiredForAll[i]);
        }
        available.Add(streams);
    }

    /// <summary>What every task reads.</summary>
    public Streams Forward(Tensor x) => Run(x, requiredForAll, built.Count);

    /// <summary>What one task reads; layers compute no more than it needs.</summary>
    public Tensor Forward(int task, Tensor x) => Run(x, RequiredFor(task), built.Count)[task];

    /// <summary>How a task weighs the experts of a level (from 0, or from the end where negative), or null where there is no such level.</summary>
    public Tensor? GateWeights(int task, Tensor x, int level)
    {
        (int Layer, int Level)[] levels = [.. Enumerable.Range(0, built.Count).SelectMany(i => Enumerable.Range(0, built[i].Levels).Select(own => (i, own)))];
        var index = level < 0 ? levels.Length + level : level;
        if (index < 0 || index >= levels.Length) return null;
        var (layer, within) = levels[index];
        return built[layer].GateWeights(Run(x, RequiredFor(task), layer), task, within);
    }

    /// <summary>The number of levels of experts.</summary>
    public int Levels => built.Sum(layer => layer.Levels);

    /// <summary>What the last forward pass in training adds to the losses, or null.</summary>
    public Tensor? TakePenalty() => Penalties.Sum(built.Select(layer => layer.TakePenalty()));

    /// <summary>Every parameter of the layers with the tasks whose output it changes.</summary>
    public IEnumerable<(Parameter Parameter, IReadOnlyCollection<int> Tasks)> Ownership()
    {
        var reached = new HashSet<int>[map.Count];
        for (var stream = 0; stream < map.Count; stream++) reached[stream] = [];
        foreach (var task in map.TaskStreams) reached[map.Source(task, available[^1])].Add(task);
        var owned = new List<(Parameter, IReadOnlyCollection<int>)>();
        for (var i = built.Count - 1; i >= 0; i--)
        {
            foreach (var (parameters, feeds) in built[i].Ownership)
            {
                int[] tasks = [.. feeds.SelectMany(stream => reached[stream]).Distinct().Order()];
                owned.AddRange(parameters.Select(parameter => (parameter, (IReadOnlyCollection<int>)tasks)));
            }
            var before = new HashSet<int>[map.Count];
            for (var stream = 0; stream < map.Count; stream++) before[stream] = [];
            for (var stream = 0; stream < map.Count; stream++)
                if (reached[stream].Count > 0)
                    foreach (var source in built[i].Sources(stream)) before[map.Source(source, available[i])].UnionWith(reached[stream]);
            reached = before;
        }
        owned.Reverse();
        // One block can stand in several layers: it then changes what all of them change.
        return owned.GroupBy(entry => entry.Item1, ReferenceEqualityComparer.Instance)
            .Select(same => ((Parameter)same.Key!, (IReadOnlyCollection<int>)[.. same.SelectMany(entry => entry.Item2).Distinct().Order()]));
    }

    private string Place(Model model, int layer) => $"model '{model.Name}': {layers[layer].Name}";

    private Streams Run(Tensor x, bool[][] required, int count)
    {
        // What an earlier pass left belongs to its own backward pass.
        TakePenalty();
        var streams = Streams.Of(map, x);
        for (var i = 0; i < count; i++) streams = built[i].Forward(streams, required[i]);
        return streams;
    }

    private bool[][] RequiredFor(int task)
    {
        lock (requiredForOne)
            return requiredForOne.TryGetValue(task, out var known) ? known : requiredForOne[task] = Required(map.Set(task));
    }

    // The streams that each layer has to give, from what the tasks read back to the input.
    private bool[][] Required(bool[] last)
    {
        var required = new bool[layers.Length][];
        for (var i = layers.Length - 1; i >= 0; i--) last = layers[i].Spec.Inputs(map, required[i] = last);
        return required;
    }
}
