namespace Plotly.NET

open System
open System.Runtime.InteropServices
open DynamicObj
open DynamicObj.DynObj
open Plotly.NET.LayoutObjects
open Plotly.NET.TraceObjects

/// The charts without axes.
[<AutoOpen>]
module ChartDomain =
  [<AbstractClass; Sealed>]
  type Chart =
    /// The parts of a whole.
    static member Pie<'a, 'b, 'c when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible>
      (values: seq<'a>, [<Optional>] ?Name: string, [<Optional>] ?ShowLegend: bool, [<Optional>] ?Opacity: float,
       [<Optional>] ?MultiOpacity: seq<float>, [<Optional>] ?Labels: seq<'b>, [<Optional>] ?Pull: float,
       [<Optional>] ?MultiPull: seq<float>, [<Optional>] ?Text: 'c, [<Optional>] ?MultiText: seq<'c>,
       [<Optional>] ?TextPosition: StyleParam.TextPosition, [<Optional>] ?MultiTextPosition: seq<StyleParam.TextPosition>,
       [<Optional>] ?SectionColors: seq<Color>, [<Optional>] ?SectionOutlineColor: Color, [<Optional>] ?SectionOutlineWidth: float,
       [<Optional>] ?SectionOutlineMultiWidth: seq<float>, [<Optional>] ?SectionOutline: Line, [<Optional>] ?Marker: Marker,
       [<Optional>] ?TextInfo: StyleParam.TextInfo, [<Optional>] ?Direction: StyleParam.Direction, [<Optional>] ?Hole: float,
       [<Optional>] ?Rotation: float, [<Optional>] ?Sort: bool, [<Optional>] ?UseDefaults: bool) : GenericChart =
      let values = Array.ofSeq values
      let labels = Labels |> Option.map (fun labels -> Style.columns (nameof Labels) labels (nameof values) values |> fst)
      let outline =
        Style.part Plotly.NET.Line SectionOutline [
          "color" =? SectionOutlineColor; "width" =? SectionOutlineWidth; "width" =? SectionOutlineMultiWidth ]
      let marker = Style.part TraceObjects.Marker Marker [ "colors" =? SectionColors; "opacity" =? MultiOpacity; "line" =? outline ]
      Style.chart UseDefaults "pie" [
        "values" =! values; "name" =? Name; "showlegend" =? ShowLegend; "opacity" =? Opacity; "labels" =? labels; "pull" =? Pull
        "pull" =? MultiPull; "text" =? Text; "text" =? MultiText; "textposition" =? TextPosition; "textposition" =? MultiTextPosition
        "marker" =? marker; "textinfo" =? TextInfo; "direction" =? Direction; "hole" =? Hole; "rotation" =? Rotation; "sort" =? Sort ]

    /// The parts of a whole around a hole that takes the given share of the radius.
    static member Doughnut<'a, 'b, 'c when 'a :> IConvertible and 'b :> IConvertible and 'c :> IConvertible>
      (values: seq<'a>, [<Optional>] ?Name: string, [<Optional>] ?Hole: float, [<Optional>] ?ShowLegend: bool, [<Optional>] ?Opacity: float,
       [<Optional>] ?MultiOpacity: seq<float>, [<Optional>] ?Labels: seq<'b>, [<Optional>] ?Pull: float,
       [<Optional>] ?MultiPull: seq<float>, [<Optional>] ?Text: 'c, [<Optional>] ?MultiText: seq<'c>,
       [<Optional>] ?TextPosition: StyleParam.TextPosition, [<Optional>] ?MultiTextPosition: seq<StyleParam.TextPosition>,
       [<Optional>] ?SectionColors: seq<Color>, [<Optional>] ?SectionOutlineColor: Color, [<Optional>] ?SectionOutlineWidth: float,
       [<Optional>] ?SectionOutlineMultiWidth: seq<float>, [<Optional>] ?SectionOutline: Line, [<Optional>] ?Marker: Marker,
       [<Optional>] ?TextInfo: StyleParam.TextInfo, [<Optional>] ?Direction: StyleParam.Direction, [<Optional>] ?Rotation: float,
       [<Optional>] ?Sort: bool, [<Optional>] ?UseDefaults: bool) : GenericChart =
      Chart.Pie(
        values, Hole = defaultArg Hole 0.4, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?MultiOpacity = MultiOpacity,
        ?Labels = Labels, ?Pull = Pull, ?MultiPull = MultiPull, ?Text = Text, ?MultiText = MultiText, ?TextPosition = TextPosition,
        ?MultiTextPosition = MultiTextPosition, ?SectionColors = SectionColors, ?SectionOutlineColor = SectionOutlineColor,
        ?SectionOutlineWidth = SectionOutlineWidth, ?SectionOutlineMultiWidth = SectionOutlineMultiWidth, ?SectionOutline = SectionOutline,
        ?Marker = Marker, ?TextInfo = TextInfo, ?Direction = Direction, ?Rotation = Rotation, ?Sort = Sort, ?UseDefaults = UseDefaults)

    /// Flows between nodes.
    static member Sankey<'a when 'a :> IConvertible>
      (nodes: SankeyNodes, links: SankeyLinks, [<Optional>] ?Name: string, [<Optional>] ?Ids: seq<'a>,
       [<Optional>] ?Orientation: StyleParam.Orientation, [<Optional>] ?TextFont: Font,
       [<Optional>] ?Arrangement: StyleParam.CategoryArrangement, [<Optional>] ?ValueFormat: string, [<Optional>] ?ValueSuffix: string,
       [<Optional>] ?UseDefaults: bool) : GenericChart =
      Style.chart UseDefaults "sankey" [
        "node" =! nodes; "link" =! links; "name" =? Name; "ids" =? Ids; "orientation" =? Orientation; "textfont" =? TextFont
        "arrangement" =? Arrangement; "valueformat" =? ValueFormat; "valuesuffix" =? ValueSuffix ]

    /// Flows between nodes that are named by nodeLabels: linkValues wide, from and to the nodes of those indices.
    static member Sankey<'a, 'g, 'b when 'a :> IConvertible and 'g :> seq<int> and 'b :> IConvertible>
      (nodeLabels: seq<string>, linkedNodeIds: seq<(int * int)>, linkValues: seq<'a>, [<Optional>] ?NodeColor: Color,
       [<Optional>] ?NodeOutlineColor: Color, [<Optional>] ?NodeOutlineWidth: float, [<Optional>] ?NodeThickness: int,
       [<Optional>] ?NodeGroups: seq<'g>, [<Optional>] ?LinkColor: Color, [<Optional>] ?LinkOutlineColor: Color,
       [<Optional>] ?LinkOutlineWidth: float,
       [<Optional>] ?LinkLabels: seq<string>, [<Optional>] ?Name: string, [<Optional>] ?Ids: seq<'b>,
       [<Optional>] ?Orientation: StyleParam.Orientation, [<Optional>] ?TextFont: Font,
       [<Optional>] ?Arrangement: StyleParam.CategoryArrangement, [<Optional>] ?ValueFormat: string, [<Optional>] ?ValueSuffix: string,
       [<Optional>] ?UseDefaults: bool) : GenericChart =
      let pairs, values = Style.columns (nameof linkedNodeIds) linkedNodeIds (nameof linkValues) linkValues
      let sources, targets = Array.unzip pairs
      let nodes =
        SankeyNodes.init (
          Label = nodeLabels, Line = Line.init (?Color = NodeOutlineColor, ?Width = NodeOutlineWidth), ?Color = NodeColor,
          ?Thickness = NodeThickness, ?Groups = NodeGroups)
      let links =
        SankeyLinks.init (
          Source = sources, Target = targets, Value = values, Line = Line.init (?Color = LinkOutlineColor, ?Width = LinkOutlineWidth),
          ?Color = LinkColor, ?Label = LinkLabels)
      Chart.Sankey(
        nodes, links, ?Name = Name, ?Ids = Ids, ?Orientation = Orientation, ?TextFont = TextFont, ?Arrangement = Arrangement,
        ?ValueFormat = ValueFormat, ?ValueSuffix = ValueSuffix, ?UseDefaults = UseDefaults)

    /// A table.
    static member Table
      (header: TableCells, cells: TableCells, [<Optional>] ?Name: string, [<Optional>] ?ColumnOrder: seq<int>,
       [<Optional>] ?ColumnWidth: float, [<Optional>] ?MultiColumnWidth: seq<float>, [<Optional>] ?UseDefaults: bool) : GenericChart =
      Style.chart UseDefaults "table" [
        "header" =! header; "cells" =! cells; "name" =? Name; "columnorder" =? ColumnOrder; "columnwidth" =? ColumnWidth
        "columnwidth" =? MultiColumnWidth ]

    /// A table from its rows: each column has a head, of one or more lines, in headerValues.
    static member Table<'a, 'b, 'c, 'd when 'a :> seq<'b> and 'b :> IConvertible and 'c :> seq<'d> and 'd :> IConvertible>
      (headerValues: seq<'a>, cellsValues: seq<'c>, [<Optional>] ?TransposeCells: bool,
       [<Optional>] ?HeaderAlign: StyleParam.HorizontalAlign, [<Optional>] ?HeaderMultiAlign: seq<StyleParam.HorizontalAlign>,
       [<Optional>] ?HeaderFillColor: Color, [<Optional>] ?HeaderHeight: int, [<Optional>] ?HeaderOutlineColor: Color,
       [<Optional>] ?HeaderOutlineWidth: float, [<Optional>] ?HeaderOutlineMultiWidth: seq<float>, [<Optional>] ?HeaderOutline: Line,
       [<Optional>] ?CellsAlign: StyleParam.HorizontalAlign, [<Optional>] ?CellsMultiAlign: seq<StyleParam.HorizontalAlign>,
       [<Optional>] ?CellsFillColor: Color, [<Optional>] ?CellsHeight: int, [<Optional>] ?CellsOutlineColor: Color,
       [<Optional>] ?CellsOutlineWidth: float, [<Optional>] ?CellsOutlineMultiWidth: seq<float>, [<Optional>] ?CellsOutline: Line,
       [<Optional>] ?Name: string, [<Optional>] ?ColumnOrder: seq<int>, [<Optional>] ?ColumnWidth: float,
       [<Optional>] ?MultiColumnWidth: seq<float>, [<Optional>] ?UseDefaults: bool) : GenericChart =
      // Given row by row unless TransposeCells is false; plotly.js reads columns.
      let cells = cellsValues |> Style.table (nameof cellsValues) |> (if TransposeCells = Some false then id else Array.transpose)
      let header =
        TableCells.init (
          Values = headerValues, Fill = TableFill.init (?Color = HeaderFillColor), ?Align = HeaderAlign, ?MultiAlign = HeaderMultiAlign,
          ?Height = HeaderHeight, ?Line = Style.part Plotly.NET.Line HeaderOutline [
            "color" =? HeaderOutlineColor; "width" =? HeaderOutlineWidth; "width" =? HeaderOutlineMultiWidth ])
      let cells =
        TableCells.init (
          Values = cells, Fill = TableFill.init (?Color = CellsFillColor), ?Align = CellsAlign, ?MultiAlign = CellsMultiAlign, ?Height = CellsHeight,
          ?Line = Style.part Plotly.NET.Line CellsOutline [
            "color" =? CellsOutlineColor; "width" =? CellsOutlineWidth; "width" =? CellsOutlineMultiWidth ])
      Chart.Table(
        header, cells, ?Name = Name, ?ColumnOrder = ColumnOrder, ?ColumnWidth = ColumnWidth, ?MultiColumnWidth = MultiColumnWidth,
        ?UseDefaults = UseDefaults)

    /// Points of many dimensions: a line a point through parallel axes.
    static member ParallelCoord
      (dimensions: seq<Dimension>, [<Optional>] ?Name: string, [<Optional>] ?LineColor: Color,
       [<Optional>] ?LineColorScale: StyleParam.Colorscale, [<Optional>] ?ShowLineColorScale: bool,
       [<Optional>] ?ReverseLineColorScale: bool, [<Optional>] ?Line: Line, [<Optional>] ?LabelAngle: int, [<Optional>] ?LabelFont: Font,
       [<Optional>] ?LabelSide: StyleParam.Side, [<Optional>] ?RangeFont: Font, [<Optional>] ?TickFont: Font,
       [<Optional>] ?UseDefaults: bool) : GenericChart =
      let line =
        Style.part Plotly.NET.Line Line [
          "color" =? LineColor; "colorscale" =? LineColorScale; "showscale" =? ShowLineColorScale; "reversescale" =? ReverseLineColorScale ]
      Style.chart UseDefaults "parcoords" [
        "dimensions" =! Array.ofSeq dimensions; "name" =? Name; "line" =? line; "labelangle" =? LabelAngle; "labelfont" =? LabelFont
        "labelside" =? LabelSide; "rangefont" =? RangeFont; "tickfont" =? TickFont ]

    /// Points of many dimensions, given as names and values of the dimensions: a line a point through parallel axes.
    static member ParallelCoord<'a, 'b when 'a :> seq<'b> and 'b :> IConvertible>
      (keyValues: seq<(string * 'a)>, [<Optional>] ?Name: string, [<Optional>] ?LineColor: Color,
       [<Optional>] ?LineColorScale: StyleParam.Colorscale, [<Optional>] ?ShowLineColorScale: bool,
       [<Optional>] ?ReverseLineColorScale: bool, [<Optional>] ?Line: Line, [<Optional>] ?LabelAngle: int, [<Optional>] ?LabelFont: Font,
       [<Optional>] ?LabelSide: StyleParam.Side, [<Optional>] ?RangeFont: Font, [<Optional>] ?TickFont: Font,
       [<Optional>] ?UseDefaults: bool) : GenericChart =
      let dimensions = Style.dimensions (nameof keyValues) keyValues
      Chart.ParallelCoord(
        dimensions, ?Name = Name, ?LineColor = LineColor, ?LineColorScale = LineColorScale, ?ShowLineColorScale = ShowLineColorScale,
        ?ReverseLineColorScale = ReverseLineColorScale, ?Line = Line, ?LabelAngle = LabelAngle, ?LabelFont = LabelFont, ?LabelSide = LabelSide,
        ?RangeFont = RangeFont, ?TickFont = TickFont, ?UseDefaults = UseDefaults)
