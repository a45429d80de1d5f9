namespace Deedle

open System
open System.IO
open System.Text
open Deedle.Indices
open nietras.SeparatedValues

/// Reads frames from comma-separated values.
module internal CsvReader =
  let openFile (path: string) (encoding: Encoding) : TextReader =
    if not (File.Exists path) then raise (FileNotFoundException($"There is no CSV file '{path}'.", path))
    new StreamReader(path, (if isNull encoding then Encoding.UTF8 else encoding))

  /// The rows of the file, blank lines left out, each with the fields that the first row has.
  type private Rows(reader: SepReader, separator: char) =
    let mutable headers: string[] = null
    /// Moves to the next row that is not blank.
    member _.Next() =
      let mutable more = reader.MoveNext()
      while more && reader.Current.Span.IsEmpty do more <- reader.MoveNext()
      if more && not (isNull headers) && reader.Current.ColCount <> headers.Length then
        raise (FormatException(
          $"Line {reader.Current.LineNumberFrom} of the CSV has {reader.Current.ColCount} fields, but there are {headers.Length} columns "
          + $"({String.Join(separator, headers)}). Quote fields that contain the separator '{separator}'."))
      more
    member _.Expect(names: string[]) = headers <- names
    member _.Line = reader.Current.LineNumberFrom
    member _.Texts() : string[] =
      let row = reader.Current
      let texts = Array.zeroCreate row.ColCount
      for i in 0 .. texts.Length - 1 do texts[i] <- row[i].ToString()
      texts
    member _.TryAdd(columns: CsvColumn[]) =
      let row = reader.Current
      let mutable failed = -1
      let mutable i = 0
      while i < columns.Length do
        if not (columns[i].TryAdd(row[i].Span)) then
          failed <- i
          i <- columns.Length
        i <- i + 1
      failed

  let read (text: TextReader) (options: CsvOptions) : Frame<int, string> =
    let format = SepReaderOptions(Nullable(Sep options.Separator), HasHeader = false, Unescape = true, DisableColCountCheck = true)
    use reader = format.From text
    let rows = Rows(reader, options.Separator)
    let mutable more = rows.Next()
    if not more then raise (FormatException "The CSV is empty; expected at least a line of headings.")
    let headings = rows.Texts() |> Array.map (fun text -> if options.HasHeaders then text else "") |> CsvTypes.headings
    rows.Expect(Array.map fst headings)
    if options.HasHeaders then more <- rows.Next()

    // The first rows decide the types.
    let sample = ResizeArray<struct (int * string[])>()
    let sampled = if options.InferRows > 0 then min options.InferRows options.MaxRows else options.MaxRows
    while more && sample.Count < sampled do
      sample.Add(struct (rows.Line, rows.Texts()))
      more <- rows.Next()
    let names, given = CsvTypes.schema options headings
    let types =
      given
      |> Array.mapi (fun i kind ->
        match kind with
        | Some kind -> kind
        | None when options.InferTypes -> CsvTypes.infer options (sample |> Seq.map (fun (struct (_, row)) -> row[i]))
        | None -> "string")
    let columns = types |> Array.map (CsvColumns.create options)

    let refuse (line: int) column (value: string) =
      raise (FormatException(
        $"Line {line} of the CSV, column '{names[column]}': '{value}' is not of type {types[column]}. Read more rows for the inference "
        + "(inferRows: 0 for all), give the column's type in the schema, or list the text in missingValues."))
    for struct (line, row) in sample do
      for i in 0 .. columns.Length - 1 do
        if not (columns[i].TryAdd(row[i].AsSpan())) then refuse line i row[i]
    let mutable count = sample.Count
    while more && count < options.MaxRows do
      match rows.TryAdd columns with
      | -1 -> ()
      | failed -> refuse rows.Line failed (rows.Texts()[failed])
      count <- count + 1
      more <- rows.Next()
    Frame<int, string>(Index.ordinal count, Index.ofKeys names, columns |> Array.map _.ToVector())
