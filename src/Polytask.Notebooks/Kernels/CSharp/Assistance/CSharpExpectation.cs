using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Polytask.Notebooks.Kernels.CSharp.Assistance;

/// <summary>The types that a value may have where it is about to be written.</summary>
internal static class CSharpExpectation
{
    /// <param name="before">The token before the value.</param>
    /// <param name="model">The meaning of names.</param>
    public static IEnumerable<ITypeSymbol> At(SyntaxToken before, SemanticModel model)
    {
        IEnumerable<ITypeSymbol?> types = before.Parent switch
        {
            EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax declaration } => [TypeOf(declaration.Type, model)],
            EqualsValueClauseSyntax { Parent: ParameterSyntax { Type: { } type } } => [TypeOf(type, model)],
            EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => [TypeOf(property.Type, model)],

            // DayOfWeek? day = , which is taken for a choice.
            AssignmentExpressionSyntax { Parent: ConditionalExpressionSyntax { ColonToken.IsMissing: true } declaration } =>
                [model.GetSpeculativeTypeInfo(declaration.SpanStart, declaration.Condition, SpeculativeBindingOption.BindAsTypeOrNamespace).Type],
            AssignmentExpressionSyntax assignment => [TypeOf(assignment.Left, model)],
            BinaryExpressionSyntax binary when binary.OperatorToken == before => [TypeOf(binary.Left, model)],
            IsPatternExpressionSyntax tested => [TypeOf(tested.Expression, model)],
            BinaryPatternSyntax or UnaryPatternSyntax or ParenthesizedPatternSyntax => [model.GetTypeInfo(before.Parent).Type],
            SingleVariableDesignationSyntax { Parent.Parent: IsPatternExpressionSyntax tested } when CSharpPlaces.JoinsPatterns(before) =>
                [TypeOf(tested.Expression, model)],
            SwitchLabelSyntax { Parent.Parent: SwitchStatementSyntax choice } => [TypeOf(choice.Expression, model)],
            SwitchExpressionSyntax choice when before.RawKind != (int)SyntaxKind.SwitchKeyword => [TypeOf(choice.GoverningExpression, model)],
            NameColonSyntax { Parent: SubpatternSyntax, Name: var name } => [model.GetSymbolInfo(name).Symbol is { } member ? TypeOf(member) : null],
            NameColonSyntax { Parent.Parent: BaseArgumentListSyntax list } name =>
                CSharpCalls.Around(list.GetFirstToken(), model).Select(call => call.Expected(name.Name.Identifier.ValueText)),
            BaseArgumentListSyntax => CSharpCalls.Around(before, model).Select(call => call.Expected(name: null)),
            ReturnStatementSyntax or ArrowExpressionClauseSyntax => [Returned(before.Parent, model)],
            ConditionalExpressionSyntax { Parent: var outer } choice when before.RawKind != 0 && outer is not null =>
                At(choice.GetFirstToken().GetPreviousToken(), model),
            _ => [],
        };
        return types.Select(NotNull).OfType<ITypeSymbol>().Where(t => t is not IErrorTypeSymbol)
            .Distinct<ITypeSymbol>(SymbolEqualityComparer.Default);
    }

    private static ITypeSymbol? TypeOf(ExpressionSyntax expression, SemanticModel model) => model.GetTypeInfo(expression).Type;

    private static ITypeSymbol? TypeOf(ISymbol member) => member switch
    {
        IPropertySymbol property => property.Type,
        IFieldSymbol field => field.Type,
        _ => null,
    };

    private static ITypeSymbol? Returned(SyntaxNode node, SemanticModel model)
    {
        foreach (var at in node.Ancestors())
        {
            switch (at)
            {
                case AnonymousFunctionExpressionSyntax:
                    return (model.GetSymbolInfo(at).Symbol as IMethodSymbol)?.ReturnType;
                case BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax:
                    return (model.GetDeclaredSymbol(at) as IMethodSymbol)?.ReturnType;
                case PropertyDeclarationSyntax property:
                    return TypeOf(property.Type, model);
            }
        }
        return null;
    }

    private static ITypeSymbol? NotNull(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] } ? value : type;
}
