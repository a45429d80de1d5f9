using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Polytask.Notebooks.Kernels.Interrupting;

namespace Polytask.Notebooks.Kernels.CSharp;

/// <summary>
/// Gives a source the calls by which it can be interrupted (<see cref="Interruption" />): a check in each loop, at each jump back and at the
/// start of each function that calls others, a filter on each catch clause, and awaits that end early; but no checks in finally blocks and
/// Dispose methods. They are put in as text that has no line breaks, so that lines stay what they are; what the compiler says of a cell is
/// taken from the source as it was written. Left as they are: expression trees and query clauses, which may be such, and loops that cannot
/// last (<see cref="BriefLoops" />).
/// </summary>
internal sealed class InterruptibleSource : CSharpSyntaxWalker
{
    private const string Calls = "global::Polytask.Notebooks.Kernels.Interrupting." + nameof(Interruption) + ".";
    private const string Check = Calls + nameof(Interruption.Check) + "(); ";
    private readonly List<TextChange> _changes = [];
    private readonly Lazy<SemanticModel> _model;
    private int _catches;
    private bool _catchesTwice;
    private bool _cleansUp;

    private InterruptibleSource(Lazy<SemanticModel> model) => _model = model;

    /// <summary>The compilation with the calls in one of its trees; itself where none are needed or the source has errors.</summary>
    public static CSharpCompilation Of(CSharpCompilation compilation, SyntaxTree tree)
    {
        var root = tree.GetRoot();
        if (root.ContainsDiagnostics)
            return compilation;
        var walker = new InterruptibleSource(new Lazy<SemanticModel>(() => compilation.GetSemanticModel(tree)));
        walker.Visit(root);

        // With a filter, a clause no longer makes those after it an error.
        if (walker._changes.Count == 0
            || walker._catchesTwice && compilation.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error))
            return compilation;
        var text = tree.GetText().WithChanges(walker._changes.OrderBy(c => c.Span.Start));
        return compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(
            SourceText.From(text.ToString(), Encoding.UTF8), (CSharpParseOptions)tree.Options, tree.FilePath));
    }

    public override void VisitWhileStatement(WhileStatementSyntax node)
    {
        Visit(node.Condition);
        CheckIn(node.Statement);
    }

    public override void VisitDoStatement(DoStatementSyntax node)
    {
        CheckIn(node.Statement);
        Visit(node.Condition);
    }

    public override void VisitForStatement(ForStatementSyntax node)
    {
        Visit(node.Declaration);
        if (BriefLoops.Is(node, _model))
            return;
        foreach (var part in node.Initializers.Append(node.Condition).Concat(node.Incrementors))
            Visit(part);
        CheckIn(node.Statement);
    }

    public override void VisitForEachStatement(ForEachStatementSyntax node) => VisitForEach(node);

    public override void VisitForEachVariableStatement(ForEachVariableStatementSyntax node) => VisitForEach(node);

    public override void VisitGotoStatement(GotoStatementSyntax node)
    {
        if (_cleansUp || !JumpsBack(node))
            return;
        Insert(node.SpanStart, "{ " + Check);
        Insert(node.Span.End, " }");
    }

    public override void VisitTryStatement(TryStatementSyntax node)
    {
        _catchesTwice |= node.Catches.Count > 1;
        base.VisitTryStatement(node);
    }

    public override void VisitCatchClause(CatchClauseSyntax node)
    {
        var name = node.Declaration?.Identifier.Text;
        if (string.IsNullOrEmpty(name))
            name = $"{CSharpCell.HiddenMark}e{_catches++}";
        if (node.Declaration is null)
            Insert(node.CatchKeyword.Span.End, $" (global::System.Exception {name})");
        else if (node.Declaration.Identifier.IsKind(SyntaxKind.None))
            Insert(node.Declaration.CloseParenToken.SpanStart, " " + name);

        var catches = $"{Calls}{nameof(Interruption.Catches)}({name})";
        if (node.Filter is { } filter)
        {
            Insert(filter.OpenParenToken.Span.End, $"{catches} && (");
            Visit(filter.FilterExpression);
            Insert(filter.CloseParenToken.SpanStart, ")");
        }
        else
        {
            Insert(node.Declaration?.CloseParenToken.Span.End ?? node.CatchKeyword.Span.End, $" when ({catches})");
        }
        Visit(node.Block);
    }

    public override void VisitFinallyClause(FinallyClauseSyntax node) => CleanUp(() => base.VisitFinallyClause(node));

    public override void VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        if (MayNotThrow(node.AttributeLists))
            return;
        if (node.Identifier.ValueText is "Dispose" or "DisposeAsync")
            CleanUp(() => base.VisitMethodDeclaration(node));
        else
            VisitFunction(node, node.Body, node.ExpressionBody);
    }

    public override void VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        if (!MayNotThrow(node.AttributeLists))
            VisitFunction(node, node.Body, node.ExpressionBody);
    }

    public override void VisitDestructorDeclaration(DestructorDeclarationSyntax node)
    {
        // An exception on the finalizers' thread would be nobody's.
    }

    public override void VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node) => CheckIn(node.Block);

    public override void VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => VisitLambda(node);

    public override void VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) => VisitLambda(node);

    public override void VisitQueryExpression(QueryExpressionSyntax node) => Visit(node.FromClause.Expression);

    public override void VisitAwaitExpression(AwaitExpressionSyntax node)
    {
        if (node.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } task } configured)
        {
            Enclose(Awaitable(node), task.Expression, ")");
            Visit(configured.ArgumentList);
        }
        else
        {
            Enclose(Awaitable(node), node.Expression, ")");
        }
    }

    public override void VisitArgumentList(ArgumentListSyntax node)
    {
        if (node.Arguments.Any(a => a.DescendantNodes().Any(n => n is LambdaExpressionSyntax or AwaitExpressionSyntax)) && IsQuoted(node))
            return;
        base.VisitArgumentList(node);
    }

    /// <summary>
    /// Begins the call around what is awaited. No parenthesis may come first, or a script calls a function named await; and in the hole of a
    /// text the colons of "global::" would begin a format.
    /// </summary>
    private static string Awaitable(SyntaxNode node) =>
        (node.FirstAncestorOrSelf<InterpolationSyntax>() is null ? Calls : Calls["global::".Length..]) + nameof(Interruption.Awaitable) + "(";

    private void VisitForEach(CommonForEachStatementSyntax node)
    {
        if (node.AwaitKeyword.IsKind(SyntaxKind.None))
        {
            Visit(node.Expression);
            if (BriefLoops.Is(node, _model))
                return;
        }
        else
        {
            Enclose(Awaitable(node), node.Expression, ")");
        }
        CheckIn(node.Statement);
    }

    private void VisitFunction(SyntaxNode node, BlockSyntax? body, ArrowExpressionClauseSyntax? arrow)
    {
        if (!_cleansUp && body is not null && CallsOthers(body))
        {
            CheckIn(body);
        }
        else if (!_cleansUp && arrow is { Expression: not (ThrowExpressionSyntax or RefExpressionSyntax) } && CallsOthers(arrow)
            && _model.Value.GetDeclaredSymbol(node) is IMethodSymbol method)
        {
            var isVoid = method.ReturnsVoid || method.IsAsync && method.ReturnType is INamedTypeSymbol { IsGenericType: false };
            _changes.Add(new TextChange(arrow.ArrowToken.Span, "{ " + Check));

            // The statement begins where the expression did, and so does its line.
            Insert(arrow.Expression.SpanStart, isVoid ? "" : "return ");
            Visit(arrow.Expression);
            Insert(node.Span.End, " }");
        }
        else
        {
            Visit(body);
            Visit(arrow);
        }
    }

    private void VisitLambda(LambdaExpressionSyntax node)
    {
        if (node.Block is { } block)
        {
            CheckIn(block);
            return;
        }
        var body = node.ExpressionBody!;
        if (_model.Value.GetTypeInfo(node).ConvertedType is not INamedTypeSymbol { DelegateInvokeMethod: { } invoke })
            return;
        if (_cleansUp || body is ThrowExpressionSyntax or RefExpressionSyntax || node.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword))
            Visit(body);
        else
            Enclose("{ " + Check + (invoke.ReturnsVoid ? "" : "return "), body, "; }");
    }

    private void CheckIn(StatementSyntax body)
    {
        if (_cleansUp)
        {
            Visit(body);
        }
        else if (body is BlockSyntax block)
        {
            Insert(block.OpenBraceToken.Span.End, " " + Check.TrimEnd());
            Visit(block);
        }
        else if (body is not (LocalDeclarationStatementSyntax or LocalFunctionStatementSyntax or LabeledStatementSyntax))
        {
            Enclose("{ " + Check, body, " }");
        }

        // A declaration may not stand there, and the compiler says so only while it has no braces.
    }

    /// <summary>What sets things right after an interruption is not interrupted.</summary>
    private void CleanUp(Action visit)
    {
        var outer = _cleansUp;
        _cleansUp = true;
        visit();
        _cleansUp = outer;
    }

    private void Enclose(string before, SyntaxNode node, string after)
    {
        Insert(node.SpanStart, before);
        Visit(node);
        Insert(node.Span.End, after);
    }

    private void Insert(int position, string text) => _changes.Add(new TextChange(new TextSpan(position, 0), text));

    /// <summary>Whether its label may stand before it, as that of another case can.</summary>
    private static bool JumpsBack(GotoStatementSyntax node) => node.Expression is not IdentifierNameSyntax { Identifier.ValueText: var label }
        || node.SyntaxTree.GetRoot().DescendantNodes().OfType<LabeledStatementSyntax>().Any(l => l.Identifier.ValueText == label && l.SpanStart <= node.SpanStart);

    private static bool CallsOthers(SyntaxNode body) =>
        body.DescendantNodes().Any(n => n is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax);

    /// <summary>Native code calls it, which no exception may enter.</summary>
    private static bool MayNotThrow(SyntaxList<AttributeListSyntax> attributes) =>
        attributes.SelectMany(a => a.Attributes).Any(a => a.Name.ToString().Contains("UnmanagedCallersOnly", StringComparison.Ordinal));

    /// <summary>Whether the callee gets to see the text of its arguments.</summary>
    private bool IsQuoted(ArgumentListSyntax node) => node.Parent is { } call
        && _model.Value.GetSymbolInfo(call).Symbol is IMethodSymbol method
        && method.Parameters.Any(p => p.GetAttributes().Any(a => a.AttributeClass?.Name == "CallerArgumentExpressionAttribute"));
}
