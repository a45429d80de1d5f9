using System.CommandLine;
using System.Runtime.InteropServices;

namespace Polytask.Cli.Commands;

/// <summary><c>polytask doctor</c>: what this machine has of what notebooks can use.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Says which engine is in use and what else is found on this machine.");
        command.SetAction(_ =>
        {
            foreach (var (name, value) in Findings())
                Console.WriteLine($"{name,-12} {value}");
            return ExitCode.Success;
        });
        return command;
    }

    private static IEnumerable<(string Name, string Value)> Findings()
    {
        yield return ("runtime", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors");
        foreach (var finding in Engine.Describe())
            yield return finding;
        yield return ("chromium", OnPath("chromium", "chromium-browser", "google-chrome") ?? "not found: notebooks get no PNG beside their charts");
        yield return ("npm", OnPath("npm") ?? "not found");
    }

    private static string? OnPath(params string[] programs) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => programs.Select(program => Path.Combine(folder, program)))
        .FirstOrDefault(File.Exists);
}
