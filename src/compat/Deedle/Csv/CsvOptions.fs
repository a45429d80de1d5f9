namespace Deedle

open System
open System.Collections.Generic
open System.Globalization

/// How a CSV file is read.
type internal CsvOptions =
  { HasHeaders: bool
    InferTypes: bool
    /// How many rows decide the types; 0 for all.
    InferRows: int
    /// "a=float,b=string" by name or "int,float" by position; empty infers.
    Schema: string
    Separator: char
    Culture: CultureInfo
    MaxRows: int
    /// Texts that stand for a missing number, date or flag.
    MissingValues: HashSet<string>
    /// Whether those texts leave the type of the other values alone; otherwise they make it float.
    PreferOptions: bool }

module internal CsvOptions =
  let private defaultMissing = [| "NaN"; "NA"; "N/A"; "#N/A"; ":"; "-"; "TBA"; "TBD" |]

  let private separator (separators: string) =
    match separators with
    | null | "" -> ','
    | s when s.Length = 1 -> s[0]
    | s -> invalidArg (nameof separators) $"Expected one character that separates fields; got '{s}'."

  let ofOptions hasHeaders inferTypes inferRows schema separators culture maxRows missingValues preferOptions =
    { HasHeaders = defaultArg hasHeaders true
      InferTypes = defaultArg inferTypes true
      InferRows = defaultArg inferRows 100
      Schema = defaultArg schema null
      Separator = separator (defaultArg separators null)
      Culture = CultureInfo.GetCultureInfo(match culture with Some name when not (isNull name) -> name | _ -> "")
      MaxRows = defaultArg maxRows Int32.MaxValue
      MissingValues = HashSet(match missingValues with Some texts when not (isNull texts) -> texts | _ -> defaultMissing)
      PreferOptions = defaultArg preferOptions false }

  let ofNullables hasHeaders inferTypes inferRows schema separators culture maxRows missingValues preferOptions =
    ofOptions
      (Option.ofNullable hasHeaders) (Option.ofNullable inferTypes) (Option.ofNullable inferRows) (Some schema) (Some separators) (Some culture)
      (Option.ofNullable maxRows) (Some missingValues) (Option.ofNullable preferOptions)
