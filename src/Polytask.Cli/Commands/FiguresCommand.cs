using System.CommandLine;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Figures;

namespace Polytask.Cli.Commands;

/// <summary><c>polytask figures nb.ipynb</c>: the figures among a notebook's outputs as files.</summary>
internal static class FiguresCommand
{
    private static readonly string[] Formats = ["svg", "pdf", "png"];

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
        Refusal.NoOptionsAmong(notebooks);
        scale.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= 20))
                result.AddError("--scale takes a number above 0, at most 20");
        });
        var command = new Command("figures", "Draws the plotly figures of notebooks as files named by their titles; the same figure gives the "
            + "same bytes every time.")
        {
            notebooks, format, folder, scale,
        };
        command.SetAction(parsed =>
        {
            var formats = parsed.GetValue(format)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (formats.Length == 0 || formats.FirstOrDefault(f => !Formats.Contains(f)) is not null)
                return Refusal.Say($"--format {parsed.GetValue(format)}: some of {string.Join(", ", Formats)} are expected, with commas between them");
            try
            {
                return Draw(parsed.GetValue(notebooks)!, formats, parsed.GetValue(folder)!, parsed.GetValue(scale));
            }
            catch (Exception error) when (error is NotebookFormatException or IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
            {
                return Refusal.Say(error.Message);
            }
        });
        return command;
    }

    private static int Draw(string[] paths, string[] formats, string folder, double scale)
    {
        var figures = paths.Select(p => (Path: p, Figures: NotebookFigures.Of(NotebookFile.Read(p)))).ToArray();
        foreach (var (path, _) in figures.Where(f => f.Figures.Count == 0))
            Console.WriteLine($"{path} has no plotly figures among its outputs");

        // A title may stand in two notebooks.
        var twice = figures.SelectMany(f => f.Figures).GroupBy(f => f.Name).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet();
        using var renderer = FigureRenderer.TryCreate(out var notice);
        if (renderer is null)
            return Refusal.Say(notice);
        Directory.CreateDirectory(folder);
        foreach (var (path, found) in figures)
            foreach (var figure in found)
                foreach (var format in formats)
                {
                    var name = twice.Contains(figure.Name) ? $"{Path.GetFileNameWithoutExtension(path)}-{figure.Name}" : figure.Name;
                    var file = Path.Combine(folder, $"{name}.{format}");
                    switch (format)
                    {
                        case "svg":
                            File.WriteAllText(file, renderer.Svg(figure.Json, figure.Width, figure.Height));
                            break;
                        case "pdf":
                            File.WriteAllBytes(file, renderer.Pdf(figure.Json, figure.Width, figure.Height));
                            break;
                        default:
                            File.WriteAllBytes(file, renderer.Png(figure.Json, figure.Width, figure.Height, scale));
                            break;
                    }
                    Console.WriteLine(file);
                }
        return ExitCode.Success;
    }
}
