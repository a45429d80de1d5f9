using System.Numerics;

namespace Polytask;

/// <summary>A method whose result at an element depends on that element of the models, and on numbers found in passes over the models
/// before.</summary>
internal abstract record BlockMethod : MergeMethod
{
    /// <summary>Takes the passes that are needed, and gives what fills the result of every block.</summary>
    public abstract BlockRule<T> Prepare<T>(BlockPasses<T> passes) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    internal sealed override void Run<T>(OpenModels models, IReadOnlyList<StoredTensor> tensors, MergeTarget target)
    {
        var passes = new BlockPasses<T>(models);
        passes.Merge(tensors, Prepare(passes), target);
    }
}
