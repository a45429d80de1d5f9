using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Polytask.Notebooks.Kernels.CSharp;

/// <summary>A parameter value that cannot be used; the message says which and why.</summary>
public sealed class ParameterException(string message) : Exception(message);

/// <summary>The variables of a C# cell tagged "parameters", and the cell that sets them.</summary>
public static class CSharpParameters
{
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The source of a cell that sets parameters, in the order given.</summary>
    /// <param name="source">The source of the cell that declares them.</param>
    /// <param name="values">Names and values as they were typed.</param>
    /// <exception cref="ParameterException">A name that is not declared, or a value that is not of the declared type.</exception>
    public static string Assign(string source, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        var declared = Read(source);
        var lines = new List<string>();
        foreach (var (name, value) in values)
        {
            if (declared.FirstOrDefault(d => d.Name == name) is not { } parameter)
                throw new ParameterException($"there is no parameter '{name}'; the notebook has: {string.Join(", ", declared.Select(d => d.Name))}");
            var literal = Literal(parameter, value);
            lines.Add(parameter.IsConst ? $"const {parameter.Type} {name} = {literal};" : $"{name} = {literal};");
        }
        return string.Join('\n', lines);
    }

    /// <summary>The names that a cell declares and the values it gives them: texts without their quotes, everything else as written.</summary>
    public static IReadOnlyDictionary<string, string> Defaults(string source)
    {
        var values = new Dictionary<string, string>();
        foreach (var parameter in Read(source))
            values[parameter.Name] = parameter.Text;
        return values;
    }

    private static List<Declared> Read(string source)
    {
        var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest)).GetRoot();
        return
        [
            .. from statement in root.Members.OfType<GlobalStatementSyntax>()
               let declaration = statement.Statement as LocalDeclarationStatementSyntax
               where declaration is not null
               from variable in declaration.Declaration.Variables
               let type = declaration.Declaration.Type.IsVar ? TypeOf(variable.Initializer?.Value) : declaration.Declaration.Type.ToString()
               select new Declared(variable.Identifier.ValueText, type, declaration.IsConst, variable.Initializer?.Value.ToString() ?? "nothing",
                   variable.Initializer?.Value is LiteralExpressionSyntax { Token.Value: string text } ? text : variable.Initializer?.Value.ToString() ?? ""),
        ];
    }

    private static string? TypeOf(ExpressionSyntax? value) => value switch
    {
        PrefixUnaryExpressionSyntax signed => TypeOf(signed.Operand),
        LiteralExpressionSyntax literal => literal.Token.Value switch
        {
            string => "string",
            bool => "bool",
            int => "int",
            long => "long",
            double => "double",
            float => "float",
            decimal => "decimal",
            _ => null,
        },
        InterpolatedStringExpressionSyntax => "string",
        _ => null,
    };

    private static string Literal(Declared parameter, string value)
    {
        var culture = CultureInfo.InvariantCulture;
        if (value == "null" && parameter.Type?.EndsWith('?') == true && parameter.Type != "string?")
            return value;
        return parameter.Type?.TrimEnd('?') switch
        {
            "string" => SymbolDisplay.FormatLiteral(value, quote: true),
            "bool" => bool.TryParse(value, out var truth) ? (truth ? "true" : "false") : throw Wrong("true or false"),
            "int" => int.TryParse(value, NumberStyles.AllowLeadingSign, culture, out _) ? value : throw Wrong("a whole number"),
            "long" => long.TryParse(value, NumberStyles.AllowLeadingSign, culture, out _) ? value + "L" : throw Wrong("a whole number"),
            "double" => double.TryParse(value, Number, culture, out var number) && double.IsFinite(number) ? number.ToString("R", culture) + "d" : throw Wrong("a number"),
            "float" => float.TryParse(value, Number, culture, out var number) && float.IsFinite(number) ? number.ToString("R", culture) + "f" : throw Wrong("a number"),
            "decimal" => decimal.TryParse(value, Number, culture, out var number) ? number.ToString(culture) + "m" : throw Wrong("a number"),
            null or "object" or "dynamic" => value is "true" or "false" || double.TryParse(value, Number, culture, out var number) && double.IsFinite(number)
                ? value.TrimEnd('.')
                : SymbolDisplay.FormatLiteral(value, quote: true),
            var type => throw new ParameterException(
                $"parameter '{parameter.Name}' is declared as {type}; a value can be given to string, bool, int, long, float, double and decimal variables"),
        };

        ParameterException Wrong(string expected) =>
            new($"parameter '{parameter.Name}' is {expected} ({parameter.Default} in the notebook), which '{value}' is not");
    }

    private sealed record Declared(string Name, string? Type, bool IsConst, string Default, string Text);
}
