namespace Deedle

open System
open System.Globalization

/// Which type a column of text has.
module internal CsvTypes =
  let private isBool (text: string) = CsvColumns.isTrue (text.AsSpan()) || CsvColumns.isFalse (text.AsSpan())
  let private isFloat (culture: CultureInfo) (text: string) = fst (Double.TryParse(text, NumberStyles.Float ||| NumberStyles.AllowThousands, culture))
  let private isDecimal (culture: CultureInfo) (text: string) = fst (Decimal.TryParse(text, NumberStyles.Number, culture))
  let private isDate (culture: CultureInfo) (text: string) =
    match DateTime.TryParse(text, culture, DateTimeStyles.AllowWhiteSpaces ||| DateTimeStyles.RoundtripKind) with
    | true, date ->
        // No date are: a number such as 1.2, a text that names no year such as 12-002, a time alone, a time with its zone.
        let timeAlone = text.Contains ':' && text.IndexOfAny [| '-'; '/'; '.'; ' '; 'T' |] < 0
        date.Year >= 1000 && date.Kind = DateTimeKind.Unspecified && not timeAlone && not (isDecimal CultureInfo.InvariantCulture text)
    | _ -> false

  /// The narrowest type that all values have, in the order bool, int, int64, decimal, float, date, guid, string.
  let infer (options: CsvOptions) (values: seq<string>) =
    let rows = values |> Seq.map _.Trim() |> Array.ofSeq
    let values = rows |> Array.filter ((<>) "")
    let culture = options.Culture
    let present = values |> Array.filter (options.MissingValues.Contains >> not)
    let named = present.Length < values.Length && not options.PreferOptions
    let all (test: string -> bool) = present |> Array.forall test
    if present.Length = 0 then (if named then "float" else "string")
    // A text such as NA stands for a number, which is a float then.
    elif named then (if all (isFloat culture) then "float" else "string")
    // Zeros alone or ones alone are numbers, both together are flags.
    elif all isBool && not (all ((=) "0") || all ((=) "1")) then "bool"
    elif all (fun v -> fst (Int32.TryParse(v, NumberStyles.Integer, culture))) then "int"
    elif all (fun v -> fst (Int64.TryParse(v, NumberStyles.Integer, culture))) then "int64"
    // A decimal column with gaps becomes float, whose missing value is NaN.
    elif all (isDecimal culture) then (if values.Length < rows.Length && not options.PreferOptions then "float" else "decimal")
    elif all (isFloat culture) then "float"
    elif all (isDate culture) then "date"
    elif all (fun v -> fst (Guid.TryParse v)) then "guid"
    else "string"

  let private known = [ "bool"; "int"; "int64"; "decimal"; "float"; "date"; "guid"; "string" ]
  let private kind (text: string) = text.Trim().TrimEnd('?').Replace(" option", "").ToLowerInvariant()

  /// Names for the columns and the types that their headings say: an empty heading becomes Column1, ..., "a (int)" the column a of
  /// integers, and a repeated one gets a number.
  let headings (headers: string[]) : (string * string option)[] =
    let seen = System.Collections.Generic.HashSet<string>()
    let unique (name: string) = Seq.initInfinite (fun i -> if i = 0 then name else $"{name}{i + 1}") |> Seq.find seen.Add
    headers
    |> Array.mapi (fun i header ->
      let name = if String.IsNullOrWhiteSpace header then $"Column{i + 1}" else header.Trim()
      let opening = name.LastIndexOf '('
      let given = if opening > 0 && name.EndsWith ')' then kind name[opening + 1 .. name.Length - 2] else ""
      if List.contains given known then unique (name[.. opening - 1].TrimEnd()), Some given else unique name, None)

  /// The names and types of the columns: those of the schema, by name or by position, else those of the headings.
  let schema (options: CsvOptions) (headings: (string * string option)[]) : string[] * string option[] =
    let headers = Array.map fst headings
    let names, types = Array.copy headers, Array.map snd headings
    let find (name: string) =
      match headers |> Array.tryFindIndex (fun h -> h.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)) with
      | Some at -> at
      | None -> invalidArg "schema" $"The schema names column '{name.Trim()}', which the file lacks; {Nearest.hint (name.Trim()) headers}."
    let entries = if String.IsNullOrWhiteSpace options.Schema then [||] else options.Schema.Split(',')
    if entries.Length > headers.Length then
      invalidArg "schema" $"The schema has {entries.Length} entries, but the file has {headers.Length} columns."
    entries
    |> Array.iteri (fun i entry ->
      match entry.Split("->"), entry.Split('=') with
      | [| oldName; renamed |], _ ->
          let at = find oldName
          match renamed.Split('=') with
          | [| newName; typeName |] ->
              names[at] <- newName.Trim()
              types[at] <- Some(kind typeName)
          | _ -> names[at] <- renamed.Trim()
      | _, [| name; typeName |] -> types[find name] <- Some(kind typeName)
      | _ when String.IsNullOrWhiteSpace entry -> ()
      | _ -> types[i] <- Some(kind entry))
    names, types
