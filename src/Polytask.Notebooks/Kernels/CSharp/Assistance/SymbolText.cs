using Microsoft.CodeAnalysis;

namespace Polytask.Notebooks.Kernels.CSharp.Assistance;

/// <summary>Declarations as C# writes them.</summary>
internal static class SymbolText
{
    private const int MaximumConstants = 20;

    private static readonly SymbolDisplayFormat Member = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeContainingType
                       | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef
                       | SymbolDisplayMemberOptions.IncludeConstantValue,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        extensionMethodStyle: SymbolDisplayExtensionMethodStyle.InstanceMethod,
        parameterOptions: SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeType
                          | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        localOptions: SymbolDisplayLocalOptions.IncludeType | SymbolDisplayLocalOptions.IncludeConstantValue,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
                              | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>A cell's own functions and variables belong to a class that nobody wrote.</summary>
    private static readonly SymbolDisplayFormat OfCell = Member.RemoveMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType);

    private static readonly SymbolDisplayFormat Type = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints
                         | SymbolDisplayGenericsOptions.IncludeVariance,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword | SymbolDisplayKindOptions.IncludeNamespaceKeyword,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>The declaration of a name in one line.</summary>
    /// <param name="symbol">What the name stands for.</param>
    /// <param name="type">The type of the expression that the name is; null where it is none.</param>
    public static string Signature(ISymbol symbol, ITypeSymbol? type) => symbol switch
    {
        IAliasSymbol alias => Signature(alias.Target, type),
        INamedTypeSymbol { TypeKind: TypeKind.Enum } choice => $"{OfType(choice)} {{ {Constants(choice)} }}",
        INamespaceOrTypeSymbol => OfType(symbol),
        ILocalSymbol => "(local variable) " + symbol.ToDisplayString(Member),
        IRangeVariableSymbol => $"(range variable) {type?.ToDisplayString(Member)} {symbol.Name}",
        IParameterSymbol => "(parameter) " + symbol.ToDisplayString(Member),
        IFieldSymbol { ContainingType.IsScriptClass: true } => "(variable) " + symbol.ToDisplayString(OfCell),
        { ContainingType.IsScriptClass: true } => symbol.ToDisplayString(OfCell),
        _ => symbol.ToDisplayString(Member),
    };

    private static string OfType(ISymbol type) => type.ToDisplayString(Type).Replace("Script.", "", StringComparison.Ordinal);

    private static string Constants(INamedTypeSymbol type)
    {
        var names = type.GetMembers().OfType<IFieldSymbol>().Where(f => f.IsConst).Select(f => f.Name).ToArray();
        return string.Join(", ", names.Take(MaximumConstants)) + (names.Length > MaximumConstants ? ", ..." : "");
    }
}
