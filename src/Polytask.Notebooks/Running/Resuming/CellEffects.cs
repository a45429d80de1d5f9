using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Polytask.Notebooks.Running.Resuming;

/// <summary>
/// Looks for what a C# cell may do beyond its variables, its outputs and files: such a cell must run again in a new process, for nothing
/// of that could be put back. It errs on the safe side: only members that are known to keep to themselves pass.
/// </summary>
internal static class CellEffects
{
    private static readonly HashSet<string> Namespaces =
    [
        "System.Linq", "System.Collections.Generic", "System.Collections.Immutable", "System.Text", "System.Numerics",
        "System.Text.RegularExpressions", "System.Globalization", "System.Runtime.CompilerServices", "Microsoft.AspNetCore.Html",
    ];

    private static readonly HashSet<string> Types =
    [
        "System.Object", "System.String", "System.Char", "System.Boolean", "System.Byte", "System.SByte", "System.Int16", "System.UInt16",
            "System.Int32",
        "System.UInt32", "System.Int64", "System.UInt64", "System.Single", "System.Double", "System.Half", "System.Decimal", "System.Int128",
            "System.Math", "System.MathF",
        "System.DateTime", "System.DateTimeOffset", "System.DateOnly", "System.TimeOnly", "System.TimeSpan", "System.Guid", "System.Convert",
            "System.BitConverter",
        "System.Array", "System.Enum", "System.Nullable", "System.Tuple", "System.ValueTuple", "System.Index", "System.Range", "System.HashCode",
        "System.StringComparer", "System.Span", "System.ReadOnlySpan", "System.MemoryExtensions", "System.Random", "System.Func", "System.Action",
            "System.Predicate",
        "System.Comparison", "System.Exception", "System.ArgumentException", "System.InvalidOperationException", "System.NotSupportedException",
            "System.IDisposable",
        "System.Diagnostics.Stopwatch", "System.IO.File", "System.IO.Path",
        "Microsoft.DotNet.Interactive.Kernel", "Microsoft.DotNet.Interactive.DisplayExtensions",
    ];

    private static readonly HashSet<string> Members =
    [
        "System.Console.Write", "System.Console.WriteLine", "System.Threading.Thread.Sleep", "System.Threading.Tasks.Task.Delay",
            "System.IO.Directory.CreateDirectory",
    ];

    /// <summary>The first such thing in a submission, in words; null where there is none.</summary>
    /// <param name="submission">The cell as it was compiled.</param>
    /// <param name="hostKnows">Whether the host knows a member to keep to itself, by the full name of its type and its own.</param>
    public static string? Beyond(CSharpCompilation submission, Func<string, string, bool> hostKnows)
    {
        var tree = submission.SyntaxTrees[0];
        var model = submission.GetSemanticModel(tree);
        foreach (var node in tree.GetRoot().DescendantNodes())
            if (Beyond(node, model, hostKnows) is { } what)
                return what;
        return null;
    }

    private static string? Beyond(SyntaxNode node, SemanticModel model, Func<string, string, bool> hostKnows)
    {
        switch (node)
        {
            case MemberDeclarationSyntax member when member.Modifiers.Any(SyntaxKind.StaticKeyword)
                && member is FieldDeclarationSyntax or PropertyDeclarationSyntax or EventFieldDeclarationSyntax or ConstructorDeclarationSyntax:
                return "declares static state";
            case MemberDeclarationSyntax member when member.Modifiers.Any(SyntaxKind.ExternKeyword):
                return "declares native functions";
            case MethodDeclarationSyntax method when method.Modifiers.Any(SyntaxKind.AsyncKeyword) && method.ReturnType.ToString() == "void":
                return "has an async void method, which may go on after it";
            case DestructorDeclarationSyntax:
                return "declares a finalizer";
            case LockStatementSyntax:
                return "uses threads";
            case not ExpressionSyntax:
                return null;
        }
        if (model.GetTypeInfo(node).Type is { TypeKind: TypeKind.Dynamic })
            return "uses dynamic";
        var symbol = model.GetSymbolInfo(node).Symbol;
        if (node is InvocationExpressionSyntax invocation && model.GetTypeInfo(node).Type is { Name: "Task" or "ValueTask" }
            && invocation.Parent is not AwaitExpressionSyntax)
            return $"starts {Name(symbol)} and does not await it";
        if (symbol is null)
            return node is InvocationExpressionSyntax or ObjectCreationExpressionSyntax ? "has a call that is bound only when it runs" : null;
        if (symbol is not (IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol))
            return null;
        var outside = symbol.Locations.All(l => !l.IsInSource) && symbol.ContainingAssembly is { } assembly
            && !assembly.Name.StartsWith("cell-", StringComparison.Ordinal);
        if (!outside || symbol is IFieldSymbol { IsConst: true })
            return null;
        if (!IsKnown(symbol, hostKnows))
            return $"uses {Name(symbol)}, whose effects are not known";
        return symbol.IsStatic && node.Parent is AssignmentExpressionSyntax assignment && assignment.Left == node ? $"sets {Name(symbol)}" : null;
    }

    private static bool IsKnown(ISymbol symbol, Func<string, string, bool> hostKnows)
    {
        var type = symbol.ContainingType;
        if (type is null)
            return symbol is IMethodSymbol { MethodKind: MethodKind.BuiltinOperator };
        if (type.IsTupleType || type.IsAnonymousType || type.TypeKind is TypeKind.Array)
            return true;
        if (hostKnows(FullName(type), symbol.Name))
            return true;
        while (type.ContainingType is { } outer)
            type = outer;
        var space = type.ContainingNamespace.ToDisplayString();
        return Namespaces.Contains(space) || Types.Contains($"{space}.{type.Name}") || Members.Contains($"{space}.{type.Name}.{symbol.Name}");
    }

    /// <summary>As source writes it, without type arguments: TorchSharp.torch.nn.Module.</summary>
    private static string FullName(INamedTypeSymbol type) =>
        (type.ContainingType is { } outer ? FullName(outer) : type.ContainingNamespace.ToDisplayString()) + "." + type.Name;

    private static string Name(ISymbol? symbol) => symbol is null ? "a call" : symbol is IMethodSymbol { MethodKind: MethodKind.Constructor }
        ? symbol.ContainingType.ToDisplayString()
        : symbol.ContainingType is { IsImplicitlyDeclared: false } type ? $"{type.Name}.{symbol.Name}" : symbol.Name;
}
