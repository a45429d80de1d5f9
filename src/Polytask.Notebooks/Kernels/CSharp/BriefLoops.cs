using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Polytask.Notebooks.Kernels.CSharp;

/// <summary>
/// Loops that end by themselves within seconds and would be several times slower with a check: a counter of at most 32 bits, or the items of
/// an array, span, list or text, over a body of arithmetic without calls and loops.
/// </summary>
internal static class BriefLoops
{
    private const int MostNodes = 200;

    private static readonly HashSet<string> Collections = ["List", "Span", "ReadOnlySpan"];

    private static readonly HashSet<SpecialType> Counters =
    [
        SpecialType.System_Int32, SpecialType.System_UInt32, SpecialType.System_Int16, SpecialType.System_UInt16, SpecialType.System_Byte,
        SpecialType.System_SByte,
    ];

    /// <summary>Whether a loop over items is one.</summary>
    public static bool Is(CommonForEachStatementSyntax loop, Lazy<SemanticModel> model) =>
        IsPlain(loop.Statement) && IsCollection(model.Value.GetTypeInfo(loop.Expression).Type) && CallsNothing(loop.Statement, model.Value);

    /// <summary>Whether a counting loop is one.</summary>
    public static bool Is(ForStatementSyntax loop, Lazy<SemanticModel> model) =>
        loop.Declaration is { Variables: [{ Initializer: not null, Identifier.ValueText: var counter }] }
        && loop.Condition is BinaryExpressionSyntax condition && Compares(condition, counter)
        && loop.Incrementors is [var step] && Steps(step, counter)
        && IsPlain(condition) && IsPlain(loop.Statement) && !loop.Statement.DescendantNodes().Any(n => Sets(n, counter))
        && model.Value.GetDeclaredSymbol(loop.Declaration.Variables[0]) is ILocalSymbol { Type.SpecialType: var type } && Counters.Contains(type)
        && CallsNothing(condition, model.Value) && CallsNothing(loop.Statement, model.Value);

    private static bool Compares(BinaryExpressionSyntax condition, string counter) =>
        condition.Kind() is SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression or SyntaxKind.GreaterThanExpression
            or SyntaxKind.GreaterThanOrEqualExpression
        && (Names(condition.Left, counter) || Names(condition.Right, counter));

    private static bool Steps(ExpressionSyntax step, string counter) => step switch
    {
        PostfixUnaryExpressionSyntax unary => Names(unary.Operand, counter),
        PrefixUnaryExpressionSyntax unary => Names(unary.Operand, counter),
        AssignmentExpressionSyntax assignment => assignment.Kind() is SyntaxKind.AddAssignmentExpression or SyntaxKind.SubtractAssignmentExpression
            && Names(assignment.Left, counter) && assignment.Right is LiteralExpressionSyntax { Token.Value: not 0 },
        _ => false,
    };

    private static bool Sets(SyntaxNode node, string counter) => node switch
    {
        AssignmentExpressionSyntax assignment => Names(assignment.Left, counter),
        PostfixUnaryExpressionSyntax unary => Names(unary.Operand, counter),
        PrefixUnaryExpressionSyntax unary => Names(unary.Operand, counter) && unary.Kind() is not (SyntaxKind.UnaryMinusExpression or SyntaxKind.BitwiseNotExpression),
        _ => false,
    };

    private static bool Names(ExpressionSyntax expression, string name) => expression is IdentifierNameSyntax { Identifier.ValueText: var text } && text == name;

    /// <summary>Whether the syntax has only what arithmetic is written with.</summary>
    private static bool IsPlain(SyntaxNode body)
    {
        var count = 0;
        return body.DescendantNodesAndSelf().All(node => ++count <= MostNodes && node is BlockSyntax or ExpressionStatementSyntax or EmptyStatementSyntax
            or IfStatementSyntax or ElseClauseSyntax or ContinueStatementSyntax or BreakStatementSyntax or LocalDeclarationStatementSyntax
            or VariableDeclarationSyntax or VariableDeclaratorSyntax or EqualsValueClauseSyntax or TypeSyntax or BracketedArgumentListSyntax
            or ArgumentSyntax or AssignmentExpressionSyntax or BinaryExpressionSyntax or PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax
            or ParenthesizedExpressionSyntax or LiteralExpressionSyntax or ElementAccessExpressionSyntax or MemberAccessExpressionSyntax
            or CastExpressionSyntax or ConditionalExpressionSyntax or TupleExpressionSyntax);
    }

    /// <summary>Whether no operator, property or conversion in it is a call of unknown length.</summary>
    private static bool CallsNothing(SyntaxNode body, SemanticModel model) =>
        body.DescendantNodesAndSelf().OfType<ExpressionSyntax>().All(expression => model.GetSymbolInfo(expression).Symbol switch
        {
            IMethodSymbol { MethodKind: not MethodKind.BuiltinOperator } => false,
            IPropertySymbol property => IsCollection(property.ContainingType),
            _ => !model.GetConversion(expression).IsUserDefined && !TakesLong(expression, model.GetTypeInfo(expression).Type),
        });

    /// <summary>What is bound only when it runs may be anything, and texts are put together character by character.</summary>
    private static bool TakesLong(ExpressionSyntax expression, ITypeSymbol? type) => type is { TypeKind: TypeKind.Dynamic }
        || type is { SpecialType: SpecialType.System_String } && expression is BinaryExpressionSyntax or AssignmentExpressionSyntax;

    private static bool IsCollection(ITypeSymbol? type) => type is IArrayTypeSymbol or { SpecialType: SpecialType.System_String or SpecialType.System_Array }
        || type is INamedTypeSymbol { ContainingNamespace: { } space } named && Collections.Contains(named.Name)
            && space.ToDisplayString() is "System" or "System.Collections.Generic";
}
