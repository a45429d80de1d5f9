using System.CommandLine;
using Polytask.Analysis;

namespace Polytask.Cli.Commands;

/// <summary><c>polytask ledger</c>: writes notebooks/README.md from the outputs that the notebooks hold.</summary>
internal static class LedgerCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "The folder that holds the notebooks.", DefaultValueFactory = _ => "notebooks" };
        var command = new Command("ledger", "Writes the table of what was reproduced (README.md in the notebooks' folder) from the notebooks' outputs.") { folder };
        command.SetAction(parsed =>
        {
            try
            {
                Console.WriteLine($"{Ledger.Write(parsed.GetValue(folder)!)} is written");
                return ExitCode.Success;
            }
            catch (Exception error) when (error is DataException or IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"polytask: {error.Message}");
                return ExitCode.BadInput;
            }
        });
        return command;
    }
}
