using System.Globalization;
using System.Text.RegularExpressions;
using Polytask.Notebooks.Kernels.CSharp;

namespace Polytask.Notebooks.Kernels.FSharp;

/// <summary>The bindings of an F# cell tagged "parameters", and the cell that sets them: each a <c>let</c> of one line with a literal.</summary>
public static partial class FSharpParameters
{
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The source of a cell that sets parameters, in the order given: bindings that shadow the declared ones.</summary>
    /// <param name="source">The source of the cell that declares them.</param>
    /// <param name="values">Names and values as they were typed.</param>
    /// <exception cref="ParameterException">A name that is not declared, or a value that is not of the declared type.</exception>
    public static string Assign(string source, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        var declared = Read(source);
        return string.Join('\n', values.Select(pair => declared.FirstOrDefault(d => d.Name == pair.Key) is { } parameter
            ? $"let {(parameter.IsMutable ? "mutable " : "")}{parameter.Written} = {Literal(parameter, pair.Value)}"
            : throw new ParameterException($"there is no parameter '{pair.Key}'; the notebook has: {string.Join(", ", declared.Select(d => d.Name))}")));
    }

    /// <summary>The names that a cell binds and the values it gives them: texts without their quotes, everything else as written.</summary>
    public static IReadOnlyDictionary<string, string> Defaults(string source)
    {
        var values = new Dictionary<string, string>();
        foreach (var parameter in Read(source))
            values[parameter.Name] = QuotedText().Match(parameter.Default) is { Success: true } text ? Unescaped(text) : parameter.Default;
        return values;
    }

    private static List<Declared> Read(string source) =>
    [
        .. from Match match in Binding().Matches(source.ReplaceLineEndings("\n"))
           let written = match.Groups["name"].Value
           let literal = match.Groups["value"].Value.Trim()
           let type = match.Groups["type"] is { Success: true } annotated ? annotated.Value.Trim() : TypeOf(literal)
           select new Declared(written.Trim('`'), written, type, match.Groups["mutable"].Success, literal),
    ];

    private static string? TypeOf(string literal) => literal switch
    {
        "true" or "false" => "bool",
        _ when QuotedText().IsMatch(literal) => "string",
        _ when int.TryParse(literal, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => "int",
        _ when FractionalNumber().IsMatch(literal) => "float",
        _ when SuffixedNumber().Match(literal) is { Success: true } number => number.Groups[1].Value switch { "L" => "int64", "m" or "M" => "decimal", _ => "float32" },
        _ => null,
    };

    private static string Literal(Declared parameter, string value)
    {
        var culture = CultureInfo.InvariantCulture;
        return parameter.Type switch
        {
            "string" => "\"" + string.Concat(value.Select(Escaped)) + "\"",
            "bool" => bool.TryParse(value, out var truth) ? (truth ? "true" : "false") : throw Wrong("true or false"),
            "int" or "int32" => int.TryParse(value, NumberStyles.AllowLeadingSign, culture, out _) ? value : throw Wrong("a whole number"),
            "int64" => long.TryParse(value, NumberStyles.AllowLeadingSign, culture, out _) ? value + "L" : throw Wrong("a whole number"),
            "float" or "double" => double.TryParse(value, Number, culture, out var number) && double.IsFinite(number)
                ? Fractional(number.ToString("R", culture)) : throw Wrong("a number"),
            "float32" or "single" => float.TryParse(value, Number, culture, out var number) && float.IsFinite(number)
                ? Fractional(number.ToString("R", culture)) + "f" : throw Wrong("a number"),
            "decimal" => decimal.TryParse(value, Number, culture, out var number) ? number.ToString(culture) + "m" : throw Wrong("a number"),
            var type => throw new ParameterException($"parameter '{parameter.Name}' is {(type is null ? "not a literal" : $"declared as {type}")}; "
                                                     + "a value can be given to string, bool, int, int64, float, float32 and decimal bindings"),
        };

        ParameterException Wrong(string expected) =>
            new($"parameter '{parameter.Name}' is {expected} ({parameter.Default} in the notebook), which '{value}' is not");
    }

    /// <summary>F# takes 2 for a whole number where a float stands.</summary>
    private static string Fractional(string number) => number.AsSpan().IndexOfAny('.', 'E') < 0 ? number + ".0" : number;

    private static string Escaped(char c) => c switch
    {
        '"' or '\\' => "\\" + c,
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < ' ' => $"\\u{(int)c:X4}",
        _ => c.ToString(),
    };

    private static string Unescaped(Match text) => text.Groups["verbatim"].Success
        ? text.Groups["verbatim"].Value.Replace("\"\"", "\"", StringComparison.Ordinal)
        : Escape().Replace(text.Groups["plain"].Value, e => e.Groups[1].Value switch { "n" => "\n", "t" => "\t", "r" => "\r", var c => c });

    [GeneratedRegex(@"^let[ \t]+(?<mutable>mutable[ \t]+)?(?<name>``[^`\n]+``|[\w']+)[ \t]*(:(?<type>[^=\n]+))?=[ \t]*(?<value>""(\\.|[^""\\\n])*""|@""([^""\n]|"""")*""|[^\n]*?)[ \t]*(//[^\n]*)?$", RegexOptions.Multiline)]
    private static partial Regex Binding();

    [GeneratedRegex(@"^(@""(?<verbatim>([^""]|"""")*)""|""(?<plain>(\\.|[^""\\])*)"")$")]
    private static partial Regex QuotedText();

    [GeneratedRegex(@"^[+-]?\d+(\.\d*([eE][+-]?\d+)?|[eE][+-]?\d+)$")]
    private static partial Regex FractionalNumber();

    [GeneratedRegex(@"^[+-]?\d[\d.eE+-]*(L|[mM]|[fF])$")]
    private static partial Regex SuffixedNumber();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();

    private sealed record Declared(string Name, string Written, string? Type, bool IsMutable, string Default);
}
