using static TorchSharp.torch;

namespace Polytask;

/// <summary>Modules in training or in evaluation until it is disposed: then each of their parts is again in the mode that it had.</summary>
internal sealed class ModuleModes : IDisposable
{
    private readonly (nn.Module Module, bool IsTraining)[] modes;

    public ModuleModes(bool training, params IEnumerable<nn.Module> roots)
    {
        nn.Module[] all = [.. roots.Distinct()];
        modes = [.. all.Concat(all.SelectMany(root => root.modules())).Distinct().Select(module => (module, module.training))];
        foreach (var root in all) root.train(training);
    }

    public void Dispose()
    {
        // Outer modules, which set their parts too, stand before those.
        foreach (var (module, isTraining) in modes)
            if (module.training != isTraining) module.train(isTraining);
    }
}
