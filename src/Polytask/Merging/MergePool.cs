using System.Collections.Immutable;

namespace Polytask;

/// <summary>
/// The models of a merge; any method goes with any pool. What is not merged is the base's: excluded tensors, and tensors of whole numbers, which
/// count or index and have no mean (whether models agree in them is not asked: batch counters never do). Excluded tensors may differ in shape
/// between the models, or be missing in them.
/// </summary>
public sealed partial class MergePool
{
    internal MergePool(IParameterSource theta0, ImmutableArray<IParameterSource> tuned, ImmutableArray<string> excluded)
    {
        if (tuned.Length == 0) throw new ArgumentException($"a merge needs at least one tuned model besides the base ({theta0.Name})");
        (Base, Tuned, Excluded) = (theta0, tuned, excluded);
    }

    /// <summary>The model from which all were tuned.</summary>
    public IParameterSource Base { get; }

    /// <summary>The tuned models.</summary>
    public ImmutableArray<IParameterSource> Tuned { get; }

    /// <summary>The patterns of names that are left out.</summary>
    public ImmutableArray<string> Excluded { get; }

    /// <summary>Leaves tensors out: they are the base's in the merged model.</summary>
    /// <param name="patterns">Of names: <c>*</c> stands for any run of characters, dots too, and <c>?</c> for one.</param>
    public MergePool Without(params string[] patterns) => new(Base, Tuned, Excluded.AddRange(patterns));

    /// <summary>The models merged by a method. Names, types and shapes are checked now; tensors are read when the result is asked for.</summary>
    /// <exception cref="ArgumentException">Missing, extra, misshapen or misnamed tensors, or of several types: all are listed.</exception>
    /// <exception cref="DeclarationException">The method does not go with so many models.</exception>
    public MergedModel By(MergeMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var merged = PoolCheck.Merged(Base, Tuned, Excluded);
        method.Check(Tuned.Length, [.. Base.Tensors.Where(tensor => merged.Contains(tensor.Name))]);
        return new MergedModel(this, method, merged);
    }
}
