namespace Polytask;

public abstract partial record Block
{
    /// <summary>
    /// A graph convolutional network (Kipf and Welling, ICLR 2017) on one graph for all examples: [nodes, features] → [nodes, last units].
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="units">The width of each layer.</param>
    public static Gcn Gcn(Graph graph, params long[] units)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new(graph, units);
    }

    /// <summary>
    /// A graph convolutional network (Kipf and Welling, ICLR 2017) on a graph of each example's own, which the input carries: [nodes, nodes + features],
    /// row i holding the weights of node i's edges to all nodes and then its features → [nodes, last units].
    /// </summary>
    /// <param name="units">The width of each layer.</param>
    public static Gcn Gcn(params long[] units) => new(null, units);

    /// <summary>
    /// Message passing (Gilmer et al., ICML 2017) on one graph for all examples, [nodes, features] → [nodes, units]: node i collects
    /// message([h_i, h_j]) from its neighbours j and becomes update([h_i, collected]).
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="message">A block of flat inputs, from twice the features.</param>
    /// <param name="update">A block of flat inputs, from the features and the message.</param>
    public static MessagePassing MessagePassing(Graph graph, Block message, Block update)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new(graph, NotNull(message), NotNull(update));
    }

    /// <summary>
    /// Message passing on a graph of each example's own, which the input carries: [nodes, nodes + features], row i holding a number other than 0 for each
    /// neighbour of node i, times which that neighbour's message counts, and then its features → [nodes, units].
    /// </summary>
    /// <inheritdoc cref="MessagePassing(Graph, Block, Block)" path="/param"/>
    public static MessagePassing MessagePassing(Block message, Block update) => new(null, NotNull(message), NotNull(update));
}
