namespace Polytask;

/// <summary>
/// How several tuned models become one: <c>pool.By(MergeMethod.Ties(keep: 0.2, scale: 0.3))</c>, or in short <c>pool.Ties(0.2, 0.3)</c>. A method
/// knows nothing of the models: it goes with any pool.
/// </summary>
public abstract partial record MergeMethod
{
    private protected MergeMethod()
    {
    }

    /// <summary>What it reads beside the models, such as their Fisher information.</summary>
    internal virtual IReadOnlyList<IParameterSource> Statistics => [];

    /// <summary>Whether the method goes with so many models of such tensors.</summary>
    /// <exception cref="DeclarationException">It does not; the message says why.</exception>
    internal virtual void Check(int tasks, IReadOnlyList<StoredTensor> merged)
    {
    }

    /// <summary>Merges tensors, with the passes over the models that this takes.</summary>
    internal abstract void Run<T>(OpenModels models, IReadOnlyList<StoredTensor> tensors, MergeTarget target)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>;
}
