using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Polytask.Notebooks.Kernels.CSharp.Assistance;

/// <summary>Whether Enter should run a C# cell. Only its grammar counts: a wrong name or type is told when it runs.</summary>
internal static class CSharpCompleteness
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);
    private static readonly CSharpParseOptions Library = new(LanguageVersion.Latest);

    public static Completeness Of(string source)
    {
        var cell = CSharpCell.Parse(new CellCode(source, ""));
        var script = CSharpSyntaxTree.ParseText(cell.Script, Script);
        var answer = Of(script);
        if (cell.Library is { } library && Of(CSharpSyntaxTree.ParseText(library, Library)) is var other && other > answer)
            answer = other;
        return answer == Completeness.Complete && MayGoOn(script) ? Completeness.Incomplete : answer;
    }

    private static Completeness Of(SyntaxTree tree)
    {
        var errors = tree.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).ToArray();
        var end = tree.GetRoot().GetLastToken(includeSkipped: true).Span.End;
        return errors.Length == 0 ? Completeness.Complete
            : errors.All(e => IsOfTheEnd(e, end)) ? Completeness.Incomplete
            : Completeness.Invalid;
    }

    /// <summary>Whether an error says that something is missing where the source ends, or that something has not ended.</summary>
    private static bool IsOfTheEnd(Diagnostic error, int end) => error.Id switch
    {
        // Texts over several lines, holes in texts, comments.
        "CS1039" or "CS8997" or "CS8076" or "CS1035" => true,

        // A semicolon or a catch is missing: the last token is marked.
        "CS1002" or "CS1524" => error.Location.SourceSpan.End >= end,
        _ => error.Location.SourceSpan.Start >= end,
    };

    /// <summary>Whether an else, a catch or a finally may follow. As consoles have it, an empty line says that none does.</summary>
    private static bool MayGoOn(SyntaxTree tree)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot();
        var text = tree.ToString();
        return root.Members.LastOrDefault() is GlobalStatementSyntax { Statement: var last } && IsExtensible(last)
               && !string.IsNullOrWhiteSpace(text[(text.LastIndexOf('\n') + 1)..]);
    }

    private static bool IsExtensible(StatementSyntax statement) => statement switch
    {
        IfStatementSyntax { Else: { } other } => IsExtensible(other.Statement),
        IfStatementSyntax or TryStatementSyntax { Finally: null } => true,
        _ => false,
    };
}
