using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Polytask.Notebooks.Kernels.CSharp.Assistance;

/// <summary>A cell that is being written, as the compiler understands it, at a position.</summary>
internal sealed class CellReading(CSharpCompilation compilation, SyntaxTree tree, int position)
{
    /// <summary>The whole source.</summary>
    public SyntaxNode Root { get; } = tree.GetRoot();

    /// <summary>What its names mean.</summary>
    public SemanticModel Model { get; } = compilation.GetSemanticModel(tree);

    /// <summary>The position.</summary>
    public int Position => position;
}
