namespace Deedle

open System

/// Columns as matrices.
module internal FrameArrays =
  /// What a missing value is in an array: NaN, or an error where the type has none.
  let missing<'T> () : 'T =
    if typeof<'T> = typeof<float> then unbox<'T> (box nan)
    elif typeof<'T> = typeof<float32> then unbox<'T> (box nanf)
    else invalidOp $"The frame has missing values, and {typeof<'T>.Name} has no value for them; give a default value."

  let toArray2D (data: IVector[]) rows (missing: unit -> 'T) =
    let result = Array2D.zeroCreate rows data.Length
    data
    |> Array.iteri (fun c vector ->
      let column = Vector.convert<'T> ConversionKind.Flexible vector
      for r in 0 .. rows - 1 do
        let v = column.GetValue r
        result[r, c] <- if v.HasValue then v.Value else missing ())
    result

  let jagged (matrix: 'T[,]) = Array.init (matrix.GetLength 0) (fun r -> Array.init (matrix.GetLength 1) (fun c -> matrix[r, c]))
