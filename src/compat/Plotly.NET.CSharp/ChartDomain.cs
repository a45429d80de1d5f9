using Plotly.NET.TraceObjects;

namespace Plotly.NET.CSharp;

/// <summary>The charts without axes.</summary>
public static partial class Chart
{
    /// <summary>The parts of a whole.</summary>
    public static GenericChart Pie<ValuesType, LabelsType, TextType>(
        IEnumerable<ValuesType> values, Optional<string> Name = default, Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default, Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<IEnumerable<LabelsType>> Labels = default, Optional<double> Pull = default,
        Optional<IEnumerable<double>> MultiPull = default, Optional<TextType> Text = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<IEnumerable<Color>> SectionColors = default,
        Optional<Color> SectionOutlineColor = default, Optional<double> SectionOutlineWidth = default,
        Optional<IEnumerable<double>> SectionOutlineMultiWidth = default, Optional<Line> SectionOutline = default,
        Optional<Marker> Marker = default, Optional<StyleParam.TextInfo> TextInfo = default,
        Optional<StyleParam.Direction> Direction = default, Optional<double> Hole = default, Optional<double> Rotation = default,
        Optional<bool> Sort = default, Optional<bool> UseDefaults = default)
        where ValuesType : IConvertible where LabelsType : IConvertible where TextType : IConvertible =>
        ChartDomain.Chart.Pie<ValuesType, LabelsType, TextType>(
            values: values, Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(), Opacity: Opacity.ToOption(),
            MultiOpacity: MultiOpacity.ToOption(), Labels: Labels.ToOption(), Pull: Pull.ToOption(), MultiPull: MultiPull.ToOption(),
            Text: Text.ToOption(), MultiText: MultiText.ToOption(), TextPosition: TextPosition.ToOption(),
            MultiTextPosition: MultiTextPosition.ToOption(), SectionColors: SectionColors.ToOption(),
            SectionOutlineColor: SectionOutlineColor.ToOption(), SectionOutlineWidth: SectionOutlineWidth.ToOption(),
            SectionOutlineMultiWidth: SectionOutlineMultiWidth.ToOption(), SectionOutline: SectionOutline.ToOption(),
            Marker: Marker.ToOption(), TextInfo: TextInfo.ToOption(), Direction: Direction.ToOption(), Hole: Hole.ToOption(),
            Rotation: Rotation.ToOption(), Sort: Sort.ToOption(), UseDefaults: UseDefaults.ToOption());

    /// <summary>The parts of a whole around a hole that takes the given share of the radius.</summary>
    public static GenericChart Doughnut<ValuesType, LabelsType, TextType>(
        IEnumerable<ValuesType> values, Optional<string> Name = default, Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default, Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<IEnumerable<LabelsType>> Labels = default, Optional<double> Pull = default,
        Optional<IEnumerable<double>> MultiPull = default, Optional<TextType> Text = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<IEnumerable<Color>> SectionColors = default,
        Optional<Color> SectionOutlineColor = default, Optional<double> SectionOutlineWidth = default,
        Optional<IEnumerable<double>> SectionOutlineMultiWidth = default, Optional<Line> SectionOutline = default,
        Optional<Marker> Marker = default, Optional<StyleParam.TextInfo> TextInfo = default,
        Optional<StyleParam.Direction> Direction = default, Optional<double> Hole = default, Optional<double> Rotation = default,
        Optional<bool> Sort = default, Optional<bool> UseDefaults = default)
        where ValuesType : IConvertible where LabelsType : IConvertible where TextType : IConvertible =>
        ChartDomain.Chart.Doughnut<ValuesType, LabelsType, TextType>(
            values: values, Name: Name.ToOption(), ShowLegend: ShowLegend.ToOption(), Opacity: Opacity.ToOption(),
            MultiOpacity: MultiOpacity.ToOption(), Labels: Labels.ToOption(), Pull: Pull.ToOption(), MultiPull: MultiPull.ToOption(),
            Text: Text.ToOption(), MultiText: MultiText.ToOption(), TextPosition: TextPosition.ToOption(),
            MultiTextPosition: MultiTextPosition.ToOption(), SectionColors: SectionColors.ToOption(),
            SectionOutlineColor: SectionOutlineColor.ToOption(), SectionOutlineWidth: SectionOutlineWidth.ToOption(),
            SectionOutlineMultiWidth: SectionOutlineMultiWidth.ToOption(), SectionOutline: SectionOutline.ToOption(),
            Marker: Marker.ToOption(), TextInfo: TextInfo.ToOption(), Direction: Direction.ToOption(), Hole: Hole.ToOption(),
            Rotation: Rotation.ToOption(), Sort: Sort.ToOption(), UseDefaults: UseDefaults.ToOption());

