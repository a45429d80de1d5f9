namespace Deedle

open System
open System.Collections.Generic
open System.Globalization

/// Conversion of single values between column types.
module internal Conversion =
  /// The numeric types that each type may be widened to, nearest first.
  let private wider =
    dict [
      typeof<uint8>, [ typeof<int16>; typeof<int>; typeof<int64>; typeof<decimal>; typeof<float32>; typeof<float> ]
      typeof<int8>, [ typeof<int16>; typeof<int>; typeof<int64>; typeof<decimal>; typeof<float32>; typeof<float> ]
      typeof<uint16>, [ typeof<int>; typeof<int64>; typeof<decimal>; typeof<float32>; typeof<float> ]
      typeof<int16>, [ typeof<int>; typeof<int64>; typeof<decimal>; typeof<float32>; typeof<float> ]
      typeof<uint32>, [ typeof<int64>; typeof<decimal>; typeof<float32>; typeof<float> ]
      typeof<int>, [ typeof<int64>; typeof<decimal>; typeof<float32>; typeof<float> ]
      typeof<uint64>, [ typeof<decimal>; typeof<float32>; typeof<float> ]
      typeof<int64>, [ typeof<decimal>; typeof<float32>; typeof<float> ]
      typeof<decimal>, [ typeof<float32>; typeof<float> ]
      typeof<float32>, [ typeof<float> ] ]

  let private isSafe (source: Type) (target: Type) =
    match wider.TryGetValue source with
    | true, targets -> List.contains target targets
    | _ -> false

  let isNumeric (kind: Type) = kind = typeof<float> || wider.ContainsKey kind

  /// Whether a value of type source can be read as 'T (not yet whether its text is a number).
  let canConvert<'T> kind (source: Type) =
    typeof<'T>.IsAssignableFrom source
    || (match kind with
        | ConversionKind.Exact -> false
        | ConversionKind.Safe -> isSafe source typeof<'T>
        | _ -> typeof<IConvertible>.IsAssignableFrom source)

  /// The value as 'T; InvalidCastException, FormatException or OverflowException, as System.Convert raises them, with the value in the message.
  let convert<'T> kind (value: obj) : 'T =
    match value with
    | :? 'T as v -> v
    | null -> raise (InvalidCastException $"A null value cannot be read as {typeof<'T>.Name}.")
    | v when kind = ConversionKind.Flexible || (kind = ConversionKind.Safe && isSafe (v.GetType()) typeof<'T>) ->
        let message = $"The value '{v}' ({v.GetType().Name}) cannot be read as {typeof<'T>.Name}."
        try Convert.ChangeType(v, typeof<'T>, CultureInfo.InvariantCulture) :?> 'T
        with
        | :? InvalidCastException as e -> raise (InvalidCastException(message, e))
        | :? FormatException as e -> raise (FormatException(message, e))
        | :? OverflowException as e -> raise (OverflowException(message, e))
    | v -> raise (InvalidCastException $"The value '{v}' ({v.GetType().Name}) cannot be read as {typeof<'T>.Name} without loss.")

  /// The conversions that columns need most, without boxing.
  let private unboxed =
    let table = Dictionary<struct (Type * Type), obj>()
    let add (f: 'S -> 'T) = table[struct (typeof<'S>, typeof<'T>)] <- box f
    add (fun (v: int) -> float v)
    add (fun (v: int64) -> float v)
    add (fun (v: float32) -> float v)
    add (fun (v: decimal) -> float v)
    add (fun (v: int) -> int64 v)
    add (fun (v: bool) -> if v then 1.0 else 0.0)
    table

  /// The conversion from 'S to 'T without boxing, where there is one and the kind allows it.
  let tryUnboxed<'S, 'T> kind : ('S -> 'T) option =
    if kind = ConversionKind.Exact || (kind = ConversionKind.Safe && not (isSafe typeof<'S> typeof<'T>)) then None
    else
      match unboxed.TryGetValue(struct (typeof<'S>, typeof<'T>)) with
      | true, f -> Some(unbox<'S -> 'T> f)
      | _ -> None

  let private integers = [ typeof<uint8>; typeof<int8>; typeof<int16>; typeof<uint16>; typeof<int> ]
  let private longIntegers = integers @ [ typeof<uint32>; typeof<int64> ]
  let private numbers = longIntegers @ [ typeof<decimal>; typeof<uint64>; typeof<float32>; typeof<float> ]

  /// The nearest type that can hold values of both.
  let private common (left: Type) (right: Type) =
    let both types = List.contains left types && List.contains right types
    if left = right then left
    elif left.IsAssignableFrom right then left
    elif right.IsAssignableFrom left then right
    elif both integers then typeof<int>
    elif both longIntegers then typeof<int64>
    elif both numbers then typeof<float>
    elif both [ typeof<char>; typeof<string> ] then typeof<string>
    else typeof<obj>

  /// The nearest type that can hold values of all; obj where there are none.
  let commonSupertype (types: seq<Type>) =
    types |> Seq.distinct |> Seq.fold (fun found t -> if isNull found then t else common found t) null |> function null -> typeof<obj> | t -> t
