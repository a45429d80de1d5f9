using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Polytask.Notebooks.Kernels.CSharp.Assistance;

/// <summary>The names and keywords that could stand at a position of a cell. Nothing of the cell runs.</summary>
internal sealed class CSharpCompletion
{
    private readonly CellReading _cell;
    private readonly Lazy<CellReading> _scope;
    private readonly Candidates _candidates;
    private readonly SyntaxToken _before;

    private CSharpCompletion(CellReading cell, Lazy<CellReading> scope, string typed)
    {
        (_cell, _scope) = (cell, scope);
        _candidates = new Candidates(typed);
        _before = CSharpPlaces.TokenBefore(cell.Root, cell.Position);
    }

    private SemanticModel Model => _cell.Model;

    /// <param name="read">Reads the cell at the start of the word at the cursor, with another word in its place.</param>
    /// <param name="typed">The part of that word before the cursor.</param>
    public static IReadOnlyList<Completion> At(Func<string, CellReading> read, string typed)
    {
        // Without the word, the grammar says what can stand there, and not what one that is only begun makes of what is around it. With a
        // word that is nothing yet, the place belongs to what is around it even where that has no end: x => |.
        var cell = read("");
        if (typed.Length > 0 && char.IsDigit(typed[0]) || CSharpPlaces.IsText(cell.Root, cell.Position))
            return [];
        var completion = new CSharpCompletion(cell, new Lazy<CellReading>(() => read(CSharpCell.HiddenMark.ToString())), typed);
        completion.Collect();
        return completion._candidates.Ranked();
    }

    private void Collect()
    {
        switch (_before.Kind())
        {
            case SyntaxKind.DotToken or SyntaxKind.ColonColonToken or SyntaxKind.MinusGreaterThanToken:
                foreach (var member in CSharpMembers.After(_before, _cell))
                    Add(member, Nearness.Near);
                return;
            case SyntaxKind.OpenBraceToken or SyntaxKind.CommaToken when CSharpMembers.ToInitialise(_before, _cell) is var (members, isCollection):
                foreach (var member in members)
                    Add(member, Nearness.Expected);
                if (!isCollection)
                    return;
                break;
        }
        var place = CSharpPlaces.After(_before, _cell.Root.SyntaxTree.GetLineSpan(_before.Span).EndLinePosition.Line
                                                == _cell.Root.SyntaxTree.GetLineSpan(new(_cell.Position, 0)).StartLinePosition.Line);
        if (place == CSharpPlace.Nothing || place == CSharpPlace.AfterExpression && IsType(_before.Parent))
            return;
        AddExpected();
        foreach (var name in InScope(place))
            Add(name, name is INamespaceOrTypeSymbol ? Nearness.Other : Nearness.Near);
        foreach (var keyword in CSharpKeywords.At(place))
            _candidates.Add(keyword, "keyword", Nearness.Other);
    }

    private IEnumerable<ISymbol> InScope(CSharpPlace place) => place switch
    {
        CSharpPlace.Statement or CSharpPlace.Expression => _scope.Value.Model.LookupSymbols(_scope.Value.Position),
        CSharpPlace.Type or CSharpPlace.Member => _scope.Value.Model.LookupNamespacesAndTypes(_scope.Value.Position)
            .Where(s => s is IAliasSymbol or INamespaceSymbol or ITypeSymbol)
            .Where(s => s is not ITypeSymbol type || !_before.IsKind(SyntaxKind.NewKeyword) || IsCreatable(type)),
        CSharpPlace.Namespace => _before.Parent is UsingDirectiveSyntax
            ? Model.LookupNamespacesAndTypes(_cell.Position).OfType<INamespaceSymbol>()
            : Model.LookupSymbols(_cell.Position),
        _ => [],
    };