    /// <summary>Flows between nodes.</summary>
    public static GenericChart Sankey<IdsType>(
        SankeyNodes nodes, SankeyLinks links, Optional<string> Name = default, Optional<IEnumerable<IdsType>> Ids = default,
        Optional<StyleParam.Orientation> Orientation = default, Optional<Font> TextFont = default,
        Optional<StyleParam.CategoryArrangement> Arrangement = default, Optional<string> ValueFormat = default,
        Optional<string> ValueSuffix = default, Optional<bool> UseDefaults = default)
        where IdsType : IConvertible =>
        ChartDomain.Chart.Sankey<IdsType>(
            nodes: nodes, links: links, Name: Name.ToOption(), Ids: Ids.ToOption(), Orientation: Orientation.ToOption(),
            TextFont: TextFont.ToOption(), Arrangement: Arrangement.ToOption(), ValueFormat: ValueFormat.ToOption(),
            ValueSuffix: ValueSuffix.ToOption(), UseDefaults: UseDefaults.ToOption());

    /// <summary>A table.</summary>
    public static GenericChart Table(
        TableCells header, TableCells cells, Optional<string> Name = default, Optional<IEnumerable<int>> ColumnOrder = default,
        Optional<double> ColumnWidth = default, Optional<IEnumerable<double>> MultiColumnWidth = default,
        Optional<bool> UseDefaults = default) =>
        ChartDomain.Chart.Table(
            header: header, cells: cells, Name: Name.ToOption(), ColumnOrder: ColumnOrder.ToOption(), ColumnWidth: ColumnWidth.ToOption(),
            MultiColumnWidth: MultiColumnWidth.ToOption(), UseDefaults: UseDefaults.ToOption());

    /// <summary>Points of many dimensions: a line a point through parallel axes.</summary>
    public static GenericChart ParallelCoord(
        IEnumerable<Dimension> dimensions, Optional<string> Name = default, Optional<Color> LineColor = default,
        Optional<StyleParam.Colorscale> LineColorScale = default, Optional<bool> ShowLineColorScale = default,
        Optional<bool> ReverseLineColorScale = default, Optional<Line> Line = default, Optional<int> LabelAngle = default,
        Optional<Font> LabelFont = default, Optional<StyleParam.Side> LabelSide = default, Optional<Font> RangeFont = default,
        Optional<Font> TickFont = default, Optional<bool> UseDefaults = default) =>
        ChartDomain.Chart.ParallelCoord(
            dimensions: dimensions, Name: Name.ToOption(), LineColor: LineColor.ToOption(), LineColorScale: LineColorScale.ToOption(),
            ShowLineColorScale: ShowLineColorScale.ToOption(), ReverseLineColorScale: ReverseLineColorScale.ToOption(),
            Line: Line.ToOption(), LabelAngle: LabelAngle.ToOption(), LabelFont: LabelFont.ToOption(), LabelSide: LabelSide.ToOption(),
            RangeFont: RangeFont.ToOption(), TickFont: TickFont.ToOption(), UseDefaults: UseDefaults.ToOption());
}
