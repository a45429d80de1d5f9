using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Where a graph block finds its graph: given once, or in front of each example's features.</summary>
internal static class GraphInput
{
    /// <summary>The nodes and the features of each.</summary>
    public static (long Nodes, long Features) Sizes(Shape input, Graph? graph, string what, string place)
    {
        Sequences.Require(input, what, place);
        if (graph is not null && graph.Nodes != input[0])
            throw new DeclarationException($"{place}: the graph of the {what} has {graph.Nodes} nodes, but the input is {input} (nodes x features)");
        if (graph is null && input[1] <= input[0])
            throw new DeclarationException($"{place}: {what} without a graph reads {input[0]} edge weights in front of each node's features, but gets "
                + $"{input}; give it a graph or put the adjacency matrix in front of the features");
        return (input[0], graph is null ? input[1] - input[0] : input[1]);
    }

    /// <summary>Both directions of every edge: [2 edges] of the nodes that receive and those that send.</summary>
    public static (long[] Receivers, long[] Senders) Directed(Graph graph) => (
        [.. graph.Edges.Select(edge => (long)edge.From), .. graph.Edges.Select(edge => (long)edge.To)],
        [.. graph.Edges.Select(edge => (long)edge.To), .. graph.Edges.Select(edge => (long)edge.From)]);

    /// <summary>[batch, nodes, nodes + features] → the adjacency and the features.</summary>
    public static (Tensor Adjacency, Tensor Features) Parted(Tensor x) =>
        (x.narrow(2, 0, x.shape[1]), x.narrow(2, x.shape[1], x.shape[2] - x.shape[1]));
}
