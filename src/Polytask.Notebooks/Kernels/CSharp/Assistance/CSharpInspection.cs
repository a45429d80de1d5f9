using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Polytask.Notebooks.Display;

namespace Polytask.Notebooks.Kernels.CSharp.Assistance;

/// <summary>What is known of the name at a position of a cell, or else of the method whose arguments are around it.</summary>
internal static class CSharpInspection
{
    private static readonly ValueSummary Values = new(", ", value => PlainText.OneLine(value));

    /// <param name="cell">The cell and the position.</param>
    /// <param name="variable">The session's variable of a name.</param>
    public static Inspection? At(CellReading cell, Func<string, KernelVariable?> variable)
    {
        var name = Name(cell);
        var symbols = name is not null && Named(name, cell.Model) is { Count: > 0 } named ? named : Called(cell);
        if (symbols.Count == 0)
            return null;
        var type = name is ExpressionSyntax ? cell.Model.GetTypeInfo(name).Type : null;
        // The compiler makes symbols without a name of what is missing: `record R<`.
        var lines = symbols.Select(s => SymbolText.Signature(s, type)).Where(text => text.Length > 0).Distinct().ToArray();
        if (lines.Length == 0)
            return null;
        if (symbols is [IFieldSymbol { ContainingType.IsScriptClass: true } field]
            && !SymbolEqualityComparer.Default.Equals(field.ContainingAssembly, cell.Model.Compilation.Assembly)
            && variable(field.Name) is { } held && Values.Of(held.Value) is { } value)
            lines[0] += $" = {value}";
        var documentation = symbols.Select(s => SymbolDocumentation.Of(s, cell.Model.Compilation)).FirstOrDefault(d => d is not null);
        return new Inspection(string.Join('\n', lines), documentation);
    }

    /// <summary>The name at the position, or that ends there.</summary>
    private static SyntaxNode? Name(CellReading cell)
    {
        if (CSharpPlaces.IsText(cell.Root, cell.Position))
            return null;
        var token = cell.Root.FindToken(cell.Position);
        if (!IsName(token) || token.SpanStart > cell.Position)
            token = token.GetPreviousToken() is var previous && previous.Span.End == cell.Position && IsName(previous) ? previous : token;
        return IsName(token) && token.SpanStart <= cell.Position ? token.Parent : null;
    }

    /// <summary>What a name stands for: the overload that is meant, then the others.</summary>
    private static IReadOnlyList<ISymbol> Named(SyntaxNode node, SemanticModel model)
    {
        if (node is not (ExpressionSyntax or NameColonSyntax))
            return model.GetDeclaredSymbol(node) is { } declared ? [declared] : [];
        SyntaxNode whole = node;
        while (whole.Parent is NameSyntax or MemberAccessExpressionSyntax && whole.Parent.Span.End == whole.Span.End)
            whole = whole.Parent;
        switch (whole.Parent)
        {
            case ObjectCreationExpressionSyntax { ArgumentList: var arguments } creation
                when creation.Type == whole && model.GetSymbolInfo(whole).Symbol is { } type:
                return [type, .. arguments is null ? [] : CSharpCalls.Targets(arguments, model)];
            case InvocationExpressionSyntax { ArgumentList: var arguments } invocation when invocation.Expression == whole
                && model.GetTypeInfo(whole).Type is null && CSharpCalls.Targets(arguments, model) is { Count: > 0 } overloads:
                return overloads;
            case AttributeSyntax attribute when attribute.Name == whole:
                return [.. model.GetTypeInfo(attribute).Type is { } its ? [its] : (ISymbol[])[]];
        }
        var found = model.GetSymbolInfo(node);
        if (found.Symbol is { } symbol)
            return symbol is IMethodSymbol
                ? [.. model.GetMemberGroup(node).Prepend(symbol).Distinct(SymbolEqualityComparer.Default)]
                : [symbol];
        return found.CandidateSymbols.Length > 0 ? found.CandidateSymbols
            : model.GetTypeInfo(node).Type is { } known and not IErrorTypeSymbol && node is PredefinedTypeSyntax or ThisExpressionSyntax ? [known]
            : [];
    }

    private static IReadOnlyList<ISymbol> Called(CellReading cell)
    {
        SyntaxToken[] tokens = [cell.Root.FindToken(cell.Position), CSharpPlaces.TokenBefore(cell.Root, cell.Position)];
        var lists = tokens.SelectMany(t => t.Parent?.AncestorsAndSelf() ?? []);
        var around = lists.Where(l => l is BaseArgumentListSyntax or AttributeArgumentListSyntax && l.SpanStart < cell.Position
            && (cell.Position < l.Span.End || l.GetLastToken(includeZeroWidth: true).IsMissing));
        return around.MaxBy(l => l.SpanStart) is { } arguments ? CSharpCalls.Targets(arguments, cell.Model) : [];
    }

    private static bool IsName(SyntaxToken token) =>
        token.IsKind(SyntaxKind.IdentifierToken) || token.IsKind(SyntaxKind.ThisKeyword) || SyntaxFacts.IsPredefinedType(token.Kind());
}
