namespace Plotly.NET.CSharp

/// An optional argument: a value converts to it, and leaving the argument out gives the one without a value.
[<Struct>]
type Optional<'T> =
  { Value: 'T
    IsSome: bool }
  member internal this.ToOption() = if this.IsSome then Some this.Value else None
  static member op_Implicit(value: 'T) : Optional<'T> = { Value = value; IsSome = true }
