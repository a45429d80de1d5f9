namespace Deedle

open System
open System.Collections.Generic
open System.Globalization
open System.IO
open CsvHelper
open CsvHelper.Configuration

/// One column of a CSV file while it is read: text in, a typed vector out.
type internal ICsvColumn =
  /// Parses the text of one row; false where it is neither a value nor a missing one.
  abstract TryAdd: string -> bool
  abstract ToVector: unit -> IVector
  abstract TypeName: string

type internal CsvColumn<'T>(typeName: string, missing: HashSet<string>, parse: string -> OptionalValue<'T>) =
  let values = ResizeArray<OptionalValue<'T>>()
  interface ICsvColumn with
    member _.TypeName = typeName
    member _.TryAdd text =
      let trimmed = text.Trim()
      if trimmed = "" || missing.Contains trimmed then
        values.Add OptionalValue<'T>.Missing
        true
      else
        let parsed = parse text
        if parsed.HasValue then values.Add parsed
        parsed.HasValue
    member _.ToVector() = Vector.ofOptionalValues (values.ToArray()) :> IVector

/// Which type a column of text has.
module internal CsvTypes =
  let private ofTry (success: bool, value: 'T) = if success then OptionalValue value else OptionalValue<'T>.Missing

  let parseBool (text: string) =
    match text.Trim().ToLowerInvariant() with
    | "true" | "yes" | "1" -> OptionalValue true
    | "false" | "no" | "0" -> OptionalValue false
    | _ -> OptionalValue<bool>.Missing
  let parseInt (culture: CultureInfo) (text: string) = Int32.TryParse(text, NumberStyles.Integer, culture) |> ofTry
  let parseInt64 (culture: CultureInfo) (text: string) = Int64.TryParse(text, NumberStyles.Integer, culture) |> ofTry
  let parseDecimal (culture: CultureInfo) (text: string) = Decimal.TryParse(text, NumberStyles.Number, culture) |> ofTry
  let parseFloat (culture: CultureInfo) (text: string) =
    Double.TryParse(text, NumberStyles.Float ||| NumberStyles.AllowThousands, culture) |> ofTry
  let parseDate (culture: CultureInfo) (text: string) = DateTime.TryParse(text, culture, DateTimeStyles.RoundtripKind) |> ofTry

  let column culture missing name : ICsvColumn =
    match name with
    | "bool" -> CsvColumn("bool", missing, parseBool)
    | "int" -> CsvColumn("int", missing, parseInt culture)
    | "int64" -> CsvColumn("int64", missing, parseInt64 culture)
    | "decimal" -> CsvColumn("decimal", missing, parseDecimal culture)
    | "float" -> CsvColumn("float", missing, parseFloat culture)
    | "date" -> CsvColumn("date", missing, parseDate culture)
    | "string" -> CsvColumn("string", missing, OptionalValue)
    | other -> invalidArg "schema" $"The column type '{other}' is unknown; expected bool, int, int64, decimal, float, date or string."

  /// The narrowest type that all values have, in the order bool, int, int64, decimal, float, date, string.
  let infer culture (missing: HashSet<string>) (values: seq<string>) =
    let present = values |> Seq.filter (fun v -> v.Trim() <> "" && not (missing.Contains(v.Trim()))) |> Array.ofSeq
    let isMissing = Seq.length values > present.Length
    let all (parse: string -> OptionalValue<'T>) = present |> Array.forall (fun v -> (parse v).HasValue)
    if present.Length = 0 then "string"
    elif all parseBool then "bool"
    elif all (parseInt culture) then "int"
    elif all (parseInt64 culture) then "int64"
    // A decimal column with gaps becomes float, whose missing value is NaN.
    elif all (parseDecimal culture) then (if isMissing then "float" else "decimal")
    elif all (parseFloat culture) then "float"
    elif all (parseDate culture) then "date"
    else "string"

  /// A schema "a=float,b=string" names columns; "int,float" goes by position, an empty entry infers.
  let overrides (schema: string) (headers: string[]) : string option[] =
    let result = Array.create headers.Length None
    if not (String.IsNullOrWhiteSpace schema) then
      schema.Split(',')
      |> Array.iteri (fun i entry ->
        match entry.Split('=') with
        | [| name; kind |] ->
            match headers |> Array.tryFindIndex (fun h -> h.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)) with
            | Some at -> result[at] <- Some(kind.Trim())
            | None -> invalidArg (nameof schema) $"The schema names column '{name.Trim()}', which the file lacks; the nearest are {Nearest.names (box name) headers}."
        | [| kind |] when kind.Trim() = "" -> ()
        | [| kind |] when i < headers.Length -> result[i] <- Some(kind.Trim())
        | _ -> invalidArg (nameof schema) $"The schema entry '{entry}' is neither 'type' nor 'column=type' for one of the {headers.Length} columns.")
    result

/// Reads and writes frames as comma-separated values.
module internal Csv =
  let defaultMissing = [| "NaN"; "NA"; "N/A"; "#N/A"; ":"; "-"; "TBA"; "TBD" |]

  let private configuration separator =
    CsvConfiguration(CultureInfo.InvariantCulture, Delimiter = separator, HasHeaderRecord = false, NewLine = Environment.NewLine, BadDataFound = null, IgnoreBlankLines = true)

  /// Distinct non-empty headings: an empty one becomes Column1, Column2, ...; ArgumentException for a repeated one.
  let private checkedHeaders (headers: string[]) =
    let named = headers |> Array.mapi (fun i h -> if String.IsNullOrWhiteSpace h then $"Column{i + 1}" else h)
    for name, count in Array.countBy id named do
      if count > 1 then invalidArg "reader" $"The CSV has {count} columns named '{name}'; give each column its own heading."
    named

  let read (reader: TextReader) hasHeaders inferTypes inferRows schema separators (cultureName: string) (maxRows: int option) (missingValues: string[]) : Frame<int, string> =
    let culture = CultureInfo.GetCultureInfo(if isNull cultureName then "" else cultureName)
    let missing = HashSet(if isNull missingValues then defaultMissing else missingValues)
    use parser = new CsvParser(reader, configuration (if String.IsNullOrEmpty separators then "," else separators))
    let first = if parser.Read() then parser.Record else [||]
    let headers = if hasHeaders then checkedHeaders first else Array.init first.Length (fun i -> $"Column{i + 1}")
    let limit = defaultArg maxRows Int32.MaxValue
    let mutable rowCount = 0
    let next () =
      if rowCount < limit && parser.Read() then
        let row = parser.Record
        if row.Length <> headers.Length then
          raise (FormatException $"Line {parser.RawRow} of the CSV has {row.Length} fields, but there are {headers.Length} columns ({String.Join(separators, headers)}).")
        rowCount <- rowCount + 1
        Some row
      else None
    let sample = ResizeArray<string[]>()
    if not hasHeaders && first.Length > 0 && limit > 0 then
      sample.Add first
      rowCount <- 1
    let mutable more = true
    while more && (inferRows <= 0 || sample.Count < inferRows) do
      match next () with
      | Some row -> sample.Add row
      | None -> more <- false
    let columns =
      CsvTypes.overrides schema headers
      |> Array.mapi (fun i kind ->
        match kind with
        | Some kind -> kind
        | None when inferTypes -> CsvTypes.infer culture missing (sample |> Seq.map (fun row -> row[i]))
        | None -> "string"
        |> CsvTypes.column culture missing)
    let add line (row: string[]) =
      for i in 0 .. columns.Length - 1 do
        if not (columns[i].TryAdd row[i]) then
          raise (FormatException(
            $"Row {line} of the CSV, column '{headers[i]}': '{row[i]}' is not of type {columns[i].TypeName}. "
             + "Read more rows for the inference (inferRows: 0 for all), give the column's type in the schema, or list the text in missingValues."))
    sample |> Seq.iteri (fun i row -> add (i + 1) row)
    let mutable row = next ()
    while row.IsSome do
      add rowCount row.Value
      row <- next ()
    Frame<int, string>(Index.ordinal rowCount, Index.ofKeys headers, columns |> Array.map _.ToVector())

  /// The separator to write: the given one, else tabs for a .tsv file, else commas.
  let separator (given: char) (path: string) =
    if given <> '\000' then string given
    elif path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) then "\t"
    else ","

  let private text (culture: CultureInfo) (value: obj) =
    match value with
    | null -> ""
    | :? DateTime as d when d.TimeOfDay = TimeSpan.Zero -> d.ToString("d", culture)
    | :? IFormattable as f -> f.ToString(null, culture)
    | v -> string v

  let write (writer: TextWriter) (frame: Frame<'R, 'C>) includeRowKeys (keyNames: seq<string>) (separator: string) (culture: CultureInfo) =
    let culture = if isNull culture then CultureInfo.InvariantCulture else culture
    let levels = Levels.count frame.RowKeys
    let names =
      match keyNames with
      | null when levels = 1 -> [ "Key" ]
      | null -> [ for i in 1 .. levels -> $"Key #{i}" ]
      | names when Seq.length names <> levels -> invalidArg (nameof keyNames) $"The row keys have {levels} levels; got {Seq.length names} names for them."
      | names -> List.ofSeq names
    use csv = new CsvWriter(writer, configuration separator, true)
    if includeRowKeys then names |> List.iter csv.WriteField
    for key in frame.ColumnKeys do
      csv.WriteField(Levels.ofKey (box key) |> List.map (text culture) |> String.concat " - ")
    csv.NextRecord()
    for i in 0 .. frame.RowCount - 1 do
      if includeRowKeys then
        for level in Levels.ofKey (box frame.RowIndex.Keys[i]) do csv.WriteField(text culture level)
      for column in frame.Data do csv.WriteField(text culture (column.GetObject i).ValueOrDefault)
      csv.NextRecord()
    csv.Flush()
