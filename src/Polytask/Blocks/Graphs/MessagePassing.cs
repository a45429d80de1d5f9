using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>One round of message passing, made by <see cref="Block.MessagePassing(Graph, Block, Block)"/>.</summary>
public sealed record MessagePassing : Block
{
    internal MessagePassing(Graph? graph, Block message, Block update) => (Graph, Message, Update) = (graph, message, update);

    /// <summary>The graph of all examples; null where each brings its own.</summary>
    public Graph? Graph { get; }

    /// <summary>From [h_i, h_j] to what node j tells node i.</summary>
    public Block Message { get; }

    /// <summary>From [h_i, what was collected] to the new h_i.</summary>
    public Block Update { get; }

    /// <summary>How a node collects: the sum unless said; a node without neighbours collects zeros.</summary>
    public Pooling Pooling { get; private init; } = Pooling.Sum;

    /// <summary>The same with messages collected otherwise.</summary>
    /// <exception cref="DeclarationException">The maximum is not offered.</exception>
    public MessagePassing WithPooling(Pooling pooling) => pooling != Pooling.Max
        ? this with { Pooling = pooling }
        : throw new DeclarationException("message passing collects by Pooling.Sum or Pooling.Mean");

    /// <inheritdoc/>
    public override string Name => "message passing";

    /// <inheritdoc/>
    public override string Describe() => $"message passing ({Message}), {Pooling.ToString().ToLowerInvariant()}, ({Update})"
        + (Graph is null ? ", graph in the input" : $" on {Graph}");

    /// <inheritdoc/>
    public override Shape Output(Shape input, string place)
    {
        var (nodes, features) = GraphInput.Sizes(input, Graph, "message passing", place);
        var message = Message.Output(Shape.Of(2 * features), $"{place}: message");
        if (!message.IsFlat) throw new DeclarationException($"{place}: a message is a vector of features, but '{Message.Name}' gives {message}");
        var update = Update.Output(Shape.Of(features + message[0]), $"{place}: update");
        return update.IsFlat
            ? Shape.Of(nodes, update[0])
            : throw new DeclarationException($"{place}: an updated node is a vector of features, but '{Update.Name}' gives {update}");
    }

    /// <inheritdoc/>
    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new MessagePassingModule(input, this);
}

internal sealed class MessagePassingModule : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> message;
    private readonly nn.Module<Tensor, Tensor> update;
    private readonly bool mean;
    private readonly bool own;

    public MessagePassingModule(Shape input, MessagePassing spec) : base("message_passing")
    {
        var (nodes, features) = GraphInput.Sizes(input, spec.Graph, "message passing", spec.Name);
        message = spec.Message.Build(Shape.Of(2 * features));
        update = spec.Update.Build(Shape.Of(features + spec.Message.Output(Shape.Of(2 * features), spec.Name)[0]));
        (mean, own) = (spec.Pooling == Pooling.Mean, spec.Graph is null);
        if (spec.Graph is { } graph)
        {
            var (receivers, senders) = GraphInput.Directed(graph);
            register_buffer("receivers", tensor(receivers), persistent: false);
            register_buffer("senders", tensor(senders), persistent: false);
            register_buffer("degrees", tensor([.. Enumerable.Range(0, (int)nodes).Select(node => (float)receivers.Count(to => to == node))]), persistent: false);
        }
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var (adjacency, h) = own ? GraphInput.Parted(x) : (null, x);
        var (batch, nodes) = (h.shape[0], h.shape[1]);
        Tensor collected, degrees;
        if (adjacency is null)
        {
            var (to, from) = (get_buffer("receivers")!, get_buffer("senders")!);
            var sent = message.call(cat([h.index_select(1, to), h.index_select(1, from)], 2).flatten(0, 1)).reshape(batch, to.shape[0], -1);
            collected = zeros(batch, nodes, sent.shape[2], dtype: sent.dtype, device: sent.device).index_add(1, to, sent, 1);
            degrees = get_buffer("degrees")!.unsqueeze(1);
        }
        else
        {
            // All pairs: receiver i in the rows, sender j in the columns.
            var pairs = cat([h.unsqueeze(2).expand(-1, -1, nodes, -1), h.unsqueeze(1).expand(-1, nodes, -1, -1)], 3);
            var sent = message.call(pairs.flatten(0, 2)).reshape(batch, nodes, nodes, -1);
            collected = sent.mul(adjacency.unsqueeze(3)).sum(2);
            degrees = adjacency.sum(2).unsqueeze(2);
        }
        if (mean) collected = collected.div(degrees.clamp(1e-12));
        return update.call(cat([h, collected], 2).flatten(0, 1)).reshape(batch, nodes, -1);
    }
}
