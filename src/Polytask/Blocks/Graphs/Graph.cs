using System.Collections.Immutable;

namespace Polytask;

/// <summary>Nodes and undirected edges, without weights: <c>Graph.Of(3, (0, 1), (1, 2))</c>.</summary>
public sealed record Graph
{
    private Graph(int nodes, ImmutableArray<(int From, int To)> edges) => (Nodes, Edges) = (nodes, edges);

    /// <summary>The number of nodes.</summary>
    public int Nodes { get; }

    /// <summary>The edges, each once, from its lower node to its higher.</summary>
    public ImmutableArray<(int From, int To)> Edges { get; }

    /// <summary>A graph from its edges; an edge given twice or in both directions counts once.</summary>
    /// <exception cref="DeclarationException">An edge names a node that there is not, or joins a node to itself.</exception>
    public static Graph Of(int nodes, params IEnumerable<(int From, int To)> edges)
    {
        ArgumentNullException.ThrowIfNull(edges);
        if (nodes < 1) throw new DeclarationException($"a graph has at least 1 node, but got {nodes}");
        var kept = new SortedSet<(int, int)>();
        foreach (var (from, to) in edges)
        {
            if (from < 0 || to < 0 || from >= nodes || to >= nodes)
                throw new DeclarationException($"the edge ({from}, {to}) names a node outside 0 to {nodes - 1}");
            if (from == to) throw new DeclarationException($"the edge ({from}, {to}) joins a node to itself; layers add what a node needs of itself");
            kept.Add((Math.Min(from, to), Math.Max(from, to)));
        }
        return new(nodes, [.. kept]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Nodes} nodes, {Edges.Length} edges";
}
