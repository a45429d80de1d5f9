using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Polytask.Notebooks.Kernels.CSharp;

/// <summary>
/// A cell's source made fit for the script grammar, which refuses namespaces, extension methods, extension blocks and using
/// declarations. Cells with one of the first three are split: their types become a library, the rest stays a script. In a script a
/// using declaration becomes an ordinary one whose variable is disposed when the cell ends, and a deconstruction that the script
/// compiler cannot bind is done in two steps. Every character that stays keeps its line and column.
/// </summary>
internal sealed class CSharpCell
{
    /// <summary>Starts the names of the variables that a rewritten cell has and its author never wrote.</summary>
    public const char HiddenMark = 'ǀ';

    private CSharpCell(string? library, string? script, IReadOnlyList<string> disposed, IReadOnlyList<string> usings) =>
        (Library, Script, Disposed, Usings) = (library, script, disposed, usings);

    /// <summary>The part to compile as an ordinary library; null for most cells.</summary>
    public string? Library { get; }

    /// <summary>The part to run; null where the cell only declares a library.</summary>
    public string? Script { get; }

    /// <summary>The variables of using declarations, in order.</summary>
    public IReadOnlyList<string> Disposed { get; }

    /// <summary>The texts of the cell's using directives, for the libraries of later cells.</summary>
    public IReadOnlyList<string> Usings { get; }

    public static CSharpCell Parse(CellCode code)
    {
        // Top-level statements of an ordinary program parse all that a cell may hold, except a last expression without semicolon,
        // which is only an error token at the end.
        var tree = CSharpSyntaxTree.ParseText(code.Text, new CSharpParseOptions(LanguageVersion.Latest));
        var root = (CompilationUnitSyntax)tree.GetRoot();
        var usings = root.Usings.Select(u => u.ToString()).ToArray();
        var types = root.Members.Where(m => m is BaseNamespaceDeclarationSyntax or BaseTypeDeclarationSyntax or DelegateDeclarationSyntax).ToArray();
        var script = new StringBuilder(code.Text);
        var disposed = RewriteUsingDeclarations(root, script);
        if (!types.Any(NeedsLibrary))
        {
            SplitDeconstructions(root, script);
            return new CSharpCell(null, script.ToString(), disposed, usings);
        }

        var library = new StringBuilder(code.Text);
        foreach (var member in root.Members)
            Blank(types.Contains(member) ? script : library, member.FullSpan);
        if (root.EndOfFileToken.FullSpan is { IsEmpty: false } tail)
            Blank(library, tail);
        SplitDeconstructions(root, script);
        var rest = script.ToString();
        var empty = root.Members.Count == types.Length;
        return new CSharpCell(MakePublic(library.ToString(), tree, types), empty ? null : rest, disposed, usings);
    }

    private static bool NeedsLibrary(MemberDeclarationSyntax member) => member switch
    {
        BaseNamespaceDeclarationSyntax => true,
        ClassDeclarationSyntax type => type.Members.Any(m =>
            m is ExtensionBlockDeclarationSyntax
            || m is MethodDeclarationSyntax method && method.ParameterList.Parameters.FirstOrDefault() is { } first && first.Modifiers.Any(SyntaxKind.ThisKeyword)),
        _ => false,
    };

    private static List<string> RewriteUsingDeclarations(CompilationUnitSyntax root, StringBuilder script)
    {
        var names = new List<string>();
        foreach (var statement in root.Members.OfType<GlobalStatementSyntax>())
        {
            if (statement.Statement is not LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } declaration)
                continue;
            Blank(script, declaration.UsingKeyword.Span);
            if (declaration.AwaitKeyword.RawKind != 0)
                Blank(script, declaration.AwaitKeyword.Span);
            names.AddRange(declaration.Declaration.Variables.Select(v => v.Identifier.ValueText));
        }
        return names;
    }

    /// <summary>
    /// <c>var (a, b) = x switch { ... };</c> crashes the script compiler while it infers the types of the fields a and b. Through a
    /// variable of its own the same value is no trouble: <c>var v = x switch { ... }; var (a, b) = v;</c>
    /// </summary>
    private static void SplitDeconstructions(CompilationUnitSyntax root, StringBuilder script)
    {
        var number = 0;
        foreach (var statement in root.Members.OfType<GlobalStatementSyntax>().Reverse())
        {
            if (statement.Statement is not ExpressionStatementSyntax { SemicolonToken.IsMissing: false, Expression: AssignmentExpressionSyntax assignment } whole
                || !assignment.Left.DescendantNodesAndSelf().OfType<DeclarationExpressionSyntax>().Any(d => d.Type.IsVar)
                || !assignment.Right.DescendantNodesAndSelf().OfType<SwitchExpressionSyntax>().Any())
                continue;
            var place = root.SyntaxTree.GetLineSpan(whole.Span);
            var left = assignment.Left.ToString();
            var declaration = $"var {HiddenMark}{number}".PadRight(left.Length);
            if (declaration.Length != left.Length || left.Contains('\n'))
                continue;
            script.Insert(whole.Span.End, $"\n#line {place.StartLinePosition.Line + 1}\n{left} = {HiddenMark}{number++};"
                                          + $"\n#line {place.EndLinePosition.Line + 1}\n{new string(' ', place.EndLinePosition.Character)}");
            script.Remove(assignment.Left.SpanStart, left.Length).Insert(assignment.Left.SpanStart, declaration);
        }
    }

    /// <summary>
    /// A library's types are internal unless they say otherwise, and cells are other assemblies: makes the top-level ones public. The
    /// word goes on a line of its own, with a #line directive and spaces after it, so that places stay exact.
    /// </summary>
    private static string MakePublic(string library, SyntaxTree tree, IEnumerable<MemberDeclarationSyntax> members)
    {
        var insertions = new List<int>();
        var pending = new Stack<MemberDeclarationSyntax>(members);
        while (pending.TryPop(out var member))
        {
            if (member is BaseNamespaceDeclarationSyntax space)
            {
                foreach (var inner in space.Members)
                    pending.Push(inner);
                continue;
            }
            if (member.Modifiers.Any(m => m.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.FileKeyword))
                continue;
            insertions.Add(member.AttributeLists.LastOrDefault() is { } attributes ? attributes.GetLastToken().GetNextToken().SpanStart : member.SpanStart);
        }
        var text = new StringBuilder(library);
        foreach (var at in insertions.OrderDescending())
        {
            var place = tree.GetLineSpan(new TextSpan(at, 0)).StartLinePosition;
            text.Insert(at, $"\npublic\n#line {place.Line + 1}\n{new string(' ', place.Character)}");
        }
        return text.ToString();
    }

    private static void Blank(StringBuilder text, TextSpan span)
    {
        for (var i = span.Start; i < span.End; i++)
            if (text[i] is not ('\n' or '\r'))
                text[i] = ' ';
    }
}
