using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Polytask.Notebooks.Kernels.CSharp;

/// <summary>
/// A cell's source made fit for the script grammar, which refuses namespaces, extension methods, extension blocks and using
/// declarations. Cells with one of the first three are split: their types become a library, the rest stays a script. In a script a
/// using declaration becomes an ordinary one whose variable is disposed when the cell ends. Every character that stays keeps its line
/// and column.
/// </summary>
internal sealed class CSharpCell
{
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
            return new CSharpCell(null, script.ToString(), disposed, usings);

        var library = new StringBuilder(code.Text);
        foreach (var member in root.Members)
            Blank(types.Contains(member) ? script : library, member.FullSpan);
        if (root.EndOfFileToken.FullSpan is { IsEmpty: false } tail)
            Blank(library, tail);
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
