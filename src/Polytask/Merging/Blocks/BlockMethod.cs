using System.Numerics;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A method whose result at an element depends on that element of the models, and on numbers found in passes over the models
/// before.</summary>
internal abstract record BlockMethod : MergeMethod
{
    /// <summary>Takes the passes that are needed, and gives what fills the result of every block.</summary>
    public abstract BlockRule<T> Prepare<T>(BlockPasses<T> passes) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    internal sealed override RunningMerge Start<T>(OpenModels models)
    {
        var passes = new BlockPasses<T>(models);
        return new Running<T>(passes, Prepare(passes));
    }

    private sealed class Running<T>(BlockPasses<T> passes, BlockRule<T> rule) : RunningMerge where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override Tensor Merge(StoredTensor tensor) => passes.Merge(tensor, rule);
    }
}
