using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Polytask.Notebooks.Kernels.CSharp.Assistance;

/// <summary>A cell that is being written, as the compiler understands it, at a position.</summary>
/// <param name="tree">Its source, or the part of it to which the position belongs.</param>
/// <param name="position">The position.</param>
/// <param name="compilation">Compiles it, where it must be known what names mean.</param>
internal sealed class CellReading(SyntaxTree tree, int position, Func<CSharpCompilation> compilation)
{
    private readonly Lazy<SemanticModel> _model = new(() => compilation().GetSemanticModel(tree));

    /// <summary>The whole source.</summary>
    public SyntaxNode Root { get; } = tree.GetRoot();

    /// <summary>What its names mean.</summary>
    public SemanticModel Model => _model.Value;

    /// <summary>The position.</summary>
    public int Position => position;
}
