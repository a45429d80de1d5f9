using System.CommandLine;

namespace Polytask.Cli.Commands;

/// <summary>The option <c>-p name=value</c>, which sets a variable of the cell tagged "parameters".</summary>
internal static class ParameterOption
{
    public static Option<string[]> Create()
    {
        var option = new Option<string[]>("-p", "--parameter")
        {
            Description = "Sets a variable of the cell tagged 'parameters': -p name=value. May be repeated.",
            HelpName = "name=value",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.IndexOf('=') <= 0) is { } wrong)
                result.AddError($"-p {wrong.Value}: name=value is expected");
        });
        return option;
    }

    /// <summary>Names and values of what was given.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Pairs(string[]? given) =>
        [.. (given ?? []).Select(text => text.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1]))];
}
