using Microsoft.FSharp.Core;

namespace Plotly.NET.CSharp;

/// <summary>An optional argument: a value converts to it, and leaving the argument out gives the one without a value.</summary>
/// <param name="Value">The value, where there is one.</param>
/// <param name="IsSome">Whether there is a value.</param>
public readonly record struct Optional<T>(T Value, bool IsSome)
{
    public static implicit operator Optional<T>(T value) => new(value, true);

    internal FSharpOption<T>? ToOption() => IsSome ? FSharpOption<T>.Some(Value) : null;
}
