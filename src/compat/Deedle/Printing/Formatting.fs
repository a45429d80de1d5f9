namespace Deedle.Internal

open System
open System.Globalization
open System.Text
open Deedle
open Deedle.Keys

/// What F# Interactive prints.
type IFsiFormattable =
  abstract Format: unit -> string
  /// The same with a line on sizes and missing values.
  abstract FormatWithInfo: unit -> string

/// A frame that can be printed as a grid of strings.
type IFrameFormattable =
  /// The printed cells: column headings, a row of types when asked for, then the rows; elided in the middle.
  abstract InteractiveFormat: rowCount: int * columnCount: int * printTypes: bool -> string[][]
  abstract GetColLevels: unit -> int
  abstract GetRowLevels: unit -> int
  abstract GetDimensions: unit -> int * int
  abstract GetMissingValueCount: unit -> int

/// A series that can be printed as a grid of strings.
type ISeriesFormattable =
  abstract InteractiveFormat: itemCount: int -> string[][]
  abstract GetKeyLevels: unit -> int
  abstract GetKeyCount: unit -> int
  abstract GetValueCount: unit -> int

/// How frames and series are printed, always in the invariant culture.
module Formatting =
  /// How many rows are printed at the start and at the end of a long frame or series.
  let RowStartItemCount = 15
  let RowEndItemCount = 15
  /// How many columns are printed on the left and on the right of a wide frame.
  let ColumnStartItemCount = 15
  let ColumnEndItemCount = 15
  /// How many observations are printed at the start and at the end of a series that is shown in one line.
  let StartInlineItemCount = 5
  let EndInlineItemCount = 1
  /// Longer cells are cut.
  let MaxCellWidth = 50

  let private significantDigits = 6

  let formatKey (key: obj) =
    match key with
    | null -> ""
    | :? DateTime as d when d.TimeOfDay = TimeSpan.Zero -> d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
    | :? DateTime as d -> d.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
    | key -> Convert.ToString(key, CultureInfo.InvariantCulture)

  /// How many decimals a number needs to show its six leading digits, without trailing zeros.
  let private decimalsOf (value: float) =
    if value = 0.0 || not (Double.IsFinite value) || Math.Abs value >= 1e15 then 0
    else
      let magnitude = int (floor (log10 (abs value)))
      let decimals = max 0 (significantDigits - 1 - magnitude)
      let text = value.ToString("F" + string (min decimals 15), CultureInfo.InvariantCulture)
      if text.Contains '.' then text.TrimEnd('0').Length - text.IndexOf '.' - 1 else 0

  let private needsExponent (value: float) =
    value <> 0.0 && Double.IsFinite value && (abs value >= 1e15 || abs value < 1e-4)

  let private cut (text: string) =
    if text.Length > MaxCellWidth then text.Substring(0, MaxCellWidth - 3) + "..." else text

  /// The cells of one column. Floats share one number of decimals, so that their points line up.
  let internal formatColumn (values: OptionalValue<obj>[]) =
    let floats =
      values
      |> Array.choose (fun v ->
        match v.ValueOrDefault with
        | :? float as f -> Some f
        | :? float32 as f -> Some(float (f.ToString(CultureInfo.InvariantCulture)))
        | _ -> None)
    let decimals =
      match floats |> Array.filter (needsExponent >> not) with
      | [||] -> 0
      | shown ->
          // The largest value decides: a table of accuracies needs six digits, not the digits of its smallest entry.
          let largest = shown |> Array.maxBy abs
          let limit = if largest = 0.0 then 0 else max 0 (significantDigits - 1 - int (floor (log10 (abs largest))))
          shown |> Array.map decimalsOf |> Array.max |> min (max limit 4)
    let formatFloat (value: float) =
      if needsExponent value then value.ToString("0.#####e+00", CultureInfo.InvariantCulture)
      else value.ToString("F" + string decimals, CultureInfo.InvariantCulture)
    values
    |> Array.map (fun v ->
      match v.ValueOrDefault with
      | _ when not v.HasValue -> "<missing>"
      | :? float as f -> formatFloat f
      | :? float32 as f -> formatFloat (float (f.ToString(CultureInfo.InvariantCulture)))
      | value -> formatKey value)

  let internal typeName (kind: Type) =
    if kind = typeof<obj> then "obj" elif kind = typeof<float> then "float" elif kind = typeof<int> then "int"
    elif kind = typeof<string> then "string" else kind.Name

  /// Cells as text, padded to the width of their column; columns of numbers flush right.
  let internal formatTable (flushRight: int -> bool) (rows: string[][]) =
    let rows = rows |> Array.map (Array.map (fun (cell: string) -> cut (cell.Replace("\r", " ").Replace("\n", " "))))
    let columns = rows |> Array.map Array.length |> Array.fold max 0
    let widths = Array.init columns (fun c -> rows |> Array.map (fun row -> if c < row.Length then row[c].Length else 0) |> Array.fold max 0)
    let text = StringBuilder()
    for row in rows do
      let cells = row |> Array.mapi (fun c cell -> if flushRight c then cell.PadLeft widths[c] else cell.PadRight widths[c])
      text.Append((String.Join(" ", cells)).TrimEnd()).Append('\n') |> ignore
    text.ToString()

  /// Which positions are printed: all, or the first and the last with -1 for what is left out between them.
  let internal elide startCount endCount count =
    if count <= startCount + endCount then Array.init count id
    else Array.concat [ Array.init startCount id; [| -1 |]; Array.init endCount (fun i -> count - endCount + i) ]

  /// Whether a column is printed flush right: all its values are numbers.
  let internal isNumeric (vector: IVector) =
    let unboxed = Vector.unboxed vector
    let kind = match Nullable.GetUnderlyingType unboxed.ElementType with null -> unboxed.ElementType | inner -> inner
    Conversion.isNumeric kind

  /// The levels of sorted keys, a level blank where it repeats the row above; elided stands for the keys left out.
  let internal formatKeys (elided: string) isOrdered levels (keys: obj option[]) =
    let mutable previous: obj list = []
    keys
    |> Array.map (function
      | None ->
          previous <- []
          Array.init levels (fun level -> if level = 0 || elided = ":" then elided else "")
      | Some key ->
          let current = Levels.ofKey key
          let mutable same = isOrdered
          let cells =
            current
            |> List.mapi (fun level value ->
              same <- same && level < levels - 1 && (match List.tryItem level previous with Some p -> p = value | None -> false)
              if same then "" else formatKey value)
          previous <- current
          Array.ofList cells)
