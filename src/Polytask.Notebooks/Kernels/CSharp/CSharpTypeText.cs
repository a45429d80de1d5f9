using Microsoft.CodeAnalysis.CSharp;

namespace Polytask.Notebooks.Kernels.CSharp;

/// <summary>Types as C# source names them.</summary>
internal sealed class CSharpTypeText(Func<Type, bool> knows) : TypeText
{
    /// <inheritdoc />
    protected override string Root => "global::";

    /// <inheritdoc />
    protected override bool Knows(Type type) => knows(type);

    /// <inheritdoc />
    protected override string Quote(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
