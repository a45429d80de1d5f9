namespace Deedle

open System
open System.Collections.Generic

/// Makes vectors; NaN and null become missing here and nowhere else.
module internal Vector =
  /// A vector of values that are computed one by one.
  let init count (get: int -> OptionalValue<'T>) : IVector<'T> =
    let isMissing = MissingValues.isMissing<'T>
    let canBeMissing = MissingValues.canBeMissing<'T>
    let values = Array.zeroCreate count
    let mutable present: bool[] = null
    for i in 0 .. count - 1 do
      let v = get i
      if v.HasValue && not (canBeMissing && isMissing v.ValueOrDefault) then values[i] <- v.ValueOrDefault
      else
        if isNull present then
          present <- Array.zeroCreate count
          Array.Fill(present, true)
        present[i] <- false
    ArrayVector(values, present)

  /// The array becomes the vector: nobody may change it afterwards.
  let ofValues (values: 'T[]) : IVector<'T> =
    if not MissingValues.canBeMissing<'T> then ArrayVector(values, null)
    else
      let isMissing = MissingValues.isMissing<'T>
      if Array.exists isMissing values then ArrayVector(values, values |> Array.map (isMissing >> not)) else ArrayVector(values, null)

  let ofOptionalValues (values: OptionalValue<'T>[]) : IVector<'T> = init values.Length (fun i -> values[i])

  let toOptionalArray (vector: IVector<'T>) = Array.init (int vector.Length) vector.GetValue

  /// The typed vector behind a boxed one.
  let unboxed (vector: IVector) =
    match vector with
    | :? BoxedVector as boxed -> boxed.Inner
    | v -> v

  /// The values that are there.
  let present (vector: IVector<'T>) : 'T[] =
    match vector with
    | :? ArrayVector<'T> as a when a.IsDense -> a.Values
    | :? ArrayVector<'T> as a ->
        let kept = Array.zeroCreate (a.Present |> Array.sumBy (fun p -> if p then 1 else 0))
        let mutable next = 0
        for i in 0 .. a.Values.Length - 1 do
          if a.Present[i] then
            kept[next] <- a.Values[i]
            next <- next + 1
        kept
    | v -> [| for i in 0 .. int v.Length - 1 do let x = v.GetValue i in if x.HasValue then x.Value |]

  let countPresent (vector: IVector) =
    let mutable count = 0
    for i in 0 .. int vector.Length - 1 do
      if vector.HasValue i then count <- count + 1
    count

  let map (f: 'T -> 'R) (vector: IVector<'T>) : IVector<'R> =
    match vector with
    | :? ArrayVector<'T> as a when a.IsDense -> ofValues (Array.map f a.Values)
    | v -> init (int v.Length) (fun i -> OptionalValue.map f (v.GetValue i))

  /// The same values as type 'T. Conversion happens once; a value that does not fit is an error that names it.
  let convert<'T> kind (vector: IVector) : IVector<'T> =
    match unboxed vector with
    | :? IVector<'T> as same -> same
    | other ->
        { new VectorCallSite<IVector<'T>> with
            member _.Invoke(typed: IVector<'S>) =
              match Conversion.tryUnboxed<'S, 'T> kind with
              | Some f -> map f typed
              | None -> map (fun (v: 'S) -> Conversion.convert<'T> kind (box v)) typed }
        |> other.Invoke

  /// The same values as type 'T where the first value allows it and all can be converted.
  let tryConvert<'T> kind (vector: IVector) : OptionalValue<IVector<'T>> =
    match unboxed vector with
    | :? IVector<'T> as same -> OptionalValue same
    | other ->
        let first = Seq.init (int other.Length) id |> Seq.tryFind other.HasValue
        let fits =
          match first with
          | None -> true
          | Some i -> Conversion.canConvert<'T> kind ((other.GetObject i).Value.GetType())
        if not fits then OptionalValue<_>.Missing
        else
          try OptionalValue(convert<'T> kind other)
          with :? InvalidCastException | :? FormatException -> OptionalValue<_>.Missing

  /// A vector of boxed values with the given type.
  let private ofTyped (target: Type) (values: obj[]) : IVector =
    if target = typeof<obj> then ofValues values
    else
      // The witness's vector knows its type at run time.
      let witness = Array.CreateInstance(target, 0)
      let empty = Activator.CreateInstance(typedefof<ArrayVector<_>>.MakeGenericType target, witness, null) :?> IVector
      { new VectorCallSite<IVector> with
          member _.Invoke(_: IVector<'T>) =
            init values.Length (fun i ->
              match values[i] with
              | null -> OptionalValue<'T>.Missing
              | v -> OptionalValue(Conversion.convert<'T> ConversionKind.Flexible v)) }
      |> empty.Invoke

  /// A typed vector of boxed values: their own type where they share one, float or another common type for mixed numbers, else objects.
  let ofObjects (values: obj[]) : IVector =
    let kinds = HashSet<Type>()
    for v in values do
      if not (isNull v) then kinds.Add(v.GetType()) |> ignore
    ofTyped (Conversion.commonSupertype kinds) values

  let ofObjectsAs (target: Type) (values: obj[]) : IVector = ofTyped target values

  /// Several vectors one after the other, as the nearest type that holds the values of all. A part without a vector is missing.
  let concat (parts: (int * IVector)[]) : IVector =
    let vectors = parts |> Array.map (fun (length, v) -> length, (if isNull v then null else unboxed v))
    let target = vectors |> Seq.choose (fun (_, v) -> if isNull v then None else Some v.ElementType) |> Conversion.commonSupertype
    let count = parts |> Array.sumBy fst
    let witness = vectors |> Array.tryPick (fun (_, v) -> if not (isNull v) && v.ElementType = target then Some v else None)
    match witness with
    | Some witness ->
        { new VectorCallSite<IVector> with
            member _.Invoke(_: IVector<'T>) =
              let values = Array.zeroCreate<'T> count
              let present = Array.zeroCreate<bool> count
              let mutable at = 0
              for length, v in vectors do
                if not (isNull v) then
                  let typed = convert<'T> ConversionKind.Flexible v
                  for i in 0 .. length - 1 do
                    let x = typed.GetValue i
                    values[at + i] <- x.ValueOrDefault
                    present[at + i] <- x.HasValue
                at <- at + length
              ArrayVector(values, (if Array.forall id present then null else present)) }
        |> witness.Invoke
    | None ->
        vectors
        |> Array.collect (fun (length, v) -> Array.init length (fun i -> if isNull v then null else (v.GetObject i).ValueOrDefault))
        |> ofTyped target

  /// Missing values become the nearest value before them (Forward) or after them (Backward).
  let fill direction (vector: IVector) : IVector =
    let count = int vector.Length
    let sources = Array.create count -1
    let mutable last = -1
    let visit i =
      if vector.HasValue i then last <- i
      sources[i] <- last
    if direction = Direction.Forward then (for i in 0 .. count - 1 do visit i) else (for i in count - 1 .. -1 .. 0 do visit i)
    vector.Relocate sources

  let sameValues (left: IVector) (right: IVector) =
    left.Length = right.Length && Seq.forall (fun i -> (left.GetObject i).Equals(right.GetObject i)) (seq { 0 .. int left.Length - 1 })
