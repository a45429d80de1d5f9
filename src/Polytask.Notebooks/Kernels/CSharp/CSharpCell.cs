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

    private readonly RewrittenSource? _library;
    private readonly RewrittenSource _script;
    private readonly MemberDeclarationSyntax[] _libraryTypes;

    private CSharpCell(RewrittenSource? library, RewrittenSource script, MemberDeclarationSyntax[] libraryTypes)
    {
        (_library, _script, _libraryTypes) = (library, script, libraryTypes);
        (Library, Script) = (library?.ToString(), script.ToString());
    }

    /// <summary>The part to compile as an ordinary library; null for most cells.</summary>
    public string? Library { get; }

    /// <summary>The part to run.</summary>
    public string Script { get; }

    /// <summary>Whether the cell only declares a library: there is nothing to run, nor a using directive for the cells that follow.</summary>
    public bool IsOnlyLibrary { get; private init; }

    /// <summary>The variables of using declarations, in order.</summary>
    public required IReadOnlyList<string> Disposed { get; init; }

    /// <summary>The texts of the cell's using directives, for the libraries of later cells.</summary>
    public required IReadOnlyList<string> Usings { get; init; }

    /// <summary>Which part a position of the cell belongs to, and where in it that is.</summary>
    public (bool InLibrary, int Position) Locate(int position) =>
        _library is not null
        && Array.Exists(_libraryTypes, t => t.SpanStart < position && (position < t.Span.End || IsOpen(t) && position <= t.FullSpan.End))
            ? (true, _library.Position(position))
            : (false, _script.Position(position));

    public static CSharpCell Parse(CellCode code)
    {
        // Top-level statements of an ordinary program parse all that a cell may hold, except a last expression without semicolon,
        // which is only an error token at the end.
        var tree = CSharpSyntaxTree.ParseText(code.Text, new CSharpParseOptions(LanguageVersion.Latest));
        var root = (CompilationUnitSyntax)tree.GetRoot();
        var usings = root.Usings.Select(u => u.ToString()).ToArray();
        var types = root.Members.Where(m => m is BaseNamespaceDeclarationSyntax or BaseTypeDeclarationSyntax or DelegateDeclarationSyntax).ToArray();
        var script = new RewrittenSource(code.Text);
        var disposed = RewriteUsingDeclarations(root, script);
        if (!types.Any(NeedsLibrary))
        {
            SplitDeconstructions(root, script);
            return new CSharpCell(null, script, []) { Disposed = disposed, Usings = usings };
        }

        var library = new RewrittenSource(code.Text);
        foreach (var member in root.Members)
            (types.Contains(member) ? script : library).Blank(member.FullSpan);
        library.Blank(root.EndOfFileToken.FullSpan);
        SplitDeconstructions(root, script);
        MakePublic(library, tree, types);
        return new CSharpCell(library, script, types)
        {
            Disposed = disposed,
            Usings = usings,
            IsOnlyLibrary = root.Members.Count == types.Length && usings.Length == 0,
        };
    }

    /// <summary>Whether a declaration has not come to its end: what is typed after it belongs to it.</summary>
    private static bool IsOpen(MemberDeclarationSyntax member) =>
        member is FileScopedNamespaceDeclarationSyntax || member.GetLastToken(includeZeroWidth: true).IsMissing;

    private static bool NeedsLibrary(MemberDeclarationSyntax member) => member switch
    {
        BaseNamespaceDeclarationSyntax => true,
        ClassDeclarationSyntax type => type.Members.Any(m =>
            m is ExtensionBlockDeclarationSyntax
            || m is MethodDeclarationSyntax method && method.ParameterList.Parameters.FirstOrDefault() is { } first && first.Modifiers.Any(SyntaxKind.ThisKeyword)),
        _ => false,
    };

    private static List<string> RewriteUsingDeclarations(CompilationUnitSyntax root, RewrittenSource script)
    {
        var names = new List<string>();
        foreach (var statement in root.Members.OfType<GlobalStatementSyntax>())
        {
            if (statement.Statement is not LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } declaration)
                continue;
            script.Blank(declaration.UsingKeyword.Span);
            if (declaration.AwaitKeyword.RawKind != 0)
                script.Blank(declaration.AwaitKeyword.Span);
            names.AddRange(declaration.Declaration.Variables.Select(v => v.Identifier.ValueText));
        }
        return names;
    }

    /// <summary>
    /// <c>var (a, b) = x switch { ... };</c> crashes the script compiler while it infers the types of the fields a and b. Through a
    /// variable of its own the same value is no trouble: <c>var v = x switch { ... }; var (a, b) = v;</c>
    /// </summary>
    private static void SplitDeconstructions(CompilationUnitSyntax root, RewrittenSource script)
    {
        var number = 0;
        foreach (var statement in root.Members.OfType<GlobalStatementSyntax>())
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
            script.Overwrite(assignment.Left.SpanStart, declaration);
        }
    }

    /// <summary>
    /// A library's types are internal unless they say otherwise, and cells are other assemblies: makes the top-level ones public. The
    /// word goes on a line of its own, with a #line directive and spaces after it, so that places stay exact.
    /// </summary>
    private static void MakePublic(RewrittenSource library, SyntaxTree tree, IEnumerable<MemberDeclarationSyntax> members)
    {
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
            var at = member.AttributeLists.LastOrDefault() is { } attributes ? attributes.GetLastToken().GetNextToken().SpanStart : member.SpanStart;
            var place = tree.GetLineSpan(new TextSpan(at, 0)).StartLinePosition;
            library.Insert(at, $"\npublic\n#line {place.Line + 1}\n{new string(' ', place.Character)}");
        }
    }
}
