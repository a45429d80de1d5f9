namespace Deedle

open System
open System.Collections.Generic
open System.Globalization

/// One column of a CSV file while it is read: text in, a typed vector out.
[<AbstractClass>]
type internal CsvColumn() =
  /// Reads the text of one row; false where it is neither a value nor stands for a missing one.
  abstract TryAdd: ReadOnlySpan<char> -> bool
  abstract ToVector: unit -> IVector

/// Values of one type in an array that grows.
[<AbstractClass>]
type internal CsvColumn<'T>() =
  inherit CsvColumn()
  let mutable values: 'T[] = Array.zeroCreate 1024
  let mutable missing: ResizeArray<int> = null
  let mutable count = 0
  member _.Add(value: 'T) =
    if count = values.Length then Array.Resize(&values, 2 * count)
    values[count] <- value
    count <- count + 1
  member this.AddMissing() =
    if isNull missing then missing <- ResizeArray()
    missing.Add count
    this.Add Unchecked.defaultof<'T>
  override _.ToVector() =
    let trimmed = Array.sub values 0 count
    if isNull missing then ArrayVector(trimmed, null) :> IVector
    else
      let present = Array.create count true
      for i in missing do present[i] <- false
      ArrayVector(trimmed, present)

/// Numbers, dates and flags: an empty field and the given texts are missing.
[<AbstractClass>]
type internal CsvParsedColumn<'T>(options: CsvOptions) =
  inherit CsvColumn<'T>()
  abstract TryParse: ReadOnlySpan<char> * byref<'T> -> bool
  override this.TryAdd text =
    let mutable value = Unchecked.defaultof<'T>
    if this.TryParse(text, &value) then
      this.Add value
      true
    else
      let trimmed = text.Trim()
      let stands = trimmed.IsEmpty || options.MissingValues.Contains(trimmed.ToString())
      if stands then this.AddMissing()
      stands

/// Text as it stands. Equal texts share one string while there are few of them.
type internal CsvTextColumn() =
  inherit CsvColumn<string>()
  let known = HashSet<string>()
  let lookup = known.GetAlternateLookup<ReadOnlySpan<char>>()
  override this.TryAdd text =
    let mutable found: string = null
    if not (lookup.TryGetValue(text, &found)) then
      found <- text.ToString()
      if known.Count < 4096 then known.Add found |> ignore
    this.Add found
    true

module internal CsvColumns =
  let private isWord (word: string) (text: ReadOnlySpan<char>) = text.Equals(word.AsSpan(), StringComparison.OrdinalIgnoreCase)
  let isTrue (text: ReadOnlySpan<char>) = isWord "true" text || isWord "yes" text || isWord "1" text
  let isFalse (text: ReadOnlySpan<char>) = isWord "false" text || isWord "no" text || isWord "0" text

  /// An empty column of the type with that name.
  let create (options: CsvOptions) (typeName: string) : CsvColumn =
    let culture = options.Culture
    match typeName with
    | "bool" ->
        { new CsvParsedColumn<bool>(options) with
            member _.TryParse(text, value) =
              let trimmed = text.Trim()
              value <- isTrue trimmed
              value || isFalse trimmed }
    | "int" -> { new CsvParsedColumn<int>(options) with member _.TryParse(text, value) = Int32.TryParse(text, NumberStyles.Integer, culture, &value) }
    | "int64" ->
        { new CsvParsedColumn<int64>(options) with member _.TryParse(text, value) = Int64.TryParse(text, NumberStyles.Integer, culture, &value) }
    | "decimal" ->
        { new CsvParsedColumn<decimal>(options) with member _.TryParse(text, value) = Decimal.TryParse(text, NumberStyles.Number, culture, &value) }
    | "float" ->
        { new CsvParsedColumn<float>(options) with
            member _.TryParse(text, value) =
              Double.TryParse(text, NumberStyles.Float ||| NumberStyles.AllowThousands, culture, &value) && not (Double.IsNaN value) }
    | "date" ->
        { new CsvParsedColumn<DateTime>(options) with
            member _.TryParse(text, value) =
              DateTime.TryParse(text, culture, DateTimeStyles.AllowWhiteSpaces ||| DateTimeStyles.RoundtripKind, &value) }
    | "guid" -> { new CsvParsedColumn<Guid>(options) with member _.TryParse(text, value) = Guid.TryParse(text, &value) }
    | "string" -> CsvTextColumn()
    | other -> invalidArg "schema" $"The column type '{other}' is unknown; expected bool, int, int64, decimal, float, date, guid or string."
