namespace Plotly.NET.ImageExport

open System
open System.IO
open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open System.Text
open Plotly.NET

/// Who draws images. The real package starts a browser of its own; here the host draws, whatever the choice.
type ExportEngine = | PuppeteerSharp

module internal Renderer =
  /// The host leaves its renderer under this name in AppContext: from plotly's JSON, the format (png, jpeg, svg), width, height and scale
  /// to the bytes of the file.
  [<Literal>]
  let Name = "Plotly.NET.ImageExport.Renderer"

  let draw (format: string) (width: int option) (height: int option) (scale: float option) (gChart: GenericChart) : byte[] =
    match AppContext.GetData Name with
    | :? Func<string, string, int, int, float, byte[]> as render ->
        render.Invoke(GenericChart.toFigureJson gChart, format, defaultArg width 600, defaultArg height 600, defaultArg scale 1.0)
    | _ ->
        invalidOp
          "No renderer for images is at hand. Inside polytask there is one where Chromium is installed; elsewhere save the chart with saveHtml."

  let dataUri (mimeType: string) (bytes: byte[]) = $"data:{mimeType};base64,{Convert.ToBase64String bytes}"

/// Charts as image files. A path is given without its extension; the size is 600 by 600 pixels unless said.
[<AutoOpen>]
module ChartExtensions =
  type Chart with
    [<CompiledName("ToBase64PNGString")>]
    static member toBase64PNGString
      ([<Optional>] ?EngineType: ExportEngine, [<Optional>] ?Width: int, [<Optional>] ?Height: int, [<Optional>] ?Scale: float) =
      ignore EngineType
      fun (gChart: GenericChart) -> gChart |> Renderer.draw "png" Width Height Scale |> Renderer.dataUri "image/png"
    [<CompiledName("ToBase64JPGString")>]
    static member toBase64JPGString
      ([<Optional>] ?EngineType: ExportEngine, [<Optional>] ?Width: int, [<Optional>] ?Height: int, [<Optional>] ?Scale: float) =
      ignore EngineType
      fun (gChart: GenericChart) -> gChart |> Renderer.draw "jpeg" Width Height Scale |> Renderer.dataUri "image/jpeg"
    [<CompiledName("ToSVGString")>]
    static member toSVGString
      ([<Optional>] ?EngineType: ExportEngine, [<Optional>] ?Width: int, [<Optional>] ?Height: int, [<Optional>] ?Scale: float) =
      ignore EngineType
      fun (gChart: GenericChart) -> gChart |> Renderer.draw "svg" Width Height Scale |> Encoding.UTF8.GetString
    [<CompiledName("SavePNG")>]
    static member savePNG
      (path: string, [<Optional>] ?EngineType: ExportEngine, [<Optional>] ?Width: int, [<Optional>] ?Height: int, [<Optional>] ?Scale: float) =
      ignore EngineType
      fun (gChart: GenericChart) -> File.WriteAllBytes(path + ".png", Renderer.draw "png" Width Height Scale gChart)
    [<CompiledName("SaveJPG")>]
    static member saveJPG
      (path: string, [<Optional>] ?EngineType: ExportEngine, [<Optional>] ?Width: int, [<Optional>] ?Height: int, [<Optional>] ?Scale: float) =
      ignore EngineType
      fun (gChart: GenericChart) -> File.WriteAllBytes(path + ".jpg", Renderer.draw "jpeg" Width Height Scale gChart)
    [<CompiledName("SaveSVG")>]
    static member saveSVG
      (path: string, [<Optional>] ?EngineType: ExportEngine, [<Optional>] ?Width: int, [<Optional>] ?Height: int, [<Optional>] ?Scale: float) =
      ignore EngineType
      fun (gChart: GenericChart) -> File.WriteAllBytes(path + ".svg", Renderer.draw "svg" Width Height Scale gChart)

/// The same as methods of a chart, for C#.
[<Extension>]
type GenericChartExtensions =
  [<Extension>]
  static member ToBase64PNGString
    (this: GenericChart, [<Optional>] ?EngineType: ExportEngine, [<Optional>] ?Width: int, [<Optional>] ?Height: int) =
    this |> Chart.toBase64PNGString (?EngineType = EngineType, ?Width = Width, ?Height = Height)
  [<Extension>]
  static member ToBase64JPGString
    (this: GenericChart, [<Optional>] ?EngineType: ExportEngine, [<Optional>] ?Width: int, [<Optional>] ?Height: int) =
    this |> Chart.toBase64JPGString (?EngineType = EngineType, ?Width = Width, ?Height = Height)
  [<Extension>]
  static member ToSVGString
    (this: GenericChart, [<Optional>] ?EngineType: ExportEngine, [<Optional>] ?Width: int, [<Optional>] ?Height: int) =
    this |> Chart.toSVGString (?EngineType = EngineType, ?Width = Width, ?Height = Height)
  [<Extension>]
  static member SavePNG
    (this: GenericChart, path: string, [<Optional>] ?EngineType: ExportEngine, [<Optional>] ?Width: int, [<Optional>] ?Height: int) =
    this |> Chart.savePNG (path, ?EngineType = EngineType, ?Width = Width, ?Height = Height)
  [<Extension>]
  static member SaveJPG
    (this: GenericChart, path: string, [<Optional>] ?EngineType: ExportEngine, [<Optional>] ?Width: int, [<Optional>] ?Height: int) =
    this |> Chart.saveJPG (path, ?EngineType = EngineType, ?Width = Width, ?Height = Height)
  [<Extension>]
  static member SaveSVG
    (this: GenericChart, path: string, [<Optional>] ?EngineType: ExportEngine, [<Optional>] ?Width: int, [<Optional>] ?Height: int) =
    this |> Chart.saveSVG (path, ?EngineType = EngineType, ?Width = Width, ?Height = Height)
