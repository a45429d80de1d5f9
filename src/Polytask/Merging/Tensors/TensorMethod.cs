using static TorchSharp.torch;

namespace Polytask;

/// <summary>A method that sees each tensor as a whole, in all models at once.</summary>
internal abstract record TensorMethod : MergeMethod
{
    /// <summary>theta, of the shape of theta_0. What is made on the way is disposed after the call.</summary>
    public abstract Tensor Merge(MergedTensors tensors);

    /// <summary>What the models' statistics call what they know of a tensor.</summary>
    public virtual IEnumerable<string> StatisticsOf(string tensor) => [];

    internal sealed override void Run<T>(OpenModels models, IReadOnlyList<StoredTensor> tensors, MergeTarget target)
    {
        foreach (var tensor in tensors) target.Take(tensor.Name, Merge(tensor, models));
    }

    private Tensor Merge(StoredTensor tensor, OpenModels models)
    {
        using var scope = NewDisposeScope();
        var theta0 = models.ReadFinite(0, tensor.Name);
        Tensor[] tuned = [.. Enumerable.Range(1, models.Count).Select(reader => models.ReadFinite(reader, tensor.Name))];
        Tensor[] statistics = [.. StatisticsOf(tensor.Name).SelectMany(name =>
            Enumerable.Range(1 + models.Count, models.All.Count - 1 - models.Count).Select(reader => models.ReadFinite(reader, name)))];
        var merged = Merge(new MergedTensors(tensor.Name, theta0, tuned, statistics));
        if (!merged.shape.AsSpan().SequenceEqual(theta0.shape))
            throw new InvalidOperationException($"{this} gave [{string.Join(", ", merged.shape)}] for tensor '{tensor.Name}', "
                + $"which is {tensor.Described}");
        // A copy, also of what shares its memory with a model.
        return merged.to(tensor.Type).clone().contiguous().DetachFromDisposeScope();
    }
}
