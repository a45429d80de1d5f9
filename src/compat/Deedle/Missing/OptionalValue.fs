namespace Deedle

open System
open System.Collections.Generic
open System.Globalization
open System.Runtime.CompilerServices

/// Raised when a key exists but its value is missing.
type MissingValueException(key: obj, message: string) =
  inherit Exception(message)
  /// The key whose value is missing.
  member _.Key = key

/// A value that may be missing. Unlike Nullable it also holds reference types.
[<Struct; CustomEquality; NoComparison>]
type OptionalValue<'T> private (hasValue: bool, value: 'T) =
  new(value: 'T) = OptionalValue(true, value)
  /// Whether there is a value.
  member _.HasValue = hasValue
  /// The value; InvalidOperationException when it is missing.
  member _.Value = if hasValue then value else invalidOp "OptionalValue.Value: the value is missing."
  /// The value, or the type's default when it is missing.
  member _.ValueOrDefault = value
  /// The missing value.
  static member Missing = OptionalValue<'T>(false, Unchecked.defaultof<'T>)
  override _.ToString() =
    if not hasValue then "<missing>"
    else match box value with null -> "<null>" | v -> Convert.ToString(v, CultureInfo.InvariantCulture)
  override _.GetHashCode() = if hasValue then EqualityComparer<'T>.Default.GetHashCode value else 0
  override _.Equals other =
    match other with
    | :? OptionalValue<'T> as o ->
        o.HasValue = hasValue && (not hasValue || EqualityComparer<'T>.Default.Equals(value, o.ValueOrDefault))
    | _ -> false

/// Another name of OptionalValue, for type annotations in F#.
type 'T opt = OptionalValue<'T>

/// Creates optional values with type inference from C#.
[<AbstractClass; Sealed>]
type OptionalValue =
  static member OfNullable(v: Nullable<'T>) = if v.HasValue then OptionalValue v.Value else OptionalValue<'T>.Missing
  static member Create(v: 'T) = OptionalValue v
  static member Empty<'T>() = OptionalValue<'T>.Missing

/// Functions on optional values.
[<CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module OptionalValue =
  let inline bind f (input: OptionalValue<'T>) : OptionalValue<'R> =
    if input.HasValue then f input.Value else OptionalValue<'R>.Missing
  let inline map f (input: OptionalValue<'T>) : OptionalValue<'R> =
    if input.HasValue then OptionalValue<'R>(f input.Value) else OptionalValue<'R>.Missing
  /// The result of f where both are there.
  let inline map2 f (input1: OptionalValue<'T1>) (input2: OptionalValue<'T2>) : OptionalValue<'R> =
    if input1.HasValue && input2.HasValue then OptionalValue<'R>(f input1.Value input2.Value) else OptionalValue<'R>.Missing
  /// The value of a Try... method that answers with a flag and a value.
  let inline ofTuple (b, value: 'T) : OptionalValue<'T> = if b then OptionalValue<'T>(value) else OptionalValue<'T>.Missing
  let inline ofNullable (value: Nullable<'T>) : OptionalValue<'T> =
    if value.HasValue then OptionalValue<'T>(value.Value) else OptionalValue<'T>.Missing
  let inline asOption (value: OptionalValue<'T>) = if value.HasValue then Some value.Value else None
  let inline ofOption (opt: 'T option) : OptionalValue<'T> =
    match opt with Some v -> OptionalValue<'T>(v) | None -> OptionalValue<'T>.Missing
  /// Matches an optional value: Present v where it is there, Missing where not.
  let (|Missing|Present|) (optional: OptionalValue<'T>) = if optional.HasValue then Present optional.Value else Missing
  let inline get (optional: OptionalValue<'T>) = optional.Value
  let inline defaultArg def (optional: OptionalValue<'T>) = if optional.HasValue then optional.Value else def

/// The C# face of optional values.
[<Extension>]
type OptionalValueExtensions =
  [<Extension>]
  static member AsNullable(opt: OptionalValue<'T>) : Nullable<'T> = if opt.HasValue then Nullable opt.Value else Nullable()
  [<Extension>]
  static member OrDefault(opt: OptionalValue<'T>, defaultValue: 'T) = if opt.HasValue then opt.Value else defaultValue
