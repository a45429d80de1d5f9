using System.Collections.Concurrent;
using System.Reflection;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Runs a module with given tensors in place of its parameters and buffers; gradients flow into the given tensors. The module has its own again
/// afterwards, also when the call fails.
/// </summary>
/// <remarks>
/// A tensor is replaced wherever a module of the tree holds it in a field, or in an array, list or dictionary that a field holds (so in ParameterList
/// and ParameterDict). A tensor that no module holds so, as when TorchSharp keeps it in native code (its LSTM, GRU and RNN), cannot be replaced, and
/// the call is refused. What a module takes from <c>parameters()</c> or <c>get_parameter</c> while it runs is its own tensor. A normalisation in
/// training mode updates the given running statistics in place. The module must not be used from another thread meanwhile.
/// </remarks>
public static class FunctionalCall
{
    private static readonly ConcurrentDictionary<Type, FieldInfo[]> Fields = [];

    /// <summary>One call: <c>FunctionalCall.Call(module, tensors, input)</c>.</summary>
    /// <inheritdoc cref="Run"/>
    public static Tensor Call(nn.Module<Tensor, Tensor> module, IReadOnlyDictionary<string, Tensor> tensors, Tensor input) =>
        Run(module, tensors, () => module.call(input));

    /// <summary>Runs any code that uses the module.</summary>
    /// <param name="module">The module.</param>
    /// <param name="tensors">Tensors by the dotted names of parameters and buffers, of the shapes of those they replace. The others stay.</param>
    /// <param name="body">What to run.</param>
    /// <exception cref="ArgumentException">There is no parameter or buffer of a name, or it has another shape.</exception>
    /// <exception cref="NotSupportedException">No module of the tree holds the tensor where it can be replaced.</exception>
    public static T Run<T>(nn.Module module, IReadOnlyDictionary<string, Tensor> tensors, Func<T> body)
    {
        var undo = Install(module, tensors);
        try
        {
            return body();
        }
        finally
        {
            undo();
        }
    }

    /// <summary>The same until the result is called, for code that runs in other places.</summary>
    /// <inheritdoc cref="Run"/>
    internal static Action Install(nn.Module module, IReadOnlyDictionary<string, Tensor> tensors)
    {
        var replacements = Replacements(module, tensors);
        try
        {
            var undo = Replace(module, replacements);
            return () =>
            {
                undo();
                Free();
            };
        }
        catch
        {
            Free();
            throw;
        }

        void Free()
        {
            foreach (var replacement in replacements.Values) replacement.Tensor.Dispose();
        }
    }

    /// <summary>
    /// Puts tensors in place of those that a module holds, until the result is called. The module's registry, its parameters(), stays.
    /// </summary>
    /// <param name="module">The module.</param>
    /// <param name="tensors">What is replaced, with its name, and by what: a <see cref="Parameter"/> where the own one is.</param>
    /// <exception cref="NotSupportedException">No module of the tree holds the tensor where it can be replaced.</exception>
    internal static Action Install(nn.Module module, IEnumerable<(string Name, Tensor Own, Tensor Given)> tensors)
    {
        var replacements = new Dictionary<Tensor, Replacement>(ReferenceEqualityComparer.Instance);
        foreach (var (name, own, given) in tensors) replacements.Add(own, new(name, given));
        return Replace(module, replacements);
    }

    private static Action Replace(nn.Module module, Dictionary<Tensor, Replacement> replacements)
    {
        var undo = new List<Action>();
        try
        {
            foreach (var part in module.named_modules().Select(pair => pair.module).Prepend(module).Distinct())
                Replace(part, replacements, undo);
            foreach (var replacement in replacements.Values)
            {
                if (replacement.Count == 0)
                    throw new NotSupportedException($"'{replacement.Name}' of {module.GetName()} cannot be replaced: no module keeps it in a field; "
                        + "a module that keeps its parameters in native code can only be changed by copying values into them");
            }
        }
        catch
        {
            Undo();
            throw;
        }
        return Undo;

        void Undo()
        {
            undo.Reverse();
            foreach (var step in undo) step();
            undo.Clear();
        }
    }

    private sealed record Replacement(string Name, Tensor Tensor)
    {
        public int Count { get; set; }
    }

