using System.CommandLine;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Exporting;

namespace Polytask.Cli.Commands;

/// <summary><c>polytask convert nb.ipynb nb.html</c>.</summary>
internal static class ConvertCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("from") { Description = "A notebook (.ipynb, .dib) or a script with cell markers (.cs, .fsx)." };
        var target = new Argument<string>("to") { Description = $"The file to write; its name ends with {NotebookConversion.Forms}." };
        var command = new Command("convert", "Converts a notebook to another form. A page (.html) has the outputs with figures to zoom and needs "
            + "no network; scripts and .dib have no outputs.")
        {
            source, target,
        };
        command.SetAction(parsed =>
        {
            var (from, to) = (parsed.GetValue(source)!, parsed.GetValue(target)!);
            try
            {
                if (Path.GetFullPath(from) == Path.GetFullPath(to))
                    return Refusal.Say($"{to} would be written over itself; name another file");
                if (Refusal.OfOutputFile("to", to) is { } refusal)
                    return Refusal.Say(refusal);
                NotebookConversion.Write(NotebookConversion.Read(from), to);
                Console.WriteLine($"{to} is written");
                return ExitCode.Success;
            }
            catch (Exception error) when (error is NotebookFormatException or IOException or UnauthorizedAccessException)
            {
                return Refusal.Say(error.Message);
            }
        });
        return command;
    }
}
