namespace Deedle

open System
open System.Collections
open System.Collections.Generic
open System.Runtime.CompilerServices
open Deedle.Indices

/// Makes series from F#.
[<AutoOpen>]
module SeriesConstruction =
  type Series =
    static member ofObservations(observations: seq<'K * 'V>) : Series<'K, 'V> = Series<'K, 'V>(observations |> Seq.map KeyValuePair)
    /// A series with the keys 0, 1, 2, ...
    static member ofValues(values: seq<'V>) : Series<int, 'V> =
      let values = Array.ofSeq values
      Series<int, 'V>(Index.ordinal values.Length, Vector.ofValues values)
    static member ofNullables(values: seq<Nullable<'V>>) : Series<int, 'V> =
      let values = values |> Seq.map OptionalValue.ofNullable |> Array.ofSeq
      Series<int, 'V>(Index.ordinal values.Length, Vector.ofOptionalValues values)
    static member ofOptionalObservations(observations: seq<'K * 'V option>) : Series<'K, 'V> =
      let observations = Array.ofSeq observations
      Series<'K, 'V>(Index.ofKeys (Array.map fst observations), Vector.ofOptionalValues (observations |> Array.map (snd >> OptionalValue.ofOption)))

  /// A series from keys and values: series [ "a" => 1.0; "b" => 2.0 ].
  let series (observations: seq<'K * 'V>) = Series<'K, 'V>(observations |> Seq.map KeyValuePair)

/// Makes pairs of a key and a value with type inference from C#.
[<AbstractClass; Sealed>]
type KeyValue =
  static member Create<'K, 'V>(key: 'K, value: 'V) = KeyValuePair(key, value)

/// Makes a series from C#: new SeriesBuilder&lt;string, double&gt; { { "a", 1 }, { "b", 2 } }.Series.
type SeriesBuilder<'K, 'V when 'K: equality and 'V: equality>() =
  let observations = ResizeArray<KeyValuePair<'K, 'V>>()
  member _.Add(key: 'K, value: 'V) = observations.Add(KeyValuePair(key, value))
  member _.Series = Series<'K, 'V>(observations)
  static member (?<-)(builder: SeriesBuilder<string, 'V>, name: string, value: 'V) = builder.Add(name, value)
  interface IEnumerable<KeyValuePair<'K, 'V>> with
    member _.GetEnumerator() : IEnumerator<KeyValuePair<'K, 'V>> = observations.GetEnumerator()
    member _.GetEnumerator() : IEnumerator = observations.GetEnumerator()

/// Makes a series of values of any type from C#.
type SeriesBuilder<'K when 'K: equality>() =
  inherit SeriesBuilder<'K, obj>()

/// Turns sequences into series.
[<Extension>]
type EnumerableExtensions =
  [<Extension>]
  static member ToSeries(observations: seq<KeyValuePair<'K, 'V>>) : Series<'K, 'V> = Series<'K, 'V>(observations)
  [<Extension>]
  static member ToSparseSeries(observations: seq<KeyValuePair<'K, OptionalValue<'V>>>) : Series<'K, 'V> =
    let observations = Array.ofSeq observations
    Series<'K, 'V>(Index.ofKeys (observations |> Array.map _.Key), Vector.ofOptionalValues (observations |> Array.map _.Value))
  /// A series with the keys 0, 1, 2, ...
  [<Extension>]
  static member ToOrdinalSeries(observations: seq<'V>) : Series<int, 'V> = Series.ofValues observations
