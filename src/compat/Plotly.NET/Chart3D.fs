namespace Plotly.NET

open System
open System.Runtime.InteropServices
open DynamicObj
open DynamicObj.DynObj
open Plotly.NET.LayoutObjects
open Plotly.NET.TraceObjects

/// The charts in space.
[<AutoOpen>]
module Chart3D =
  [<AbstractClass; Sealed>]
  type Chart =
    /// Points, lines or both in space, as the mode says.
    static member Scatter3D<'a, 'b, 'c, 'd when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible and 'd :> IConvertible>
      (x: seq<'a>, y: seq<'b>, z: seq<'c>, mode: StyleParam.Mode, [<Optional>] ?Name: string, [<Optional>] ?ShowLegend: bool,
       [<Optional>] ?Opacity: float, [<Optional>] ?MultiOpacity: seq<float>, [<Optional>] ?Text: 'd, [<Optional>] ?MultiText: seq<'d>,
       [<Optional>] ?TextPosition: StyleParam.TextPosition, [<Optional>] ?MultiTextPosition: seq<StyleParam.TextPosition>,
       [<Optional>] ?MarkerColor: Color, [<Optional>] ?MarkerColorScale: StyleParam.Colorscale, [<Optional>] ?MarkerOutline: Line,
       [<Optional>] ?MarkerSymbol: StyleParam.MarkerSymbol3D, [<Optional>] ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol3D>,
       [<Optional>] ?Marker: Marker, [<Optional>] ?LineColor: Color, [<Optional>] ?LineColorScale: StyleParam.Colorscale,
       [<Optional>] ?LineWidth: float, [<Optional>] ?LineDash: StyleParam.DrawingStyle, [<Optional>] ?Line: Line,
       [<Optional>] ?CameraProjectionType: StyleParam.CameraProjectionType, [<Optional>] ?Camera: Camera,
       [<Optional>] ?UseDefaults: bool) : GenericChart =
      let x, y, z = Style.columns3 (nameof x) x (nameof y) y (nameof z) z
      let marker =
        Style.part TraceObjects.Marker Marker [
          "color" =? MarkerColor; "colorscale" =? MarkerColorScale; "line" =? MarkerOutline; "symbol" =? MarkerSymbol
          "symbol" =? MultiMarkerSymbol; "opacity" =? MultiOpacity ]
      let line =
        Style.part Plotly.NET.Line Line [
          "color" =? LineColor; "dash" =? LineDash; "colorscale" =? LineColorScale; "width" =? LineWidth ]
      Style.chart UseDefaults "scatter3d" [
        "x" =! x; "y" =! y; "z" =! z; "mode" =! mode; "name" =? Name; "showlegend" =? ShowLegend; "opacity" =? Opacity; "text" =? Text
        "text" =? MultiText; "textposition" =? TextPosition; "textposition" =? MultiTextPosition; "marker" =? marker; "line" =? line ]
      |> Style.inScene CameraProjectionType Camera

    /// Points in space.
    static member Point3D<'a, 'b, 'c, 'd when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible and 'd :> IConvertible>
      (x: seq<'a>, y: seq<'b>, z: seq<'c>, [<Optional>] ?Name: string, [<Optional>] ?ShowLegend: bool, [<Optional>] ?Opacity: float,
       [<Optional>] ?MultiOpacity: seq<float>, [<Optional>] ?Text: 'd, [<Optional>] ?MultiText: seq<'d>,
       [<Optional>] ?TextPosition: StyleParam.TextPosition, [<Optional>] ?MultiTextPosition: seq<StyleParam.TextPosition>,
       [<Optional>] ?MarkerColor: Color, [<Optional>] ?MarkerColorScale: StyleParam.Colorscale, [<Optional>] ?MarkerOutline: Line,
       [<Optional>] ?MarkerSymbol: StyleParam.MarkerSymbol3D, [<Optional>] ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol3D>,
       [<Optional>] ?Marker: Marker, [<Optional>] ?CameraProjectionType: StyleParam.CameraProjectionType, [<Optional>] ?Camera: Camera,
       [<Optional>] ?UseDefaults: bool) : GenericChart =
      let mode = Style.modeOf TextPosition MultiTextPosition StyleParam.Mode.Markers
      Chart.Scatter3D(
        x, y, z, mode, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?MultiOpacity = MultiOpacity, ?Text = Text,
        ?MultiText = MultiText, ?TextPosition = TextPosition, ?MultiTextPosition = MultiTextPosition, ?MarkerColor = MarkerColor,
        ?MarkerColorScale = MarkerColorScale, ?MarkerOutline = MarkerOutline, ?MarkerSymbol = MarkerSymbol,
        ?MultiMarkerSymbol = MultiMarkerSymbol, ?Marker = Marker, ?CameraProjectionType = CameraProjectionType, ?Camera = Camera,
        ?UseDefaults = UseDefaults)

    /// A line through points in space.
    static member Line3D<'a, 'b, 'c, 'd when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible and 'd :> IConvertible>
      (x: seq<'a>, y: seq<'b>, z: seq<'c>, [<Optional>] ?ShowMarkers: bool, [<Optional>] ?Name: string, [<Optional>] ?ShowLegend: bool,
       [<Optional>] ?Opacity: float, [<Optional>] ?MultiOpacity: seq<float>, [<Optional>] ?Text: 'd, [<Optional>] ?MultiText: seq<'d>,
       [<Optional>] ?TextPosition: StyleParam.TextPosition, [<Optional>] ?MultiTextPosition: seq<StyleParam.TextPosition>,
       [<Optional>] ?MarkerColor: Color, [<Optional>] ?MarkerColorScale: StyleParam.Colorscale, [<Optional>] ?MarkerOutline: Line,
       [<Optional>] ?MarkerSymbol: StyleParam.MarkerSymbol3D, [<Optional>] ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol3D>,
       [<Optional>] ?Marker: Marker, [<Optional>] ?LineColor: Color, [<Optional>] ?LineColorScale: StyleParam.Colorscale,
       [<Optional>] ?LineWidth: float, [<Optional>] ?LineDash: StyleParam.DrawingStyle, [<Optional>] ?Line: Line,
       [<Optional>] ?CameraProjectionType: StyleParam.CameraProjectionType, [<Optional>] ?Camera: Camera,
       [<Optional>] ?UseDefaults: bool) : GenericChart =
      let mode = StyleParam.Mode.Lines |> StyleParam.ModeUtils.showMarker (ShowMarkers = Some true) |> Style.modeOf TextPosition MultiTextPosition
      Chart.Scatter3D(
        x, y, z, mode, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?MultiOpacity = MultiOpacity, ?Text = Text,
        ?MultiText = MultiText, ?TextPosition = TextPosition, ?MultiTextPosition = MultiTextPosition, ?MarkerColor = MarkerColor,
        ?MarkerColorScale = MarkerColorScale, ?MarkerOutline = MarkerOutline, ?MarkerSymbol = MarkerSymbol,
        ?MultiMarkerSymbol = MultiMarkerSymbol, ?Marker = Marker, ?LineColor = LineColor, ?LineColorScale = LineColorScale,
        ?LineWidth = LineWidth, ?LineDash = LineDash, ?Line = Line, ?CameraProjectionType = CameraProjectionType, ?Camera = Camera,
        ?UseDefaults = UseDefaults)

    /// Points in space as balls; sizes are their diameters in pixels.
    static member Bubble3D<'a, 'b, 'c, 'd when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible and 'd :> IConvertible>
      (x: seq<'a>, y: seq<'b>, z: seq<'c>, sizes: seq<int>, [<Optional>] ?Name: string, [<Optional>] ?ShowLegend: bool,
       [<Optional>] ?Opacity: float, [<Optional>] ?MultiOpacity: seq<float>, [<Optional>] ?Text: 'd, [<Optional>] ?MultiText: seq<'d>,
       [<Optional>] ?TextPosition: StyleParam.TextPosition, [<Optional>] ?MultiTextPosition: seq<StyleParam.TextPosition>,
       [<Optional>] ?MarkerColor: Color, [<Optional>] ?MarkerColorScale: StyleParam.Colorscale, [<Optional>] ?MarkerOutline: Line,
       [<Optional>] ?MarkerSymbol: StyleParam.MarkerSymbol3D, [<Optional>] ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol3D>,
       [<Optional>] ?Marker: Marker, [<Optional>] ?CameraProjectionType: StyleParam.CameraProjectionType, [<Optional>] ?Camera: Camera,
       [<Optional>] ?UseDefaults: bool) : GenericChart =
      Style.sameLength (nameof x) x (nameof sizes) sizes
      let marker = Style.part TraceObjects.Marker Marker [ "size" =! Array.ofSeq sizes ]
      Chart.Point3D(
        x, y, z, ?Marker = marker, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?MultiOpacity = MultiOpacity, ?Text = Text,
        ?MultiText = MultiText, ?TextPosition = TextPosition, ?MultiTextPosition = MultiTextPosition, ?MarkerColor = MarkerColor,
        ?MarkerColorScale = MarkerColorScale, ?MarkerOutline = MarkerOutline, ?MarkerSymbol = MarkerSymbol,
        ?MultiMarkerSymbol = MultiMarkerSymbol, ?CameraProjectionType = CameraProjectionType, ?Camera = Camera, ?UseDefaults = UseDefaults)

    /// A matrix as heights over a plane.
    static member Surface<'a, 'b, 'c, 'd, 'e
        when 'a :> seq<'b> and 'b :> IConvertible and 'c :> IConvertible and 'd :> IConvertible and 'e :> IConvertible>
      (zData: seq<'a>, [<Optional>] ?X: seq<'c>, [<Optional>] ?Y: seq<'d>, [<Optional>] ?Name: string, [<Optional>] ?ShowLegend: bool,
       [<Optional>] ?Opacity: float, [<Optional>] ?Text: 'e, [<Optional>] ?MultiText: seq<'e>, [<Optional>] ?Contours: Contours,
       [<Optional>] ?ColorScale: StyleParam.Colorscale, [<Optional>] ?ShowScale: bool,
       [<Optional>] ?CameraProjectionType: StyleParam.CameraProjectionType, [<Optional>] ?Camera: Camera,
       [<Optional>] ?UseDefaults: bool) : GenericChart =
      let rows = Style.matrix (nameof zData) zData
      Style.chart UseDefaults "surface" [
        "z" =! rows; "x" =? Style.labels (nameof X) X (Style.width rows); "y" =? Style.labels (nameof Y) Y rows.Length; "name" =? Name
        "showlegend" =? ShowLegend; "opacity" =? Opacity; "text" =? Text; "text" =? MultiText; "contours" =? Contours; "colorscale" =? ColorScale
        "showscale" =? ShowScale ]
      |> Style.inScene CameraProjectionType Camera
