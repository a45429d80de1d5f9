using System.Globalization;
using Plotly.NET;
using Plotly.NET.CSharp;
using Plotly.NET.LayoutObjects;
using static TorchSharp.torch;
using Draw = Plotly.NET.CSharp.Chart;

namespace Polytask.Analysis;

public static partial class Charts
{
    private const int CellWidth = 150, CellGap = 8, Above = 34, Beside = 12, BarWidth = 110;

    /// <summary>A grid of images, a row per example and a column per <see cref="ImageColumn"/>: input, truth and prediction of every task.</summary>
    /// <param name="columns">The columns; all with the same number of examples, height and width.</param>
    /// <exception cref="DataException">No column, or one has another shape or type than a grid can show.</exception>
    public static GenericChart Images(params ImageColumn[] columns)
    {
        if (columns.Length == 0) throw new DataException("a grid of images needs at least one column");
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        var shown = columns.Select(column =>
            (Column: column, Kind: KindOf(column), Scale: column.Scale ?? column.Title, Pixels: Pixels(column))).ToArray();
        long Size(int column, int dimension) => shown[column].Pixels.shape[^dimension];
        var (examples, height, width) = ((int)shown[0].Pixels.shape[0], Size(0, 2), Size(0, 1));
        for (var i = 1; i < shown.Length; i++)
            if (shown[i].Pixels.shape[0] != examples || Size(i, 2) != height || Size(i, 1) != width)
                throw new DataException($"column '{columns[i].Title}' has {shown[i].Pixels.shape[0]} images of {Size(i, 2)} x {Size(i, 1)}, "
                    + $"column '{columns[0].Title}' {examples} of {height} x {width}; a grid needs one number and size");

        var scales = shown.Where(column => column.Kind != ImageKind.Picture).GroupBy(column => (column.Kind, column.Scale)).ToArray();
        var cellHeight = (int)Math.Max(24, CellWidth * height / width);
        var (plotWidth, plotHeight) = (columns.Length * (CellWidth + CellGap) - CellGap, examples * (cellHeight + CellGap) - CellGap);
        int ScaleOf(int column) => Array.FindIndex(scales, scale => scale.Key == (shown[column].Kind, shown[column].Scale));
        var colours = scales.Select((scale, i) => Colours(scale.Key.Kind, scale.Key.Scale, [.. scale.Select(column => column.Pixels)],
            scale.First().Column.Classes, 1 + (Beside + BarWidth * i) / (double)plotWidth)).ToArray();
        var bars = new HashSet<int>();
        var cells = new List<GenericChart>();
        var layout = Layout.init<string>(Width: plotWidth + 2 * Beside + BarWidth * scales.Length, Height: plotHeight + Above + Beside,
            Margin: Margin.init<int, int, int, int, int, bool>(Left: Beside, Right: Beside + BarWidth * scales.Length, Top: Above, Bottom: Beside),
                PlotBGColor: Color.fromHex("#DDDDDD"));
        for (var row = 0; row < examples; row++)
            for (var i = 0; i < columns.Length; i++)
            {
                var axis = row * columns.Length + i + 1;
                var cell = shown[i].Kind == ImageKind.Picture
                    ? Picture(shown[i].Pixels[row])
                    : Map(shown[i].Pixels[row], colours[ScaleOf(i)], bars.Add(ScaleOf(i)));
                cells.Add(cell.With("xaxis", Id("x", axis)).With("yaxis", Id("y", axis)));
                double left = i * (CellWidth + CellGap), top = plotHeight - row * (cellHeight + CellGap);
                layout.SetValue(Id("xaxis", axis), Axis(left / plotWidth, (left + CellWidth) / plotWidth, Id("y", axis), reversed: false));
                layout.SetValue(Id("yaxis", axis), Axis((top - cellHeight) / plotHeight, top / plotHeight, Id("x", axis), reversed: true));
            }
        layout.SetValue("annotations", columns.Select((column, i) =>
            Annotation.init<double, double, int, string, int, string, double, string, double, string>(
            X: (i * (CellWidth + CellGap) + CellWidth / 2.0) / plotWidth, Y: 1.0, XRef: "paper", YRef: "paper",
                XAnchor: StyleParam.XAnchorPosition.Center,
            YAnchor: StyleParam.YAnchorPosition.Bottom, Text: HouseStyle.Plain(column.Title), ShowArrow: false,
                Font: Font.init(Size: 13.0))).ToArray());
        return Draw.Combine(cells).WithTemplate(HouseStyle.Template).WithLayout(layout);
    }

    private enum ImageKind { Picture, Map, Classes }

