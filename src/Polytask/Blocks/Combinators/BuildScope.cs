using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// What one build has in common: the modules of shared blocks. A model opens a scope of its own, so that two models share nothing; a block that is
/// built alone makes one for itself. Building happens on one thread.
/// </summary>
internal sealed class BuildScope : IDisposable
{
    [ThreadStatic] private static BuildScope? current;

    private readonly BuildScope? outer = current;
    private readonly Dictionary<(object Key, int Copy), (Shape Input, nn.Module<Tensor, Tensor> Module)> modules = [];
    private int copy;

    private BuildScope() => current = this;

    /// <summary>A new scope, whatever is being built around it.</summary>
    public static BuildScope Open() => new();

    /// <summary>A new scope where there is none yet, else null: what is built belongs to the scope around it.</summary>
    public static BuildScope? Join() => current is null ? new() : null;

    /// <summary>Says which of a model's copies is built from here on; copies share nothing.</summary>
    public void Enter(int copy) => this.copy = copy;

    /// <summary>The module of a shared block: built at its first place.</summary>
    public static nn.Module<Tensor, Tensor> ModuleOf(object key, Block block, Shape input)
    {
        var scope = current!;
        if (!scope.modules.TryGetValue((key, scope.copy), out var built))
            scope.modules[(key, scope.copy)] = built = (input, block.Build(input));
        return built.Input.Equals(input)
            ? built.Module
            : throw new DeclarationException($"the shared block '{block.Name}' stands where it gets {built.Input} and where it gets {input}; "
                + "one module needs the same input everywhere: mark only the part with equal inputs, or drop .Shared()");
    }

    public void Dispose() => current = outer;
}
