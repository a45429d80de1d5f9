namespace Polytask.Cli.Tests;

/// <summary>The scripts in tests/peers.</summary>
internal static class Peers
{
    /// <summary>The repository's folder.</summary>
    public static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Notebooks.sln")))
                folder = Path.GetDirectoryName(folder)!;
            return folder;
        }
    }

    public static string Script(string name) => Path.Combine(Root, "tests", "peers", name);
}
