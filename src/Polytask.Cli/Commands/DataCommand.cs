using System.CommandLine;

namespace Polytask.Cli.Commands;

/// <summary><c>polytask data</c>, <c>polytask data Adult MovieLens100K</c>: the public data sets that are not in the repository.</summary>
internal static class DataCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("sets") { Description = "The sets to fetch; without any, all are listed.", Arity = ArgumentArity.ZeroOrMore };
        Refusal.NoOptionsAmong(names);
        var command = new Command("data", "Lists the public data sets that are loaded by name, or fetches some of them ahead. Every file is verified. Exit "
            + "codes: 0 fine, 2 no such set, or it cannot be fetched.")
        {
            names,
        };
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetValue(names)!;
            if (wanted.Length == 0) return List();
            var known = PublicSets.All.Select(set => set.Name).ToArray();
            if (wanted.FirstOrDefault(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
                return Refusal.Say($"there is no public set '{unknown}'; there are {string.Join(", ", known)}");
            return wanted.Select(name => PublicSets.All.Single(set => set.Name.Equals(name, StringComparison.OrdinalIgnoreCase))).Max(Fetch);
        });
        return command;
    }

    private static int List()
    {
        Console.WriteLine($"kept in {DatasetDownload.DefaultFolder}");
        var (name, state) = (PublicSets.All.Max(set => set.Name.Length), "not here".Length);
        foreach (var set in PublicSets.All)
            Console.WriteLine($"{set.Name.PadRight(name)}  {(set.Files.All(IsHere) ? "here" : "not here").PadRight(state)}  "
                + $"{string.Join(", ", set.Files.Select(file => file.Name))} ({set.Terms})");
        return ExitCode.Success;
    }

    private static bool IsHere(RemoteFile file) => File.Exists(Path.Combine(DatasetDownload.DefaultFolder, file.Name));

    private static int Fetch(PublicSet set)
    {
        try
        {
            foreach (var path in PublicSets.Fetched(set.Name)) Console.WriteLine($"{set.Name}: {path}");
            return ExitCode.Success;
        }
        catch (DataException error)
        {
            return Refusal.Say(error.Message);
        }
    }
}