    /// <summary>What the place asks for by its type: members of an enumeration, the type to create; and the names of parameters.</summary>
    private void AddExpected()
    {
        if (_before.Parent is BaseArgumentListSyntax or AttributeArgumentListSyntax)
            foreach (var parameter in CSharpCalls.Around(_before, Model).SelectMany(call => call.RemainingParameters))
                if (_candidates.Fits(parameter.Name))
                    _candidates.Add(Escaped(parameter.Name) + ":", "instance", Nearness.Parameter);
        var creates = _before.IsKind(SyntaxKind.NewKeyword);
        foreach (var type in CSharpExpectation.At(creates ? _before.GetPreviousToken() : _before, Model))
        {
            var name = type.ToMinimalDisplayString(Model, NullableFlowState.None, _cell.Position);
            if (creates && IsCreatable(type))
                _candidates.Add(name, "class", Nearness.Expected);
            else if (!creates && type is INamedTypeSymbol { TypeKind: TypeKind.Enum })
                foreach (var member in type.GetMembers().OfType<IFieldSymbol>().Where(f => f.IsConst && !IsHidden(f)))
                    _candidates.Add(
                        $"{name}.{Escaped(member.Name)}", "property", IsObsolete(member) ? Nearness.Obsolete : Nearness.Expected, member.Name);
        }
    }

    private void Add(ISymbol symbol, Nearness nearness)
    {
        var text = Escaped(symbol.Name);
        if (!_candidates.Fits(text) && !_candidates.Fits(symbol.Name) || IsHidden(symbol))
            return;
        if (IsObsolete(symbol))
            nearness = Nearness.Obsolete;
        else if (nearness == Nearness.Near && IsOfEveryObject(symbol))
            nearness = Nearness.OfEveryObject;
        _candidates.Add(text, Kind(symbol), nearness, symbol.Name);
        if (_before.Parent is AttributeListSyntax && symbol is INamedTypeSymbol { Name: not nameof(Attribute) } type
            && type.Name.EndsWith(nameof(Attribute), StringComparison.Ordinal))
            _candidates.Add(Escaped(type.Name[..^nameof(Attribute).Length]), "class", Nearness.Expected);
    }

    /// <summary>Whether what ends before the position is the type of what is about to get a name.</summary>
    private bool IsType(SyntaxNode? node)
    {
        while (node?.Parent is ExpressionSyntax outer && outer.Span.End == node.Span.End)
            node = outer;
        return node is SimpleNameSyntax { Identifier.Text: "var" } or PredefinedTypeSyntax
               || node is ExpressionSyntax && Model.GetSymbolInfo(node).Symbol is ITypeSymbol;
    }

    private static bool IsCreatable(ITypeSymbol type) =>
        type is { IsAbstract: false, IsStatic: false, TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.TypeParameter or TypeKind.Delegate };

    private static bool IsOfEveryObject(ISymbol member) =>
        member is { ContainingType.SpecialType: SpecialType.System_Object or SpecialType.System_ValueType or SpecialType.System_Enum }
            or IMethodSymbol { Name: nameof(Equals) or nameof(GetHashCode) or nameof(ToString) or nameof(GetType), MethodKind: MethodKind.Ordinary };

    private static bool IsHidden(ISymbol symbol) =>
        !symbol.CanBeReferencedByName || symbol.Name is "" || symbol.Name[0] is CSharpCell.HiddenMark or '<'
        || symbol is INamespaceSymbol space && !HasTypes(space)
        || symbol.GetAttributes().Any(a => a is { AttributeClass.Name: "EditorBrowsableAttribute", ConstructorArguments: [{ Value: 1 }] });

    /// <summary>Whether a namespace has a type that cells can use.</summary>
    private static bool HasTypes(INamespaceSymbol space) =>
        space.GetTypeMembers().Any(t => t.DeclaredAccessibility == Accessibility.Public || t.Locations.Any(l => l.IsInSource))
        || space.GetNamespaceMembers().Any(HasTypes);

    private static bool IsObsolete(ISymbol symbol) => symbol.GetAttributes().Any(a => a.AttributeClass?.Name == nameof(ObsoleteAttribute));

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private static string Kind(ISymbol symbol) => symbol switch
    {
        INamespaceSymbol => "module",
        ITypeSymbol => "class",
        IMethodSymbol => "function",
        IAliasSymbol alias => Kind(alias.Target),
        IPropertySymbol or IEventSymbol => "property",
        IFieldSymbol { ContainingType.IsScriptClass: false } => "property",
        _ => "instance",
    };
}
