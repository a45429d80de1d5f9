namespace Polytask;

/// <summary>A parameter that an adapter trains.</summary>
/// <param name="Name">Its name in the adaptation's <c>named_parameters()</c>.</param>
/// <param name="Shape">Its shape.</param>
public sealed record AddedParameter(string Name, Shape Shape)
{
    /// <summary>How many numbers it holds.</summary>
    public long Count => Shape.Count;
}
