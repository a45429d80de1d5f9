namespace Deedle

open System
open System.Collections.Generic
open System.Globalization
open System.Runtime.CompilerServices

/// How strictly a value may be converted when a typed column or row is asked for.
type ConversionKind =
  /// The value must already have the requested type.
  | Exact = 0
  /// Only conversions that widen a number (int to int64, float32 to float, ...).
  | Safe = 1
  /// Everything that System.Convert can do, in the invariant culture.
  | Flexible = 2

/// Which keys the result of a join has.
type JoinKind =
  | Outer = 0
  | Inner = 1
  | Left = 2
  | Right = 3

/// How a key that is not in an ordered index is looked up.
[<Flags>]
type Lookup =
  | Exact = 1
  | Greater = 2
  | Smaller = 4
  | ExactOrGreater = 3
  | ExactOrSmaller = 5

/// The direction in which missing values are filled.
type Direction =
  /// From the nearest greater key.
  | Backward = 0
  /// From the nearest smaller key.
  | Forward = 1

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

/// Creates optional values with type inference from C#.
[<AbstractClass; Sealed>]
type OptionalValue =
  static member OfNullable(value: Nullable<'T>) =
    if value.HasValue then OptionalValue value.Value else OptionalValue<'T>.Missing
  static member Create(value: 'T) = OptionalValue value
  static member Empty<'T>() = OptionalValue<'T>.Missing

/// Functions on optional values.
[<CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module OptionalValue =
  let map f (value: OptionalValue<'T>) : OptionalValue<'R> =
    if value.HasValue then OptionalValue(f value.Value) else OptionalValue<'R>.Missing
  let bind f (value: OptionalValue<'T>) : OptionalValue<'R> =
    if value.HasValue then f value.Value else OptionalValue<'R>.Missing
  let asOption (value: OptionalValue<'T>) = if value.HasValue then Some value.Value else None
  let ofOption (value: 'T option) =
    match value with Some v -> OptionalValue v | None -> OptionalValue<'T>.Missing
  let get (value: OptionalValue<'T>) = value.Value

/// The C# face of optional values.
[<Extension>]
type OptionalValueExtensions =
  [<Extension>]
  static member AsNullable(value: OptionalValue<'T>) : Nullable<'T> =
    if value.HasValue then Nullable value.Value else Nullable()
  [<Extension>]
  static member OrDefault(value: OptionalValue<'T>, defaultValue: 'T) =
    if value.HasValue then value.Value else defaultValue

/// What counts as missing: NaN, null, a Nullable or an option without value.
module internal MissingValues =
  let isMissing<'T> : 'T -> bool =
    if typeof<'T> = typeof<float> then
      unbox<'T -> bool> (box (fun (v: float) -> Double.IsNaN v))
    elif typeof<'T> = typeof<float32> then
      unbox<'T -> bool> (box (fun (v: float32) -> Single.IsNaN v))
    elif typeof<'T> = typeof<obj> then
      fun v ->
        match box v with
        | null -> true
        | :? float as f -> Double.IsNaN f
        | :? float32 as f -> Single.IsNaN f
        | _ -> false
    elif typeof<'T>.IsValueType && isNull (Nullable.GetUnderlyingType typeof<'T>) then fun _ -> false
    else fun v -> isNull (box v)

/// Conversion of single values between column types.
module internal Conversion =
  /// The numeric types that each type may be widened to, nearest first.
  let private wider =
    let chain (types: Type list) = types
    dict [
      typeof<uint8>, chain [ typeof<int16>; typeof<int>; typeof<int64>; typeof<decimal>; typeof<float32>; typeof<float> ]
      typeof<int8>, chain [ typeof<int16>; typeof<int>; typeof<int64>; typeof<decimal>; typeof<float32>; typeof<float> ]
      typeof<uint16>, chain [ typeof<int>; typeof<int64>; typeof<decimal>; typeof<float32>; typeof<float> ]
      typeof<int16>, chain [ typeof<int>; typeof<int64>; typeof<decimal>; typeof<float32>; typeof<float> ]
      typeof<uint32>, chain [ typeof<int64>; typeof<decimal>; typeof<float32>; typeof<float> ]
      typeof<int>, chain [ typeof<int64>; typeof<decimal>; typeof<float32>; typeof<float> ]
      typeof<uint64>, chain [ typeof<decimal>; typeof<float32>; typeof<float> ]
      typeof<int64>, chain [ typeof<decimal>; typeof<float32>; typeof<float> ]
      typeof<decimal>, chain [ typeof<float32>; typeof<float> ]
      typeof<float32>, chain [ typeof<float> ] ]

  let private isSafe (source: Type) (target: Type) =
    match wider.TryGetValue source with
    | true, targets -> List.contains target targets
    | _ -> false

  let isNumeric (kind: Type) = kind = typeof<float> || wider.ContainsKey kind

  /// Whether every value of type source can be read as 'T.
  let canConvertType<'T> kind (source: Type) =
    typeof<'T>.IsAssignableFrom source
    || (match kind with
        | ConversionKind.Exact -> false
        | ConversionKind.Safe -> isSafe source typeof<'T>
        | _ -> typeof<IConvertible>.IsAssignableFrom source && typeof<IConvertible>.IsAssignableFrom typeof<'T>)

  let convert<'T> kind (value: obj) : 'T =
    match value with
    | :? 'T as v -> v
    | null -> raise (InvalidCastException $"A null value cannot be read as {typeof<'T>.Name}.")
    | v when kind = ConversionKind.Flexible || (kind = ConversionKind.Safe && isSafe (v.GetType()) typeof<'T>) ->
        try Convert.ChangeType(v, typeof<'T>, CultureInfo.InvariantCulture) :?> 'T
        with :? InvalidCastException | :? FormatException | :? OverflowException as e ->
          raise (InvalidCastException($"The value '{v}' ({v.GetType().Name}) cannot be read as {typeof<'T>.Name}.", e))
    | v -> raise (InvalidCastException $"The value '{v}' ({v.GetType().Name}) cannot be read as {typeof<'T>.Name} without loss.")

  /// Number as float for statistics; FormatException or InvalidCastException where there is none.
  let toFloat (value: 'T) = Convert.ToDouble(box value, CultureInfo.InvariantCulture)
