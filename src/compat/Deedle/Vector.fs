namespace Deedle

open System
open System.Collections.Generic

/// The values of a column or series by position, some of them missing.
[<AllowNullLiteral>]
type IVector =
  /// The type of the values.
  abstract ElementType: Type
  /// How many positions there are, missing ones included.
  abstract Length: int64
  /// The value at a position.
  abstract GetObject: int -> OptionalValue<obj>
  /// The values at the given positions, in that order; position -1 gives a missing value.
  abstract Relocate: int[] -> IVector

/// A vector whose element type is known.
[<AllowNullLiteral>]
type IVector<'T> =
  inherit IVector
  /// The value at a position.
  abstract GetValue: int -> OptionalValue<'T>

/// Values in an array; present is null where none is missing, which is the common case and saves the mask.
type internal ArrayVector<'T>(values: 'T[], present: bool[]) =
  member _.Values = values
  member _.IsDense = isNull present
  member _.Get position =
    if isNull present || present[position] then OptionalValue values[position] else OptionalValue<'T>.Missing
  interface IVector<'T> with
    member this.GetValue position = this.Get position
    member _.ElementType = typeof<'T>
    member _.Length = int64 values.Length
    member this.GetObject position = this.Get position |> OptionalValue.map box
    member _.Relocate positions =
      let moved = positions |> Array.map (fun p -> if p < 0 then Unchecked.defaultof<'T> else values[p])
      let complete = isNull present && Array.forall (fun p -> p >= 0) positions
      let mask =
        if complete then null
        else positions |> Array.map (fun p -> p >= 0 && (isNull present || present[p]))
      ArrayVector(moved, mask) :> IVector

/// Values computed when they are read, such as one row across the columns of a frame.
type internal LazyVector<'T>(length: int, get: int -> OptionalValue<'T>) =
  interface IVector<'T> with
    member _.GetValue position = get position
    member _.ElementType = typeof<'T>
    member _.Length = int64 length
    member _.GetObject position = get position |> OptionalValue.map box
    member _.Relocate positions =
      LazyVector(positions.Length, fun i -> if positions[i] < 0 then OptionalValue<'T>.Missing else get positions[i]) :> IVector

/// Makes a vector of a type that is known only at run time.
type internal IVectorFactory =
  abstract OfObjects: obj[] -> IVector

type internal VectorFactory<'T>() =
  interface IVectorFactory with
    member _.OfObjects values =
      let present = values |> Array.map (isNull >> not)
      let typed =
        values |> Array.map (fun v -> if isNull v then Unchecked.defaultof<'T> else Conversion.convert<'T> ConversionKind.Flexible v)
      let isMissing = MissingValues.isMissing<'T>
      let present = Array.map2 (fun p v -> p && not (isMissing v)) present typed
      ArrayVector(typed, (if Array.forall id present then null else present)) :> IVector

/// Makes vectors; NaN and null become missing here and nowhere else.
module internal Vector =
  let ofValues (values: 'T[]) : IVector<'T> =
    let isMissing = MissingValues.isMissing<'T>
    if Array.exists isMissing values then ArrayVector(values, values |> Array.map (isMissing >> not))
    else ArrayVector(values, null)

  let ofOptionalValues (values: OptionalValue<'T>[]) : IVector<'T> =
    let isMissing = MissingValues.isMissing<'T>
    let present = values |> Array.map (fun v -> v.HasValue && not (isMissing v.Value))
    ArrayVector(values |> Array.map _.ValueOrDefault, (if Array.forall id present then null else present))

  let toOptionalArray (vector: IVector<'T>) = Array.init (int vector.Length) vector.GetValue

  let private inferable =
    [ typeof<bool>; typeof<int>; typeof<int64>; typeof<float32>; typeof<float>; typeof<decimal>; typeof<string>; typeof<DateTime> ]

  /// Unwraps Nullable, option and OptionalValue, so that their empty cases become missing values.
  let private unwrap (value: obj) =
    match value with
    | null -> null
    | v when v.GetType().IsGenericType ->
        let definition = v.GetType().GetGenericTypeDefinition()
        if definition = typedefof<option<_>> then v.GetType().GetProperty("Value").GetValue v
        elif definition = typedefof<OptionalValue<_>> then
          if v.GetType().GetProperty("HasValue").GetValue v :?> bool then v.GetType().GetProperty("Value").GetValue v else null
        else v
    | v -> v

  /// A typed vector of boxed values that share one type; numbers of mixed types become floats, anything else objects.
  let ofObjects (declared: Type) (values: obj[]) : IVector =
    let values = values |> Array.map unwrap
    let kinds = HashSet<Type>(values |> Seq.filter (isNull >> not) |> Seq.map _.GetType())
    let declared = match Nullable.GetUnderlyingType declared with null -> declared | inner -> inner
    let target =
      if kinds.Count = 0 then (if List.contains declared inferable then declared else typeof<obj>)
      elif kinds.Count = 1 then Seq.head kinds
      elif Seq.forall Conversion.isNumeric kinds then typeof<float>
      else typeof<obj>
    if target = typeof<obj> then ofValues values :> IVector
    else
      let factory = typedefof<VectorFactory<_>>.MakeGenericType target |> Activator.CreateInstance :?> IVectorFactory
      factory.OfObjects values

  /// The same values as type 'T. Conversion happens once; a value that does not fit is named by its position.
  let convert<'T> kind (vector: IVector) : IVector<'T> =
    match vector with
    | :? IVector<'T> as same -> same
    | :? ArrayVector<int> as ints when ints.IsDense && typeof<'T> = typeof<float> ->
        unbox<IVector<'T>> (box (ArrayVector(Array.map float ints.Values, null) :> IVector<float>))
    | _ ->
        Array.init (int vector.Length) (fun i -> vector.GetObject i |> OptionalValue.map (Conversion.convert<'T> kind))
        |> ofOptionalValues