    private static ImageKind KindOf(ImageColumn column)
    {
        var (images, shape) = (column.Images, string.Join(", ", column.Images.shape));
        var isMap = images.ndim == 3 || (images.ndim == 4 && images.shape[1] == 1);
        if (images.is_floating_point()) return isMap ? ImageKind.Map : images.ndim == 4 && images.shape[1] == 3 ? ImageKind.Picture : throw Unknown();
        return isMap && !images.is_complex() ? ImageKind.Classes : throw Unknown();
        DataException Unknown() => new(
            $"column '{column.Title}' is {images.dtype} [{shape}]; images are floats [examples, 3, height, width] for pictures, "
            + "floats [examples, height, width] for maps, or integers [examples, height, width] for classes");
    }

    // Pictures [examples, 3, height, width] of 0 to 255, maps and classes [examples, height, width]; doubles on the CPU.
    private static Tensor Pixels(ImageColumn column)
    {
        if (column.Images.numel() == 0) throw new DataException($"column '{column.Title}' has no image: [{string.Join(", ", column.Images.shape)}]");
        var images = column.Images.cpu().to(ScalarType.Float64);
        if (KindOf(column) == ImageKind.Map) images = Rounded(images);
        if (KindOf(column) != ImageKind.Picture) return images.ndim == 4 ? images.squeeze(1) : images;
        if (images.lt(0).any().item<bool>() || images.gt(1).any().item<bool>())
            throw new DataException($"column '{column.Title}' holds pictures, whose values lie between 0 and 1, but these lie between "
                + FormattableString.Invariant($"{images.min().item<double>():0.###} and {images.max().item<double>():0.###}; ")
                + "undo their standardisation");
        return images.mul(255).round();
    }

    // To a thousandth of the largest value, finer than a colour shows: 17 digits a pixel would make most of a notebook's size.
    private static Tensor Rounded(Tensor map)
    {
        var largest = map.abs().nan_to_num(0, 0, 0).max().item<double>();
        if (largest == 0) return map;
        var unit = Math.Pow(10, 3 - Math.Ceiling(Math.Log10(largest)));
        return map.mul(unit).round().div(unit);
    }

    // The first map of a scale carries its bar.
    private static GenericChart Map(Tensor pixels, (string Name, object Value)[] colours, bool bar)
    {
        var chart = Draw.Heatmap<double, int, int, string>(Rows(pixels));
        foreach (var (name, value) in colours) if (bar || name != "colorbar") chart = chart.With(name, value);
        return chart.With("showscale", bar);
    }

    private static GenericChart Picture(Tensor pixels)
    {
        var channels = Enumerable.Range(0, 3).Select(channel => Rows(pixels[channel])).ToArray();
        var trace = new Trace("image");
        trace.SetValue("z", channels[0].Select((row, y) =>
            row.Select((_, x) => Array.ConvertAll(channels, channel => (int)channel[y][x])).ToArray()).ToArray());
        return GenericChart.ofTraceObject(false, trace);
    }

    private static double[][] Rows(Tensor pixels)
    {
        var values = pixels.contiguous().data<double>().ToArray();
        return [.. values.Chunk((int)pixels.shape[1])];
    }

    private static (string Name, object Value)[] Colours(ImageKind kind, string name, Tensor[] maps, IReadOnlyList<string> classes, double x)
    {
        double[] values = [.. maps.SelectMany(map => map.contiguous().data<double>().ToArray()).Where(double.IsFinite).DefaultIfEmpty(0)];
        if (kind == ImageKind.Map)
            return [("colorscale", "Viridis"), ("zmin", values.Min()), ("zmax", values.Max()), ("colorbar", Heatmaps.Bar(name, ("x", x)))];
        // A step per class, its number in the middle.
        var count = Math.Max((int)values.Max() + 1, classes.Count);
        var steps = Enumerable.Range(0, count).SelectMany(number => new object[]
        {
            new object[] { (double)number / count, ClassColour(number) }, new object[] { (number + 1.0) / count, ClassColour(number) },
        }).ToArray();
        string[] names = [.. Enumerable.Range(0, count).Select(number => number < classes.Count ? HouseStyle.Plain(classes[number]) : $"{number}")];
        return [("colorscale", steps), ("zmin", -0.5), ("zmax", count - 0.5),
            ("colorbar", Heatmaps.Bar(name, ("x", x), ("tickvals", Enumerable.Range(0, count).ToArray()), ("ticktext", names)))];
    }

    // After the palette's colours come their halves towards white.
    private static string ClassColour(int number)
    {
        var hex = Palette.At(number);
        if (number / Palette.Colours.Count % 2 == 0) return hex;
        int Half(int channel) => (Convert.ToInt32(hex.Substring(1 + 2 * channel, 2), 16) + 255) / 2;
        return string.Create(CultureInfo.InvariantCulture, $"#{Half(0):X2}{Half(1):X2}{Half(2):X2}");
    }

    private static DynamicObj.DynamicObj Axis(double from, double to, string anchor, bool reversed) => PlotlyProperties.Object(
        ("domain", new[] { Math.Max(0, from), Math.Min(1, to) }), ("anchor", anchor),
            ("visible", false), ("autorange", reversed ? "reversed" : true));

    private static string Id(string name, int number) => number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}{number}");
}
