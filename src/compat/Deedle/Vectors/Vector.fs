namespace Deedle

open System

/// The values of a column or series by position, some of them missing.
[<AllowNullLiteral>]
type IVector =
  /// The type of the values.
  abstract ElementType: Type
  /// How many positions there are, missing ones included.
  abstract Length: int64
  /// Whether there is a value at a position.
  abstract HasValue: int -> bool
  /// The value at a position.
  abstract GetObject: int -> OptionalValue<obj>
  /// The values at the given positions, in that order; position -1 gives a missing value.
  abstract Relocate: int[] -> IVector
  /// Calls a generic operation with the vector's type.
  abstract Invoke: VectorCallSite<'R> -> 'R

/// An operation on vectors of any type.
and VectorCallSite<'R> =
  abstract Invoke: IVector<'T> -> 'R

/// A vector whose element type is known.
and [<AllowNullLiteral>] IVector<'T> =
  inherit IVector
  /// The value at a position.
  abstract GetValue: int -> OptionalValue<'T>

/// Values in an array; present is null where none is missing, which is the common case and saves the mask.
type internal ArrayVector<'T>(values: 'T[], present: bool[]) =
  member _.Values = values
  member _.Present = present
  member _.IsDense = isNull present
  interface IVector<'T> with
    member _.GetValue position =
      if isNull present || present[position] then OptionalValue values[position] else OptionalValue<'T>.Missing
    member _.ElementType = typeof<'T>
    member _.Length = int64 values.Length
    member _.HasValue position = isNull present || present[position]
    member _.GetObject position =
      if isNull present || present[position] then OptionalValue(box values[position]) else OptionalValue<obj>.Missing
    member _.Relocate positions =
      let moved = Array.zeroCreate positions.Length
      let mutable mask: bool[] = null
      for i in 0 .. positions.Length - 1 do
        let p = positions[i]
        if p >= 0 && (isNull present || present[p]) then moved[i] <- values[p]
        else
          if isNull mask then
            mask <- Array.zeroCreate positions.Length
            Array.Fill(mask, true)
          mask[i] <- false
      ArrayVector(moved, mask) :> IVector
    member this.Invoke site = site.Invoke this

/// Values computed when they are read, such as one row across the columns of a frame.
type internal LazyVector<'T>(length: int, get: int -> OptionalValue<'T>) =
  interface IVector<'T> with
    member _.GetValue position = get position
    member _.ElementType = typeof<'T>
    member _.Length = int64 length
    member _.HasValue position = (get position).HasValue
    member _.GetObject position = let v = get position in if v.HasValue then OptionalValue(box v.Value) else OptionalValue<obj>.Missing
    member _.Relocate positions =
      LazyVector(positions.Length, fun i -> if positions[i] < 0 then OptionalValue<'T>.Missing else get positions[i]) :> IVector
    member this.Invoke site = site.Invoke this

/// A typed vector seen as objects, as the untyped columns of a frame are; the typed one stays at hand.
type internal BoxedVector(inner: IVector) =
  member _.Inner = inner
  interface IVector<obj> with
    member _.GetValue position = inner.GetObject position
    member _.ElementType = typeof<obj>
    member _.Length = inner.Length
    member _.HasValue position = inner.HasValue position
    member _.GetObject position = inner.GetObject position
    member _.Relocate positions = BoxedVector(inner.Relocate positions) :> IVector
    member this.Invoke site = site.Invoke this
