namespace Deedle

open System
open Deedle.Indices

/// A series of values of any type, such as a row or column of a frame, read with a type at each access.
type ObjectSeries<'K when 'K: equality> internal (index: IIndex<'K>, vector: IVector<obj>) =
  inherit Series<'K, obj>(index, vector)
  new(series: Series<'K, obj>) = ObjectSeries(series.Index, series.Vector)

  /// The same, with the key in the message of a value that does not fit.
  member private _.ConvertAt<'R>(key: 'K, kind, value: obj) : 'R =
    try Conversion.convert<'R> kind value
    with
    | :? InvalidCastException as e -> raise (InvalidCastException($"Key '{key}': {e.Message}", e))
    | :? FormatException as e -> raise (FormatException($"Key '{key}': {e.Message}", e))

  /// The value of a key as type 'R; an exception as from System.Convert where it does not fit, KeyNotFoundException where there is no such key.
  member this.GetAs<'R>(column: 'K) : 'R = this.ConvertAt<'R>(column, ConversionKind.Flexible, this.Get column)
  /// The value of a key as type 'R, or fallback where it is missing.
  member this.GetAs<'R>(column: 'K, fallback: 'R) : 'R =
    let value = this.TryGet column
    if value.HasValue then this.ConvertAt<'R>(column, ConversionKind.Flexible, value.Value)
    elif index.Locate column >= 0 then fallback
    else this.GetAs<'R> column
  member this.TryGetAs<'R>(column: 'K) : OptionalValue<'R> = this.TryGetAs<'R>(column, ConversionKind.Flexible)
  member this.TryGetAs<'R>(column: 'K, conversionKind: ConversionKind) : OptionalValue<'R> =
    let value = this.TryGet column
    if value.HasValue then OptionalValue(this.ConvertAt<'R>(column, conversionKind, value.Value)) else OptionalValue<'R>.Missing
  member this.GetAtAs<'R>(index: int) : 'R = this.GetAtAs<'R>(index, ConversionKind.Flexible)
  member this.GetAtAs<'R>(index: int, conversionKind: ConversionKind) : 'R = this.ConvertAt<'R>(this.GetKeyAt index, conversionKind, this.GetAt index)
  /// The values that can be read as type 'R; the others are left out.
  member this.GetValues<'R>(conversionKind: ConversionKind) : seq<'R> =
    this.Values
    |> Seq.choose (fun v ->
      if not (Conversion.canConvert<'R> conversionKind (v.GetType())) then None
      else
        try Some(Conversion.convert<'R> conversionKind v)
        with :? InvalidCastException | :? FormatException | :? OverflowException -> None)
  member this.GetValues<'R>() : seq<'R> = this.GetValues<'R> ConversionKind.Safe
  /// row?Name is the value of "Name" as float, NaN where it is missing.
  static member (?)(series: ObjectSeries<string>, name: string) : float = series.GetAs<float>(name, nan)
  /// The whole series as type 'R where its values can be read so.
  member _.TryAs<'R>(conversionKind: ConversionKind) : OptionalValue<Series<'K, 'R>> =
    Vector.tryConvert<'R> conversionKind vector |> OptionalValue.map (fun converted -> Series<'K, 'R>(index, converted))
  member this.TryAs<'R>() : OptionalValue<Series<'K, 'R>> = this.TryAs<'R> ConversionKind.Safe
  /// The whole series as type 'R; an exception as from System.Convert where a value does not fit.
  member _.As<'R>() : Series<'K, 'R> = Series<'K, 'R>(index, Vector.convert<'R> ConversionKind.Flexible vector)
