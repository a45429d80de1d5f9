namespace Deedle

open System
open System.Collections.Generic
open System.Globalization
open System.IO
open Deedle.Keys

/// Writes frames as comma-separated values.
module internal CsvWriter =
  /// The separator to write: the given one, else tabs for a .tsv file, else commas.
  let separator (given: char) (path: string) =
    if given <> '\000' then given
    elif path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) then '\t'
    else ','

  let private text (culture: CultureInfo) (value: obj) =
    match value with
    | null -> ""
    | :? DateTime as d when d.TimeOfDay = TimeSpan.Zero -> d.ToString("d", culture)
    | :? DateTime as d -> d.ToString culture
    | :? DateTimeOffset as d -> d.ToString("yyyy-MM-ddTHH\\:mm\\:ss.fffffffzzz", culture)
    | :? IFormattable as f -> f.ToString(null, culture)
    | v -> string v

  /// Quoted where the field could be read otherwise.
  let private quoted (separator: char) (field: string) =
    if field.AsSpan().IndexOfAny("\",;\t \r\n".AsSpan()) < 0 && not (field.Contains separator) then field
    else "\"" + field.Replace("\"", "\"\"") + "\""

  let write (writer: TextWriter) (frame: Frame<'R, 'C>) includeRowKeys (keyNames: seq<string>) (separator: char) (culture: CultureInfo) =
    let culture = if isNull culture then CultureInfo.InvariantCulture else culture
    let levels = Levels.count frame.RowKeys
    let names =
      match keyNames with
      | null when levels = 1 -> [ "Key" ]
      | null -> [ for i in 1 .. levels -> $"Key #{i}" ]
      | names when Seq.length names <> levels ->
          invalidArg (nameof keyNames) $"The row keys have {levels} levels; got {Seq.length names} names for them."
      | names -> List.ofSeq names
    // Dates are never quoted, as upstream: they hold no separator but a space.
    let field (value: obj) = match value with :? DateTime -> text culture value | v -> quoted separator (text culture v)
    let line (fields: seq<string>) = writer.WriteLine(String.Join(separator, fields))
    line
      [ if includeRowKeys then
          for name in names do quoted separator name
        for key in frame.ColumnKeys do
          Levels.ofKey (box key) |> List.map (text culture) |> String.concat " - " |> quoted separator ]
    let keys = Deedle.Indices.Index.keys frame.RowIndex
    for i in 0 .. frame.RowCount - 1 do
      line
        [ if includeRowKeys then
            for level in Levels.ofKey (box keys[i]) do field level
          for column in frame.Data do field (column.GetObject i).ValueOrDefault ]
