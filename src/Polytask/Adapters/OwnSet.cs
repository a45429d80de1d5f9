using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Copies of a module's own tensors that stand in their place while it is adapted, one set for all tasks or one for each: the module's own keep
/// their values.
/// </summary>
internal sealed class OwnSet : nn.Module
{
    private readonly List<(string Name, Tensor Own, Tensor[] Copies)> tensors = [];
    private readonly bool isPerTask;
    private Action? undo;
    private int installed = -1;

    /// <param name="name">The set's name in the adaptation.</param>
    /// <param name="own">The module's tensors, by their names there.</param>
    /// <param name="tasks">The tasks that have copies of their own; none for one set.</param>
    public OwnSet(string name, IEnumerable<(string Name, Tensor Own)> own, IReadOnlyList<string> tasks) : base(name)
    {
        isPerTask = tasks.Count > 0;
        Container[] roots = [.. Enumerable.Range(0, Math.Max(1, tasks.Count)).Select(_ => new Container())];
        var distinct = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        foreach (var (path, tensor) in own.Where(pair => distinct.Add(pair.Own)))
        {
            var cut = path.LastIndexOf('.');
            var (parent, last) = cut < 0 ? ("", path) : (path[..cut], path[(cut + 1)..]);
            tensors.Add((path, tensor, [.. roots.Select(root =>
            {
                using var off = no_grad();
                var copy = tensor.detach().clone();
                var node = root.At(parent);
                if (tensor is Parameter) return node.Add(last, new Parameter(copy));
                node.register_buffer(last, copy);
                return copy;
            })]));
        }
        for (var i = 0; i < roots.Length; i++) register_module(isPerTask ? tasks[i] : "shared", roots[i]);
    }

    /// <summary>The module's parameters whose names fit patterns, each of which must fit one.</summary>
    public static IEnumerable<(string Name, Tensor Own)> Named(nn.Module module, IReadOnlyCollection<string> patterns)
    {
        var own = module.named_parameters().ToArray();
        foreach (var pattern in patterns)
        {
            if (!own.Any(pair => Names.Match(pattern, pair.name)))
                throw new DeclarationException($"no parameter of {module.GetName()} is named '{pattern}'"
                    + $"{Names.DidYouMean(pattern, own.Select(pair => pair.name))}; it has {Names.Listed(own.Select(pair => pair.name))}");
        }
        return own.Where(pair => patterns.Any(pattern => Names.Match(pattern, pair.name))).Select(pair => (pair.name, (Tensor)pair.parameter));
    }

    /// <summary>The running statistics of the module's batch normalisations.</summary>
    public static IEnumerable<(string Name, Tensor Own)> Statistics(nn.Module module) =>
        module.named_modules().Prepend((name: "", module)).Where(pair => pair.module is NormBase)
            .SelectMany(pair => pair.module.named_buffers(recurse: false).Select(buffer =>
                (pair.name.Length == 0 ? buffer.name : $"{pair.name}.{buffer.name}", buffer.buffer)));

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => tensors.Count == 0;

    /// <summary>The set's name in the adaptation.</summary>
    public string Key => GetName();

    /// <summary>Puts the copies of a task in place; where each task has its own and none is chosen, the module has its own tensors.</summary>
    public void Install(nn.Module module, int task)
    {
        var wanted = isPerTask ? task : 0;
        if (wanted == installed) return;
        Uninstall();
        if (wanted < 0) return;
        undo = FunctionalCall.Install(module, tensors.Select(entry => (entry.Name, entry.Own, entry.Copies[wanted])));
        installed = wanted;
    }

    /// <summary>Gives the module its own tensors back.</summary>
    public void Uninstall()
    {
        undo?.Invoke();
        (undo, installed) = (null, -1);
    }

    /// <summary>Whether a task must be chosen for <see cref="Merge"/>.</summary>
    public bool IsPerTask => isPerTask;

    /// <summary>Writes a task's copies into the module's own tensors.</summary>
    public void Merge(int task)
    {
        foreach (var (_, own, copies) in tensors)
        {
            using var target = own.detach();
            target.copy_(copies[isPerTask ? task : 0]);
        }
    }
}
