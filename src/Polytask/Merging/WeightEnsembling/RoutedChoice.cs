using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Which layers of a body are weighed by their inputs.</summary>
internal static class RoutedChoice
{
    /// <summary>A layer, the last dimension of what it reads, and its parameters that are merged, by their names in it.</summary>
    public sealed record Chosen(string Name, nn.Module<Tensor, Tensor> Layer, long Width, IReadOnlyList<string> Parameters)
    {
        /// <summary>The name of a parameter in the body.</summary>
        public string InBody(string parameter) => Name.Length == 0 ? parameter : $"{Name}.{parameter}";
    }

    /// <summary>The layers of the options, in the order in which they are called.</summary>
    /// <param name="body">The body, which is called once.</param>
    /// <param name="example">Inputs of one row.</param>
    /// <param name="merged">The names of the body's tensors that are merged.</param>
    /// <param name="options">Patterns of names.</param>
    /// <exception cref="DeclarationException">A name fits no layer, a layer is never called or shares a parameter with another.</exception>
    public static IReadOnlyList<Chosen> Of(nn.Module<Tensor, Tensor> body, Tensor example, HashSet<string> merged, WeightEnsemblingOptions options)
    {
        var seen = new HashSet<nn.Module>(ReferenceEqualityComparer.Instance);
        (string Name, nn.Module<Tensor, Tensor> Layer)[] all = [.. body.named_modules().Prepend((name: "", module: body))
            .Where(pair => seen.Add(pair.module)).Where(pair => pair.module is nn.Module<Tensor, Tensor>)
            .Select(pair => (pair.name, (nn.Module<Tensor, Tensor>)pair.module))];
        var read = Read(body, example, all);
        string[] Parameters((string Name, nn.Module<Tensor, Tensor> Layer) pair) => [.. pair.Layer.named_parameters().Select(own => own.name)
            .Where(name => merged.Contains(pair.Name.Length == 0 ? name : $"{pair.Name}.{name}"))];
        var able = all.Where(pair => Parameters(pair).Length > 0).ToArray();
        List<(string Name, nn.Module<Tensor, Tensor> Layer)> chosen =
            [.. options.Layers.Count > 0 ? [] : able.Where(pair => pair.Layer is TorchSharp.Modules.Linear && read.ContainsKey(pair.Name))];
        if (options.Layers.Count == 0 && chosen.Count == 0)
            throw new DeclarationException($"{body.GetName()} calls no linear map that is merged; name the layers that are weighed by their inputs: "
                + $"it has {Names.Listed(able.Select(pair => pair.Name))}");
        foreach (var pattern in options.Layers)
        {
            // The whole body is meant by its name, "", alone.
            var fitting = able.Where(pair => Names.Match(pattern, pair.Name) && (pair.Name.Length > 0 || pattern.Length == 0)).ToArray();
            if (fitting.Length == 0)
                throw new DeclarationException($"no layer of {body.GetName()} with parameters that are merged is named '{pattern}'"
                    + $"{Names.DidYouMean(pattern, able.Select(pair => pair.Name))}; it has {Names.Listed(able.Select(pair => pair.Name))}");
            chosen.AddRange(fitting);
        }
        var outer = chosen.DistinctBy(pair => pair.Name)
            .Where(pair => !chosen.Any(other => IsInside(pair.Name, other.Name)));
        var order = read.Keys.Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place);
        return [.. outer.Select(pair => Checked(new(pair.Name, pair.Layer, Width(pair.Name, body, read), Parameters(pair)), body))
            .OrderBy(layer => order[layer.Name])];
    }

    private static bool IsInside(string name, string outer) =>
        name != outer && (outer.Length == 0 || name.StartsWith(outer + ".", StringComparison.Ordinal));

    private static long Width(string name, nn.Module body, Dictionary<string, long[]> read)
    {
        if (!read.TryGetValue(name, out var shape))
            throw new DeclarationException($"layer '{name}' is never called when {body.GetName()} runs, so it has no input to be weighed by; "
                + "choose other layers");
        return shape.Length >= 2 ? shape[^1] : throw new DeclarationException(
            $"layer '{name}' reads [{string.Join(", ", shape)}]; its router reads features [rows, ..., width]");
    }

    private static Chosen Checked(Chosen chosen, nn.Module body)
    {
        if (chosen.Layer is TorchSharp.Modules.Convolution)
            throw new DeclarationException($"layer '{chosen.Name}' is a convolution, whose last dimension is a place and no feature "
                + "that a router could read; choose linear maps, or blocks that read [rows, ..., features]");
        var own = body.state_dict();
        foreach (var parameter in chosen.Parameters)
        {
            var name = chosen.InBody(parameter);
            foreach (var (other, tensor) in own)
                if (other != name && ReferenceEquals(tensor, own[name]))
                    throw new DeclarationException($"'{name}' and '{other}' are one tensor, which cannot be weighed at one place and merged at the "
                        + $"other; leave layer '{chosen.Name}' out");
        }
        return chosen;
    }

    // The shapes that layers read, of those that are called.
    private static Dictionary<string, long[]> Read(
        nn.Module<Tensor, Tensor> body, Tensor example, (string Name, nn.Module<Tensor, Tensor> Layer)[] all)
    {
        var read = new Dictionary<string, long[]>();
        var hooks = new List<Action>();
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using var modes = new ModuleModes(training: false, body);
        try
        {
            foreach (var (name, layer) in all)
            {
                hooks.Add(layer.register_forward_pre_hook((_, h) =>
                {
                    read.TryAdd(name, h.shape);
                    return h;
                }).remove);
            }
            body.call(example);
        }
        finally
        {
            hooks.ForEach(remove => remove());
        }
        return read;
    }
}