    private static Dictionary<Tensor, Replacement> Replacements(nn.Module module, IReadOnlyDictionary<string, Tensor> tensors)
    {
        // The state dictionary has a shared parameter under each of its names, but no buffers that are not saved.
        var own = module.state_dict();
        foreach (var (name, buffer) in module.named_buffers()) own.TryAdd(name, buffer);
        // Every name is checked before a wrapper is made.
        foreach (var (name, given) in tensors)
        {
            if (!own.TryGetValue(name, out var original))
            {
                throw new ArgumentException(
                    $"{module.GetName()} has no parameter or buffer '{name}'{Names.DidYouMean(name, own.Keys)}", nameof(tensors));
            }
            if (!given.shape.AsSpan().SequenceEqual(original.shape))
                throw new ArgumentException($"'{name}' of {module.GetName()} is {StoredTensor.Of(name, original).Described}, "
                    + $"but {StoredTensor.Of(name, given).Described} was given for it", nameof(tensors));
        }
        var replacements = new Dictionary<Tensor, Replacement>(ReferenceEqualityComparer.Instance);
        foreach (var (name, given) in tensors)
        {
            if (replacements.TryGetValue(own[name], out var known))
            {
                if (ReferenceEquals(tensors[known.Name], given)) continue;
                throw new ArgumentException($"'{known.Name}' and '{name}' of {module.GetName()} are one tensor, "
                    + "but two were given for it", nameof(tensors));
            }
            // A second owner of the same native tensor: of the type that the fields have, and with the given tensor's place in the graph.
            var wrapper = own[name] is Parameter ? new Parameter(given.alias(), given.requires_grad) : given.alias();
            replacements.Add(own[name], new(name, wrapper.DetachFromDisposeScope()));
        }
        return replacements;
    }

    private static void Replace(nn.Module module, Dictionary<Tensor, Replacement> replacements, List<Action> undo)
    {
        if (module is IList<Parameter> ownList) ReplaceIn(ownList, replacements, undo);
        else if (module is IDictionary<string, Parameter> ownNames) ReplaceIn(ownNames, replacements, undo);
        foreach (var field in Fields.GetOrAdd(module.GetType(), TensorFields))
        {
            switch (field.GetValue(module))
            {
                case Tensor tensor when Of(tensor) is { } replacement:
                    field.SetValue(module, replacement);
                    undo.Add(() => field.SetValue(module, tensor));
                    break;
                case IList<Parameter> parameters: ReplaceIn(parameters, replacements, undo); break;
                case IList<Tensor> tensors: ReplaceIn(tensors, replacements, undo); break;
                case IDictionary<string, Parameter> parameters: ReplaceIn(parameters, replacements, undo); break;
                case IDictionary<string, Tensor> tensors: ReplaceIn(tensors, replacements, undo); break;
            }
        }

        Tensor? Of(Tensor original) => Found(original, replacements);
    }

    private static Tensor? Found(Tensor original, Dictionary<Tensor, Replacement> replacements)
    {
        if (!replacements.TryGetValue(original, out var replacement)) return null;
        replacement.Count++;
        return replacement.Tensor;
    }

    private static void ReplaceIn<T>(IList<T> list, Dictionary<Tensor, Replacement> replacements, List<Action> undo) where T : Tensor
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is not { } original || Found(original, replacements) is not T replacement) continue;
            var place = i;
            list[place] = replacement;
            undo.Add(() => list[place] = original);
        }
    }

    private static void ReplaceIn<T>(IDictionary<string, T> named, Dictionary<Tensor, Replacement> replacements, List<Action> undo) where T : Tensor
    {
        foreach (var (name, original) in named.ToArray())
        {
            if (original is null || Found(original, replacements) is not T replacement) continue;
            named[name] = replacement;
            undo.Add(() => named[name] = original);
        }
    }

    // The base class keeps the registry, which names the module's own tensors and stays as it is. A child module's fields are its own matter.
    private static FieldInfo[] TensorFields(Type? type)
    {
        const BindingFlags declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var fields = new List<FieldInfo>();
        for (; type is not null && type != typeof(nn.Module); type = type.BaseType)
            fields.AddRange(type.GetFields(declared)
                .Where(field => !field.FieldType.IsValueType && !typeof(nn.Module).IsAssignableFrom(field.FieldType)));
        return [.. fields];
    }
}
