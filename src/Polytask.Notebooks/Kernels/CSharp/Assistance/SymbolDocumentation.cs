using Microsoft.CodeAnalysis;
using Polytask.Notebooks.Kernels.Documentation;

namespace Polytask.Notebooks.Kernels.CSharp.Assistance;

/// <summary>The documentation of a declaration, wherever it was written: in a cell, beside an assembly, at what it overrides.</summary>
internal static class SymbolDocumentation
{
    /// <summary>Chains of overrides and references are shorter.</summary>
    private const int MaximumDepth = 8;

    public static string? Of(ISymbol symbol, Compilation compilation) => Of(symbol, compilation, 0);

    private static string? Of(ISymbol? symbol, Compilation compilation, int depth)
    {
        symbol = (symbol as IMethodSymbol)?.ReducedFrom ?? symbol;
        if (symbol is null || depth > MaximumDepth)
            return null;
        var xml = symbol.OriginalDefinition.GetDocumentationCommentXml();
        if (DocumentationText.Inherited(xml) is { Length: > 0 } id)
            return Of(DocumentationCommentId.GetFirstSymbolForDeclarationId(id, compilation), compilation, depth + 1);
        return DocumentationText.Of(xml) ?? Of(Origin(symbol), compilation, depth + 1);
    }

    /// <summary>What a declaration without a text of its own stands for.</summary>
    private static ISymbol? Origin(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => constructor.ContainingType,
        IMethodSymbol { OverriddenMethod: { } method } => method,
        IPropertySymbol { OverriddenProperty: { } property } => property,
        IMethodSymbol or IPropertySymbol => symbol.ContainingType?.AllInterfaces.SelectMany(i => i.GetMembers(symbol.Name))
            .FirstOrDefault(m => symbol.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(m), SymbolEqualityComparer.Default)),
        _ => null,
    };
}
