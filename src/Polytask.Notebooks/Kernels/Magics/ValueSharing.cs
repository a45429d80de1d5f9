using System.Globalization;
using Microsoft.DotNet.Interactive;
using Polytask.Notebooks.Display;

namespace Polytask.Notebooks.Kernels.Magics;

/// <summary>Values of one language under a name of another: <c>#!share</c> and <c>#!set</c>.</summary>
internal static class ValueSharing
{
    /// <summary><c>#!share --from fsharp name [--as other]</c>: the same object, not a copy.</summary>
    public static void Share(string text, ICellKernel to, IReadOnlyDictionary<string, ICellKernel> kernels)
    {
        var arguments = new MagicArguments(text, "--from", "--as");
        if (arguments.Words is not [var name] || arguments["--from"] is not { } from)
            throw new InvalidOperationException("say which value of which language: #!share --from fsharp name, and --as other for another name");
        Declare(to, arguments["--as"] ?? name, from, name, kernels);
    }

    /// <summary>
    /// <c>#!set --name x --value 5</c>: a number, true or false, a text (any other, or in quotes), another language's value (@fsharp:name), or what a
    /// person types (@input:prompt, a text; @password:prompt, a <see cref="PasswordString" />).
    /// </summary>
    public static void Set(string text, ICellKernel to, IReadOnlyDictionary<string, ICellKernel> kernels)
    {
        var arguments = new MagicArguments(text, "--name", "--value");
        if (arguments.Words.Count > 0 || arguments["--name"] is not { } name || arguments["--value"] is not { } value)
            throw new InvalidOperationException("a name and a value are expected: #!set --name x --value 5");
        if (arguments.Quoted.Contains("--value"))
        {
            to.Declare(name, value, typeof(string));
        }
        else if (value.Split(':', 2) is ["@input" or "@password", ..] and var question)
        {
            var answer = CellInput.Ask(question.Length == 2 ? question[1].Trim('"') : name, hidden: question[0] == "@password");
            if (question[0] == "@password")
                to.Declare(name, new PasswordString(answer), typeof(PasswordString));
            else
                to.Declare(name, answer, typeof(string));
        }
        else if (value.StartsWith('@') && value.Split(':', 2) is [var from, var other])
        {
            Declare(to, name, from[1..], other, kernels);
        }
        else
        {
            var literal = Literal(value);
            to.Declare(name, literal, literal.GetType());
        }
    }

    private static void Declare(ICellKernel to, string name, string from, string other, IReadOnlyDictionary<string, ICellKernel> kernels)
    {
        if (LanguageNames.Of(from) is not { } language || !kernels.TryGetValue(language, out var source))
            throw new InvalidOperationException($"there is no kernel '{from}' here; values can come from: {string.Join(", ", kernels.Keys)}");
        if (source.Find(other) is not { } variable)
        {
            var known = string.Join(", ", source.Variables.Select(v => v.Name));
            throw new InvalidOperationException($"{language} has no value '{other}'; it has {(known.Length > 0 ? known : "none yet")}");
        }
        to.Declare(name, variable.Value, variable.Type);
    }

    private static object Literal(string value)
    {
        var culture = CultureInfo.InvariantCulture;
        if (int.TryParse(value, NumberStyles.AllowLeadingSign, culture, out var small))
            return small;
        if (long.TryParse(value, NumberStyles.AllowLeadingSign, culture, out var whole))
            return whole;
        if (double.TryParse(value, NumberStyles.Float, culture, out var number) && double.IsFinite(number))
            return number;
        return bool.TryParse(value, out var truth) ? truth : value;
    }
}
