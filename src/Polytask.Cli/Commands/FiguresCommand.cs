using System.CommandLine;
using System.Text;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Figures;

namespace Polytask.Cli.Commands;

/// <summary><c>polytask figures nb.ipynb</c>: the figures among a notebook's outputs as files.</summary>
internal static class FiguresCommand
{
    private static readonly string[] Formats = ["svg", "pdf", "png"];

    /// <summary>Letters of 12 pixels, which is what drawings have, are 5 points at this scale.</summary>
    private const double Smallest = 0.55;

    public static Command Create()
    {
        var notebooks = new Argument<string[]>("notebooks") { Description = "The notebooks, as they were run.", Arity = ArgumentArity.OneOrMore };
        var format = new Option<string>("--format")
        {
            Description = "Which files, with commas between them: svg, pdf, png.",
            DefaultValueFactory = _ => "svg"
        };
        var folder = new Option<string>("--out")
        {
            Description = "The folder for the files; it is made where it does not exist.",
            HelpName = "folder",
            DefaultValueFactory = _ => "."
        };
        var scale = new Option<double>("--scale") { Description = "Pixels of a PNG for each of the figure's.", DefaultValueFactory = _ => 2 };
        var width = new Option<string>("--width")
        {
            Description = "The width on paper, such as 8.5cm or 17.5cm (cm, mm, in, px): charts are laid out anew for it, drawings are scaled.",
            HelpName = "length",
        };
        var dpi = new Option<double>("--dpi")
        {
            Description = "Dots per inch of a PNG on paper, instead of --scale; 300 where there is a --width.",
            HelpName = "number",
        };
        Refusal.NoOptionsAmong(notebooks);
        scale.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= 20))
                result.AddError("--scale takes a number above 0, at most 20");
        });
        dpi.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 10 and <= 2400))
                result.AddError("--dpi takes a number from 10 to 2400");
        });
        var command = new Command("figures", "Writes the charts and drawings of notebooks as files named by their titles, else by their cells; "
            + "the same figure gives the same bytes every time.")
        {
            notebooks, format, folder, scale, width, dpi,
        };
        command.SetAction(parsed =>
        {
            var formats = parsed.GetValue(format)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (formats.Length == 0 || formats.FirstOrDefault(f => !Formats.Contains(f)) is not null)
                return Refusal.Say($"--format {parsed.GetValue(format)}: some of {string.Join(", ", Formats)} are expected, with commas between them");
            if (parsed.GetResult(dpi) is not null && parsed.GetResult(scale) is { Implicit: false })
                return Refusal.Say("--dpi and --scale say the same thing in two ways: give one of them");
            int? pixels = null;
            if (parsed.GetValue(width) is { } length && (pixels = PaperLength.Pixels(length)) is null)
                return Refusal.Say($"--width {length}: a length from 1cm to 100cm is expected, such as 8.5cm, 85mm, 3.35in or 321px");
            var dots = parsed.GetResult(dpi) is not null ? parsed.GetValue(dpi)
                : pixels is not null && parsed.GetResult(scale) is not { Implicit: false } ? 300 : parsed.GetValue(scale) * PaperLength.PixelsPerInch;
            try
            {
                return Draw(parsed.GetValue(notebooks)!, formats, parsed.GetValue(folder)!, pixels, dots);
            }
            catch (Exception error) when (error is NotebookFormatException or IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
            {
                return Refusal.Say(error.Message);
            }
        });
        return command;
    }

    private static int Draw(string[] paths, string[] formats, string folder, int? width, double dotsPerInch)
    {
        var figures = paths.Select(p => (Path: p, Figures: NotebookFigures.Of(NotebookFile.Read(p), Path.GetFileNameWithoutExtension(p)))).ToArray();
        foreach (var (path, _) in figures.Where(f => f.Figures.Count == 0))
            Console.WriteLine($"{path} has no charts or drawings among its outputs");

        // A title may stand in two notebooks.
        var twice = figures.SelectMany(f => f.Figures).GroupBy(f => f.Name).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet();
        using var renderer = FigureRenderer.TryCreate(out var notice);
        if (renderer is null)
            return Refusal.Say(notice);
        Directory.CreateDirectory(folder);
        foreach (var (path, found) in figures)
            foreach (var original in found)
            {
                var figure = width is { } pixels ? original.At(pixels) : original;
                var name = twice.Contains(figure.Name) ? $"{Path.GetFileNameWithoutExtension(path)}-{figure.Name}" : figure.Name;
                if (figure.IsDrawing && figure.Width < Smallest * original.Width)
                    Console.Error.WriteLine($"{name}: the drawing is {original.Width} px wide and is scaled to "
                        + $"{100 * figure.Width / original.Width} %; its letters may be too small to read, a wider --width keeps them");
                foreach (var format in formats)
                {
                    var file = Path.Combine(folder, $"{name}.{format}");
                    AtomicFile.WriteAllBytes(file, Bytes(renderer, figure, format, dotsPerInch));
                    Console.WriteLine(file);
                }
            }
        return ExitCode.Success;
    }

    private static byte[] Bytes(FigureRenderer renderer, NotebookFigure figure, string format, double dotsPerInch)
    {
        var (source, width, height) = (figure.Source, figure.Width, figure.Height);
        var scale = dotsPerInch / PaperLength.PixelsPerInch;
        return format switch
        {
            "svg" => Encoding.UTF8.GetBytes(
                figure.IsDrawing ? FigureRenderer.DrawingSvg(source, width, height) : renderer.Svg(source, width, height)),
            "pdf" => figure.IsDrawing ? renderer.DrawingPdf(source, width, height) : renderer.Pdf(source, width, height),
            _ => PngResolution.With(figure.IsDrawing ? renderer.DrawingPng(source, width, height, scale) : renderer.Png(source, width, height, scale),
                dotsPerInch),
        };
    }
}
