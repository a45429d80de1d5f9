namespace Polytask;

/// <summary>Several experts of one kind that read the same input (Ma et al., KDD 2018, section 4): f_1 .. f_E.</summary>
/// <param name="Count">E, the number of experts.</param>
/// <param name="Expert">What each of them is.</param>
public sealed record ExpertBank(int Count, Block Expert)
{
    internal ExpertModule Build(Shape input) => Expert is Mlp { Dropout: 0 } mlp
        ? new WideExperts(Count, input, mlp)
        : new LoopedExperts(Count, input, Expert);

    /// <inheritdoc/>
    public override string ToString() => $"{Count} x {Expert}";
}
