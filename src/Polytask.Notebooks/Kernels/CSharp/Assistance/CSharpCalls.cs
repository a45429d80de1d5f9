using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Polytask.Notebooks.Kernels.CSharp.Assistance;

/// <summary>What a list of arguments may call: a method or an indexer, and the arguments given so far.</summary>
/// <param name="Target">The method or indexer.</param>
/// <param name="Named">The names of the arguments that have one.</param>
/// <param name="Positional">How many arguments come before the position.</param>
internal sealed record CSharpCall(ISymbol Target, IReadOnlySet<string> Named, int Positional)
{
    /// <summary>The parameters.</summary>
    public IReadOnlyList<IParameterSymbol> Parameters => Target switch
    {
        IMethodSymbol method => method.Parameters,
        IPropertySymbol property => property.Parameters,
        _ => [],
    };

    /// <summary>The parameters that have no argument yet.</summary>
    public IEnumerable<IParameterSymbol> RemainingParameters => Parameters.Skip(Positional).Where(p => !Named.Contains(p.Name));

    /// <summary>The type of the argument at the position; null where it is one too many.</summary>
    public ITypeSymbol? Expected(string? name)
    {
        var parameter = name is not null ? Parameters.FirstOrDefault(p => p.Name == name)
            : Positional < Parameters.Count ? Parameters[Positional]
            : Parameters.LastOrDefault(p => p.IsParams);
        return parameter is { IsParams: true, Type: IArrayTypeSymbol array } ? array.ElementType : parameter?.Type;
    }
}

/// <summary>Finds out what the arguments around a position belong to.</summary>
internal static class CSharpCalls
{
    /// <summary>The overloads that a list of arguments may belong to.</summary>
    /// <param name="before">A token of the list itself: its opening, or a comma.</param>
    /// <param name="model">The meaning of names.</param>
    public static IEnumerable<CSharpCall> Around(SyntaxToken before, SemanticModel model)
    {
        var (names, positional) = before.Parent switch
        {
            BaseArgumentListSyntax list => (list.Arguments.Select(a => NameOf(a.NameColon)), list.Arguments.GetSeparators().Count(IsBefore)),
            AttributeArgumentListSyntax list => (list.Arguments.Select(a => NameOf(a.NameColon)), list.Arguments.GetSeparators().Count(IsBefore)),
            _ => ([], 0),
        };
        var named = names.OfType<string>().ToHashSet();
        return before.Parent is null ? [] : Targets(before.Parent, model).Select(t => new CSharpCall(t, named, positional));

        static string? NameOf(NameColonSyntax? name) => name?.Name.Identifier.ValueText;

        bool IsBefore(SyntaxToken comma) => comma.SpanStart <= before.SpanStart && !comma.IsMissing;
    }

    /// <summary>All overloads of what a list of arguments belongs to, the one that the compiler takes first.</summary>
    public static IReadOnlyList<ISymbol> Targets(SyntaxNode arguments, SemanticModel model)
    {
        if (arguments.Parent is not { } call)
            return [];
        var chosen = model.GetSymbolInfo(call);
        IEnumerable<ISymbol> all = call switch
        {
            InvocationExpressionSyntax invocation when Invoked(invocation, model) is { } invoked => [invoked],
            InvocationExpressionSyntax { Expression: var method } => model.GetMemberGroup(method).Where(m => !IsOfType(method, model) || m.IsStatic),
            BaseObjectCreationExpressionSyntax => Constructors(model.GetTypeInfo(call).Type ?? model.GetTypeInfo(call).ConvertedType, model, call),
            ConstructorInitializerSyntax or AttributeSyntax => model.GetMemberGroup(call),
            PrimaryConstructorBaseTypeSyntax parent => Constructors(model.GetTypeInfo(parent.Type).Type, model, call),
            ElementAccessExpressionSyntax access => model.GetIndexerGroup(access.Expression),
            _ => [],
        };
        var overloads = chosen.Symbol is { } symbol
            ? all.Prepend(symbol)
            : all.Concat(chosen.CandidateSymbols).OrderByDescending(o => Matches(o, arguments, model));
        return [.. overloads.Where(s => s is IMethodSymbol or IPropertySymbol).Distinct(SymbolEqualityComparer.Default)];
    }

    /// <summary>How many of the arguments that are there have the very types of a method's parameters.</summary>
    private static int Matches(ISymbol overload, SyntaxNode arguments, SemanticModel model) => arguments is not BaseArgumentListSyntax list ? 0
        : list.Arguments.Zip(new CSharpCall(overload, new HashSet<string>(), 0).Parameters)
            .Count(pair => pair.Second.Type.Equals(model.GetTypeInfo(pair.First.Expression).Type, SymbolEqualityComparer.Default));

    /// <summary>Whether a method is called on a type's name.</summary>
    private static bool IsOfType(ExpressionSyntax method, SemanticModel model) =>
        method is MemberAccessExpressionSyntax access && model.GetSymbolInfo(access.Expression).Symbol is ITypeSymbol;

    /// <summary>A delegate's Invoke.</summary>
    private static IMethodSymbol? Invoked(InvocationExpressionSyntax invocation, SemanticModel model) =>
        model.GetTypeInfo(invocation.Expression).Type is INamedTypeSymbol { TypeKind: TypeKind.Delegate } type ? type.DelegateInvokeMethod : null;

    private static IEnumerable<ISymbol> Constructors(ITypeSymbol? type, SemanticModel model, SyntaxNode at) =>
        (type as INamedTypeSymbol)?.InstanceConstructors.Where(c => model.IsAccessible(at.SpanStart, c)) ?? [];
}
