namespace Polytask.Notebooks.Kernels.CSharp.Assistance;

/// <summary>The keywords that fit at a place.</summary>
internal static class CSharpKeywords
{
    private static readonly string[] Types =
    [
        "bool", "byte", "char", "decimal", "double", "dynamic", "float", "int", "long", "nint", "nuint", "object", "sbyte", "short",
        "string", "uint", "ulong", "ushort",
    ];

    private static readonly string[] Modifiers =
    [
        "abstract", "async", "const", "event", "extern", "internal", "new", "override", "partial", "private", "protected", "public",
        "readonly", "required", "sealed", "static", "unsafe", "virtual", "void", "volatile",
    ];

    private static readonly string[] Declarations = ["class", "delegate", "enum", "interface", "namespace", "record", "struct"];

    private static readonly string[] Expressions =
    [
        "async", "await", "base", "checked", "default", "delegate", "false", "from", "nameof", "new", "null", "out", "ref", "sizeof",
        "stackalloc", "static", "this", "throw", "true", "typeof", "unchecked", "var",
    ];

    private static readonly string[] Statements =
    [
        "break", "case", "continue", "do", "else", "catch", "finally", "fixed", "for", "foreach", "goto", "if", "lock", "return", "switch",
        "try", "using", "while", "yield",
    ];

    private static readonly string[] Operators =
    [
        "and", "as", "ascending", "by", "descending", "equals", "group", "in", "into", "is", "join", "let", "not", "on", "or", "orderby",
        "select", "switch", "when", "where", "with",
    ];

    public static IEnumerable<string> At(CSharpPlace place) => place switch
    {
        CSharpPlace.Statement => [.. Statements, .. Expressions, .. Types, .. Modifiers, .. Declarations],
        CSharpPlace.Expression => [.. Expressions, .. Types, "not"],
        CSharpPlace.Type => Types,
        CSharpPlace.Namespace => ["static", "var"],
        CSharpPlace.Member => [.. Modifiers, .. Declarations, .. Types],
        CSharpPlace.Accessor => ["add", "get", "init", "internal", "private", "protected", "remove", "set"],
        CSharpPlace.Label => ["case", "default"],
        CSharpPlace.AfterExpression => Operators,
        _ => [],
    };
}
