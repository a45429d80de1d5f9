namespace Deedle.DotNetInteractive

open System
open System.Net
open Deedle
open Deedle.Internal

/// Frames and series as HTML tables. Everything that comes from the data is escaped.
module Formatters =
  let private maximalRows = 2 * Formatting.RowStartItemCount
  let private maximalColumns = 2 * Formatting.ColumnStartItemCount

  let private right = " style=\"text-align:right\""
  let private cell tag style (text: string) = $"<{tag}{style}>{WebUtility.HtmlEncode text}</{tag}>"

  let private row (levels: int) (flushRight: int -> bool) (cells: string[]) =
    let keys = cells[.. levels - 1] |> Array.map (cell "th" "")
    // The arrow between keys and values is for text output only.
    let values = cells[levels + 1 ..] |> Array.mapi (fun i text -> cell "td" (if flushRight i then right else "") text)
    $"""<tr>{String.Join("", Array.append keys values)}</tr>"""

  /// A frame as an HTML table with its size below; long and wide frames are elided in the middle.
  let frameToHtmlTable (frame: IFrameFormattable) =
    let levels, headings = frame.GetRowLevels(), frame.GetColLevels()
    let grid = frame.InteractiveFormat(maximalRows, maximalColumns, false)
    let numeric = frame.GetNumericColumns maximalColumns
    let heading (cells: string[]) =
      let keys = cells[.. levels - 1] |> Array.map (cell "th" "")
      let names = cells[levels + 1 ..] |> Array.mapi (fun i text -> cell "th" (if numeric[i] then right else "") text)
      $"""<tr>{String.Join("", Array.append keys names)}</tr>"""
    let head = grid[.. headings - 1] |> Array.map heading |> String.concat "\n"
    let body = grid[headings ..] |> Array.map (row levels (fun i -> numeric[i])) |> String.concat "\n"
    let rowCount, columnCount = frame.GetDimensions()
    let missing = match frame.GetMissingValueCount() with 0 -> "" | 1 -> ", 1 missing value" | n -> $", {n} missing values"
    $"<table class=\"dataframe\">\n<thead>\n{head}\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>\n<p>{rowCount} rows x {columnCount} columns{missing}</p>"

  /// A series as an HTML table.
  let seriesToHtmlTable (series: ISeriesFormattable) =
    let levels = series.GetKeyLevels()
    let body = if series.GetKeyCount() = 0 then "" else series.InteractiveFormat maximalRows |> Array.map (row levels (fun _ -> true)) |> String.concat "\n"
    $"<table class=\"series\">\n<tbody>\n{body}\n</tbody>\n</table>\n<p>series of {series.GetKeyCount()} items, {series.GetKeyCount() - series.GetValueCount()} missing</p>"
