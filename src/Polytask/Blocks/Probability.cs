namespace Polytask;

internal static class Probability
{
    /// <summary>A dropout probability as given.</summary>
    /// <exception cref="DeclarationException">It is not at least 0 and below 1.</exception>
    public static double Checked(double dropout) => dropout is >= 0 and < 1
        ? dropout
        : throw new DeclarationException(FormattableString.Invariant($"dropout needs a probability of at least 0 and below 1, but got {dropout}"));

    /// <summary>" dropout 0.1", or nothing for none.</summary>
    public static string Described(double dropout) => dropout > 0 ? FormattableString.Invariant($" dropout {dropout}") : "";
}
