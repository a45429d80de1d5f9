namespace Deedle

open System

/// What counts as missing: NaN, null, a Nullable or an option without value.
module internal MissingValues =
  let isMissing<'T> : 'T -> bool =
    if typeof<'T> = typeof<float> then unbox<'T -> bool> (box (fun (v: float) -> Double.IsNaN v))
    elif typeof<'T> = typeof<float32> then unbox<'T -> bool> (box (fun (v: float32) -> Single.IsNaN v))
    elif typeof<'T>.IsValueType && isNull (Nullable.GetUnderlyingType typeof<'T>) then fun _ -> false
    else fun v -> isNull (box v)

  /// Whether a value of the type can be missing by itself.
  let canBeMissing<'T> =
    typeof<'T> = typeof<float> || typeof<'T> = typeof<float32> || not typeof<'T>.IsValueType
    || not (isNull (Nullable.GetUnderlyingType typeof<'T>))
