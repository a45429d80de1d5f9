namespace Polytask;

/// <summary>Numbers for objects whose code cannot be read, by which two of them can be told apart inside one process.</summary>
internal sealed class OwnCodeIdentities
{
    private readonly Dictionary<object, int> numbers = new(new ByReference());

    public int Of(object value)
    {
        if (!numbers.TryGetValue(value, out var number)) numbers[value] = number = numbers.Count;
        return number;
    }

    // Two delegates are one when they run the same method on the same object.
    private sealed class ByReference : IEqualityComparer<object>
    {
        public new bool Equals(object? left, object? right) => left is Delegate ? left.Equals(right) : ReferenceEquals(left, right);

        public int GetHashCode(object value) =>
            value is Delegate ? value.GetHashCode() : System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value);
    }
}
