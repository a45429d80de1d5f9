using System.CommandLine;
using System.Globalization;

namespace Polytask.Cli.Commands;

/// <summary>How commands refuse what they cannot use: one line on standard error, and the exit code for it.</summary>
internal static class Refusal
{
    /// <summary>Four weeks, in seconds.</summary>
    private const double LongestLimit = 28 * 24 * 3600;

    /// <summary>Says what is wrong and gives the exit code.</summary>
    public static int Say(string message)
    {
        Console.Error.WriteLine($"polytask: {message}");
        return ExitCode.BadInput;
    }

    /// <summary>Why a file cannot be written at a path that was given for an option; null where nothing speaks against it.</summary>
    public static string? OfOutputFile(string option, string? path)
    {
        if (path is null)
            return null;
        if (Directory.Exists(path))
            return $"{option} {path} is a folder; name a file in it";
        return Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))) ? null : $"{option} {path}: its folder does not exist";
    }

    /// <summary>Words that look like options stand for no notebook.</summary>
    public static void NoOptionsAmong(Argument<string[]> paths) => paths.Validators.Add(result =>
    {
        foreach (var token in result.Tokens.Where(t => t.Value.StartsWith('-')))
            result.AddError($"there is no option {token.Value}");
    });

    /// <summary>An option that takes a time in seconds.</summary>
    public static Option<double?> Limit(string name, string description)
    {
        var option = new Option<double?>(name) { Description = description, HelpName = "seconds" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is not (> 0 and <= LongestLimit))
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} takes a number of seconds above 0, at most {LongestLimit}"));
        });
        return option;
    }
}
