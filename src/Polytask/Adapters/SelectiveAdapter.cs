using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>An adapter that adds nothing and trains some of the module's own parameters, as copies; with tasks each has its own.</summary>
internal abstract record SelectiveAdapter : Adapter
{
    /// <summary>What is trained, in words.</summary>
    private protected abstract string What { get; }

    /// <summary>Whether a parameter of a module, by its name there, is trained.</summary>
    private protected abstract bool Trains(nn.Module owner, string parameter);

    internal sealed override AdapterParts Parts(nn.Module module, string[] tasks) => new(null, []);

    internal override IEnumerable<OwnSet> OwnSets(nn.Module module, string[] tasks) =>
        [.. base.OwnSets(module, tasks), new OwnSet("selected", Selected(module), tasks)];

    private IEnumerable<(string Name, Tensor Own)> Selected(nn.Module module)
    {
        (string Name, Tensor Own)[] all =
        [
            .. module.named_modules().Prepend((name: "", module))
                .Where(pair => Layers.IsEmpty || Layers.Any(pattern => Names.Match(pattern, pair.name)))
                .SelectMany(pair => pair.module.named_parameters(recurse: false).Where(parameter => Trains(pair.module, parameter.name))
                    .Select(parameter => (pair.name.Length == 0 ? parameter.name : $"{pair.name}.{parameter.name}", (Tensor)parameter.parameter)))
                .Where(pair => !Trained.Any(pattern => Names.Match(pattern, pair.Item1))),
        ];
        return all.Length > 0 ? all : throw new DeclarationException($"{Name}: {module.GetName()} has no {What}"
            + (Layers.IsEmpty ? "" : $" at {Names.Listed(Layers)}; its layers are "
                + Names.Listed(module.named_modules().Select(pair => pair.name))));
    }
}
