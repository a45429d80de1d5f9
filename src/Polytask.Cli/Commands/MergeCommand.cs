using System.CommandLine;

namespace Polytask.Cli.Commands;

/// <summary><c>polytask merge recipe.json</c>.</summary>
internal static class MergeCommand
{
    public static Command Create()
    {
        var recipe = new Argument<string>("recipe")
        {
            Description = "A JSON file: \"base\" and \"models\" (safetensors files, or indices of sharded ones), \"method\" (a name, or an "
                + "object with \"name\" and settings), \"exclude\" (patterns of names, optional) and \"output\". Paths are relative to the recipe.",
        };
        var command = new Command("merge", "Merges tuned models into one, file to file and piece by piece. Exit codes: 0 fine, 2 bad "
            + "input.")
        {
            recipe,
        };
        command.SetAction(parsed =>
        {
            try
            {
                var read = MergeRecipe.Read(parsed.GetValue(recipe)!);
                if (Refusal.OfOutputFile("output", read.Output) is { } refusal) return Refusal.Say(refusal);
                var merged = read.Run();
                Console.WriteLine($"{read.Output} is written: {merged.Tensors.Count} tensors, {merged.Method}");
                return ExitCode.Success;
            }
            catch (Exception error) when (error is InvalidDataException or ArgumentException or DeclarationException or IOException
                or UnauthorizedAccessException)
            {
                return Refusal.Say(error.Message);
            }
        });
        return command;
    }
}
