namespace Deedle

open System
open System.Collections.Generic
open System.IO
open System.Runtime.InteropServices
open System.Text
open Deedle.Indices

/// Makes frames.
[<AbstractClass; Sealed>]
type Frame =
  static member CreateEmpty<'R, 'C when 'R: equality and 'C: equality>() : Frame<'R, 'C> = Frame.empty<'R, 'C>
  /// A frame without columns.
  static member FromRowKeys<'K when 'K: equality>(keys: seq<'K>) : Frame<'K, string> =
    Frame<'K, string>(Index.ofKeys (Array.ofSeq keys), Index.ofUnique [||], [||])
  /// A row for each record, a column for each property; NaN, null and empty Nullables are missing.
  static member FromRecords(values: seq<'T>) : Frame<int, string> =
    let records = Array.ofSeq values
    Construction.ofRecords records (Index.ordinal records.Length)
  static member FromRecords(series: Series<'K, 'R>) : Frame<'K, string> =
    let observations = Array.ofSeq series.Observations
    Construction.ofRecords (observations |> Array.map _.Value) (Index.ofKeys (observations |> Array.map _.Key))
  static member FromColumns(columns: seq<KeyValuePair<'ColKey, Series<'RowKey, 'V>>>) : Frame<'RowKey, 'ColKey> = Construction.ofColumns columns
  static member FromColumns(columns: seq<KeyValuePair<'ColKey, ObjectSeries<'RowKey>>>) : Frame<'RowKey, 'ColKey> = Construction.ofColumns columns
  static member FromColumns(cols: Series<'TColKey, Series<'TRowKey, 'V>>) : Frame<'TRowKey, 'TColKey> = FrameRows.ofColumns cols
  static member FromColumns(cols: Series<'TColKey, ObjectSeries<'TRowKey>>) : Frame<'TRowKey, 'TColKey> = FrameRows.ofColumns cols
  static member FromColumns(cols: seq<Series<'RowKey, 'V>>) : Frame<'RowKey, int> =
    cols |> Seq.mapi (fun i c -> KeyValuePair(i, c)) |> Construction.ofColumns
  static member FromRows(rows: seq<KeyValuePair<'RowKey, Series<'ColKey, 'V>>>) : Frame<'RowKey, 'ColKey> = Construction.ofRows rows
  static member FromRows(rows: seq<KeyValuePair<'RowKey, ObjectSeries<'ColKey>>>) : Frame<'RowKey, 'ColKey> = Construction.ofRows rows
  static member FromRows(rows: Series<'TRowKey, Series<'TColKey, 'V>>) : Frame<'TRowKey, 'TColKey> = FrameRows.ofSeries rows
  static member FromRows(rows: Series<'TRowKey, ObjectSeries<'TColKey>>) : Frame<'TRowKey, 'TColKey> = FrameRows.ofSeries rows
  static member FromRows(rows: seq<Series<'ColKey, 'V>>) : Frame<int, 'ColKey> =
    rows |> Seq.mapi (fun i r -> KeyValuePair(i, r)) |> Construction.ofRows
  /// A frame of cells, each given by its column key, row key and value.
  static member FromValues(values: seq<'T>, colSel: Func<'T, 'C>, rowSel: Func<'T, 'R>, valSel: Func<'T, 'V>) : Frame<'R, 'C> =
    Construction.ofValues values colSel.Invoke rowSel.Invoke valSel.Invoke
  /// A frame of cells: row key, column key, value.
  static member FromValues(values: seq<Tuple<'R, 'C, 'V>>) : Frame<'R, 'C> =
    Construction.ofValues values (fun (_, c, _) -> c) (fun (r, _, _) -> r) (fun (_, _, v) -> v)
  static member FromArray2D(array: 'T[,]) : Frame<int, int> = Construction.ofMatrix array
  static member FromJaggedArray(jArray: 'T[][]) : Frame<int, int> = Construction.ofJagged jArray

  /// Reads a CSV file. Types are inferred from the first inferRows rows (100; 0 reads all); empty fields and missingValues are missing.
  /// FormatException names the row and column of a field that does not fit; FileNotFoundException the path.
  static member ReadCsv
    ( location: string, [<Optional>] hasHeaders: Nullable<bool>, [<Optional>] inferTypes: Nullable<bool>, [<Optional>] inferRows: Nullable<int>,
      [<Optional>] schema: string, [<Optional>] separators: string, [<Optional>] culture: string, [<Optional>] maxRows: Nullable<int>,
      [<Optional>] missingValues: string[], [<Optional>] preferOptions: bool, [<Optional>] encoding: Encoding ) : Frame<int, string> =
    use reader = CsvReader.openFile location encoding
    let preferOptions = Nullable preferOptions
    CsvReader.read reader (CsvOptions.ofNullables hasHeaders inferTypes inferRows schema separators culture maxRows missingValues preferOptions)
  static member ReadCsv
    ( stream: Stream, [<Optional>] hasHeaders: Nullable<bool>, [<Optional>] inferTypes: Nullable<bool>, [<Optional>] inferRows: Nullable<int>,
      [<Optional>] schema: string, [<Optional>] separators: string, [<Optional>] culture: string, [<Optional>] maxRows: Nullable<int>,
      [<Optional>] missingValues: string[], [<Optional>] preferOptions: Nullable<bool>, [<Optional>] encoding: Encoding ) : Frame<int, string> =
    use reader = new StreamReader(stream, (if isNull encoding then Encoding.UTF8 else encoding))
    CsvReader.read reader (CsvOptions.ofNullables hasHeaders inferTypes inferRows schema separators culture maxRows missingValues preferOptions)

/// Makes frames from F#.
[<AutoOpen>]
module FrameConstruction =
  type Frame with
    static member ofColumns(cols: seq<'C * #ISeries<'R>>) : Frame<'R, 'C> = cols |> Seq.map KeyValuePair |> Construction.ofColumns
    static member ofColumns(cols: Series<'C, #ISeries<'R>>) : Frame<'R, 'C> = FrameRows.ofColumns cols
    static member ofRows(rows: seq<'R * #ISeries<'C>>) : Frame<'R, 'C> = rows |> Seq.map KeyValuePair |> Construction.ofRows
    static member ofRows(rows: Series<'R, #ISeries<'C>>) : Frame<'R, 'C> = FrameRows.ofSeries rows
    static member ofRowsOrdinal(rows: seq<#Series<'K, 'V>>) : Frame<int64, 'K> =
      rows |> Seq.mapi (fun i row -> KeyValuePair(int64 i, row)) |> Construction.ofRows
    static member ofRecords(values: seq<'T>) : Frame<int, string> = Frame.FromRecords values
    static member ofRecords(series: Series<'K, 'R>) : Frame<'K, string> = Frame.FromRecords series
    static member ofRowKeys(keys: seq<'R>) : Frame<'R, string> = Frame.FromRowKeys keys
    static member ofValues(values: seq<'R * 'C * 'V>) : Frame<'R, 'C> = Frame.FromValues values
    static member ofArray2D(array: 'T[,]) : Frame<int, int> = Frame.FromArray2D array
    static member ofJaggedArray(jArray: 'T[][]) : Frame<int, int> = Frame.FromJaggedArray jArray

    static member ReadCsv
      ( path: string, ?hasHeaders: bool, ?inferTypes: bool, ?inferRows: int, ?schema: string, ?separators: string, ?culture: string, ?maxRows: int,
        ?missingValues: string[], ?preferOptions: bool, ?encoding: Encoding ) : Frame<int, string> =
      use reader = CsvReader.openFile path (Option.toObj encoding)
      CsvReader.read reader (CsvOptions.ofOptions hasHeaders inferTypes inferRows schema separators culture maxRows missingValues preferOptions)
    /// The values of the column indexCol become the row keys.
    static member ReadCsv<'R when 'R: equality>
      ( path: string, indexCol: string, ?hasHeaders: bool, ?inferTypes: bool, ?inferRows: int, ?schema: string, ?separators: string, ?culture: string,
        ?maxRows: int, ?missingValues: string[], ?preferOptions: bool, ?encoding: Encoding ) : Frame<'R, string> =
      use reader = CsvReader.openFile path (Option.toObj encoding)
      CsvReader.read reader (CsvOptions.ofOptions hasHeaders inferTypes inferRows schema separators culture maxRows missingValues preferOptions)
      |> Frame.indexRows indexCol
    static member ReadCsv
      ( stream: Stream, ?hasHeaders: bool, ?inferTypes: bool, ?inferRows: int, ?schema: string, ?separators: string, ?culture: string, ?maxRows: int,
        ?missingValues: string[], ?preferOptions: bool, ?encoding: Encoding ) : Frame<int, string> =
      use reader = new StreamReader(stream, defaultArg encoding Encoding.UTF8)
      CsvReader.read reader (CsvOptions.ofOptions hasHeaders inferTypes inferRows schema separators culture maxRows missingValues preferOptions)
    static member ReadCsv
      ( reader: TextReader, ?hasHeaders: bool, ?inferTypes: bool, ?inferRows: int, ?schema: string, ?separators: string, ?culture: string,
        ?maxRows: int, ?missingValues: string[], ?preferOptions: bool ) : Frame<int, string> =
      CsvReader.read reader (CsvOptions.ofOptions hasHeaders inferTypes inferRows schema separators culture maxRows missingValues preferOptions)
    static member ReadCsvString
      ( csvString: string, ?hasHeaders: bool, ?inferTypes: bool, ?inferRows: int, ?schema: string, ?separators: string, ?culture: string,
        ?maxRows: int, ?missingValues: string[], ?preferOptions: bool ) : Frame<int, string> =
      use reader = new StringReader(csvString)
      CsvReader.read reader (CsvOptions.ofOptions hasHeaders inferTypes inferRows schema separators culture maxRows missingValues preferOptions)

  /// A key with its value.
  let (=>) (a: 'A) (b: 'B) = a, b
  /// A key with a series of any value type, so that columns of different types can stand in one list.
  let (=?>) (a: 'A) (b: ISeries<'K>) = a, b
  /// A frame from columns: frame [ "a" => series ... ].
  let frame (columns: seq<'C * #ISeries<'R>>) : Frame<'R, 'C> = columns |> Seq.map KeyValuePair |> Construction.ofColumns

/// Collects columns or rows for a frame, for C#'s collection initialisers.
module FrameBuilder =
  type Columns<'R, 'C when 'R: equality and 'C: equality>() =
    let columns = ResizeArray<KeyValuePair<'C, ISeries<'R>>>()
    member _.Add(key: 'C, value: ISeries<'R>) = columns.Add(KeyValuePair(key, value))
    member _.Frame : Frame<'R, 'C> = Construction.ofColumns columns
    interface IEnumerable<KeyValuePair<'C, ISeries<'R>>> with
      member _.GetEnumerator() : IEnumerator<KeyValuePair<'C, ISeries<'R>>> = columns.GetEnumerator()
      member _.GetEnumerator() : System.Collections.IEnumerator = columns.GetEnumerator()

  type Rows<'R, 'C when 'R: equality and 'C: equality>() =
    let rows = ResizeArray<KeyValuePair<'R, ISeries<'C>>>()
    member _.Add(key: 'R, value: ISeries<'C>) = rows.Add(KeyValuePair(key, value))
    member _.Frame : Frame<'R, 'C> = Construction.ofRows rows
    interface IEnumerable<KeyValuePair<'R, ISeries<'C>>> with
      member _.GetEnumerator() : IEnumerator<KeyValuePair<'R, ISeries<'C>>> = rows.GetEnumerator()
      member _.GetEnumerator() : System.Collections.IEnumerator = rows.GetEnumerator()
