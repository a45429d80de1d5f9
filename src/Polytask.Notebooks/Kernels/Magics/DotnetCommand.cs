using System.Diagnostics;

namespace Polytask.Notebooks.Kernels.Magics;

/// <summary>The SDK's build engine, asked for packages and projects.</summary>
internal static class DotnetCommand
{
    /// <summary>Runs <c>dotnet msbuild</c> and gives what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds its errors.</exception>
    public static string Build(string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };

        // Servers that would stay behind are not for a process that ends with its notebook.
        foreach (var argument in arguments.Prepend("msbuild").Concat(["-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false"]))
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        // A build that failed still prints the items that it found: only the exit code tells.
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(Reason(output + errors.Result));
    }

    private static string Reason(string output)
    {
        var errors = output.Split('\n').Where(l => l.Contains("error ", StringComparison.Ordinal))
            .Select(l => Located(l).Split(" [", 2)[0].Trim()).Distinct().ToArray();
        return errors.Length > 0 ? string.Join("; ", errors) : output.Trim();
    }

    /// <summary>A compiler's error keeps its file and line, of which the folder is no news.</summary>
    private static string Located(string line)
    {
        var at = line.IndexOf("error ", StringComparison.Ordinal);
        var place = line[..at].TrimEnd(' ', ':');
        return place.EndsWith(')') ? $"{Path.GetFileName(place)}: {line[at..]}" : line[at..];
    }
}
