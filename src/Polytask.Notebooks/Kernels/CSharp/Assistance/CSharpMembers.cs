using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Polytask.Notebooks.Kernels.CSharp.Assistance;

/// <summary>Members that can be named at a position: after a dot, in an initialiser or a pattern.</summary>
internal static class CSharpMembers
{
    /// <summary>What can follow a dot, <c>?.</c>, <c>-></c> or <c>::</c>.</summary>
    public static IEnumerable<ISymbol> After(SyntaxToken dot, CellReading cell)
    {
        switch (dot.Parent)
        {
            case MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax }:
                return cell.Model.LookupBaseMembers(cell.Position);
            case MemberAccessExpressionSyntax access:
                return Of(cell.Model.GetSymbolInfo(access.Expression), cell.Model.GetTypeInfo(access.Expression).Type, cell);
            case MemberBindingExpressionSyntax binding:
                var tested = binding.Ancestors().OfType<ConditionalAccessExpressionSyntax>()
                    .FirstOrDefault(a => a.WhenNotNull.SpanStart <= binding.SpanStart)?.Expression;
                return tested is null ? [] : OfInstance(NotNull(cell.Model.GetTypeInfo(tested).Type), cell);
            case AliasQualifiedNameSyntax { Alias: var alias }:
                return cell.Model.GetSymbolInfo(alias).Symbol is INamespaceOrTypeSymbol space
                    ? cell.Model.LookupNamespacesAndTypes(cell.Position, space)
                    : [];
            case QualifiedNameSyntax name when IsType(name):
                return cell.Model.GetSpeculativeSymbolInfo(cell.Position, name.Left, SpeculativeBindingOption.BindAsTypeOrNamespace).Symbol
                    is INamespaceOrTypeSymbol left ? cell.Model.LookupNamespacesAndTypes(cell.Position, left) : [];
            case QualifiedNameSyntax name:
                // An expression that ends in a dot, and in the line after it another statement: together they look like a declaration.
                var expression = SyntaxFactory.ParseExpression(name.Left.ToString());
                return Of(
                    cell.Model.GetSpeculativeSymbolInfo(cell.Position, expression, SpeculativeBindingOption.BindAsExpression),
                    cell.Model.GetSpeculativeTypeInfo(cell.Position, expression, SpeculativeBindingOption.BindAsExpression).Type, cell);
            default:
                return [];
        }
    }

    /// <summary>
    /// What can be given a value at the start of an item of an object initialiser, or be tested in a property pattern; and whether the
    /// braces may hold a collection's items instead. Null where the token belongs to neither.
    /// </summary>
    public static (IEnumerable<ISymbol> Members, bool IsCollection)? ToInitialise(SyntaxToken before, CellReading cell)
    {
        switch (before.Parent)
        {
            case InitializerExpressionSyntax braces when braces.Kind()
                is SyntaxKind.ObjectInitializerExpression or SyntaxKind.CollectionInitializerExpression or SyntaxKind.WithInitializerExpression:
                if (Initialised(braces, cell.Model) is not { } type)
                    return null;
                var given = braces.Expressions.OfType<AssignmentExpressionSyntax>().Select(a => a.Left.ToString()).ToHashSet();
                var settable = Members(type, cell, m => m switch
                {
                    IPropertySymbol { IsIndexer: false } property => property.SetMethod is { } set
                        ? cell.Model.IsAccessible(cell.Position, set) : IsCollection(property.Type),
                    IFieldSymbol field => !field.IsReadOnly,
                    _ => false,
                });
                var mayBeItems = !braces.IsKind(SyntaxKind.WithInitializerExpression) && given.Count == 0 && IsCollection(type);
                return (settable.Where(m => !given.Contains(m.Name)), mayBeItems);
            case PropertyPatternClauseSyntax { Parent: RecursivePatternSyntax pattern } clause:
                var info = cell.Model.GetTypeInfo(pattern);
                var tested = pattern.Type is { } named ? cell.Model.GetTypeInfo(named).Type : NotNull(info.Type ?? info.ConvertedType);
                var used = clause.Subpatterns.Select(s => s.NameColon?.Name.Identifier.ValueText).ToHashSet();
                return tested is null
                    ? null
                    : (Members(tested, cell, m => m is IPropertySymbol { IsIndexer: false, GetMethod: not null } or IFieldSymbol)
                        .Where(m => !used.Contains(m.Name)), false);
            default:
                return null;
        }
    }

    private static IEnumerable<ISymbol> Members(ITypeSymbol type, CellReading cell, Func<ISymbol, bool> suits) =>
        cell.Model.LookupSymbols(cell.Position, type).Where(m => !m.IsStatic && suits(m));

    private static IEnumerable<ISymbol> Of(SymbolInfo info, ITypeSymbol? type, CellReading cell)
    {
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault(s => s is INamespaceOrTypeSymbol);
        switch (symbol)
        {
            case IAliasSymbol alias:
                symbol = alias.Target;
                break;
            // The name of a type may be that of a value too: Color Color.
            case IPropertySymbol or IFieldSymbol or ILocalSymbol or IParameterSymbol when symbol.Name == type?.Name:
                return OfInstance(type, cell).Concat(cell.Model.LookupStaticMembers(cell.Position, type));
        }
        return symbol switch
        {
            INamespaceSymbol space => cell.Model.LookupNamespacesAndTypes(cell.Position, space),
            INamedTypeSymbol or ITypeParameterSymbol or IArrayTypeSymbol => OfType((ITypeSymbol)symbol, cell),
            IMethodSymbol { MethodKind: not MethodKind.Constructor } when type is null => [],
            _ => OfInstance(type, cell),
        };
    }

    private static IEnumerable<ISymbol> OfType(ITypeSymbol type, CellReading cell) =>
        cell.Model.LookupStaticMembers(cell.Position, type);

    private static IEnumerable<ISymbol> OfInstance(ITypeSymbol? type, CellReading cell)
    {
        if (type is IPointerTypeSymbol pointer)
            type = pointer.PointedAtType;
        return type is null or IErrorTypeSymbol or IDynamicTypeSymbol or { SpecialType: SpecialType.System_Void }
            ? []
            : cell.Model.LookupSymbols(cell.Position, type, includeReducedExtensionMethods: true)
                .Where(m => !m.IsStatic && m is not INamespaceOrTypeSymbol);
    }

    private static ITypeSymbol? NotNull(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] } ? value : type;

    private static bool IsCollection(ITypeSymbol type) =>
        type.SpecialType != SpecialType.System_String
        && type.AllInterfaces.Append(type).Any(i => i.SpecialType == SpecialType.System_Collections_IEnumerable);

    private static ITypeSymbol? Initialised(InitializerExpressionSyntax braces, SemanticModel model) => braces.Parent switch
    {
        BaseObjectCreationExpressionSyntax creation => model.GetTypeInfo(creation) is var info ? info.Type ?? info.ConvertedType : null,
        WithExpressionSyntax copy => model.GetTypeInfo(copy.Expression).Type,
        AssignmentExpressionSyntax assignment => model.GetTypeInfo(assignment.Left).Type,
        _ => null,
    };

    /// <summary>Whether a qualified name can only be a type's or a namespace's.</summary>
    private static bool IsType(QualifiedNameSyntax name)
    {
        SyntaxNode outermost = name;
        while (outermost.Parent is NameSyntax or TypeSyntax and not null)
            outermost = outermost.Parent;
        return outermost.Parent is UsingDirectiveSyntax or BaseNamespaceDeclarationSyntax or ObjectCreationExpressionSyntax
                   or ArrayCreationExpressionSyntax or TypeOfExpressionSyntax or DefaultExpressionSyntax or SizeOfExpressionSyntax
                   or TypeArgumentListSyntax or BaseTypeSyntax or TypeConstraintSyntax or AttributeSyntax or ParameterSyntax or CatchDeclarationSyntax
               || outermost.Parent is BinaryExpressionSyntax binary && binary.IsKind(SyntaxKind.AsExpression) && binary.Right == outermost;
    }
}
