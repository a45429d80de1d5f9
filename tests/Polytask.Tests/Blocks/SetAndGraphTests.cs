using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Blocks;

public class SetAndGraphTests
{
    private static readonly Tensor Order = tensor([3L, 0, 4, 1, 2]);

    public static readonly TheoryData<string> Sets = ["attention", "transformer", "induced", "pooling", "deep sets"];

    [Theory]
    [MemberData(nameof(Sets))]
    public void A_set_has_no_order(string name)
    {
        manual_seed(1);
        var (block, pools) = name switch
        {
            "attention" => ((Block)Block.Attention(2), false),
            "transformer" => (Block.Transformer(2, heads: 2), false),
            "induced" => (Block.InducedAttention(3, heads: 2), false),
            "pooling" => (Block.InducedAttention(3, heads: 2).Then(Block.PoolingAttention(2, heads: 2)), true),
            _ => (Block.DeepSets(Block.Mlp(6), Block.Mlp(3).WithLinearOutput()), true),
        };
        var module = block.Build(Shape.Of(5, 4));
        var x = Values.Normal(1, 2, 5, 4);
        var (given, permuted) = (module.call(x), module.call(x.index_select(1, Order)));
        Assert.True(Values.Difference(permuted, pools ? given : given.index_select(1, Order)) <= 1e-5);
        Assert.True(given.std().item<float>() > 1e-3);
    }

    private static readonly Graph Ring = Graph.Of(5, (0, 1), (1, 2), (2, 3), (3, 0));

    private static Tensor Adjacency()
    {
        var matrix = zeros(5, 5);
        foreach (var (from, to) in Ring.Edges) matrix[from, to] = matrix[to, from] = tensor(1f);
        return matrix;
    }

    [Theory]
    [InlineData(Pooling.Sum)]
    [InlineData(Pooling.Mean)]
    public void Messages_along_edges_are_those_of_the_matrix(Pooling pooling)
    {
        var (message, update) = (Block.Mlp(3), Block.Mlp(2).WithLinearOutput());
        manual_seed(1);
        var edges = Block.MessagePassing(Ring, message, update).WithPooling(pooling).Build(Shape.Of(5, 2));
        manual_seed(1);
        var matrix = Block.MessagePassing(message, update).WithPooling(pooling).Build(Shape.Of(5, 7));
        var h = Values.Normal(2, 3, 5, 2);
        var given = edges.call(h);
        Assert.True(Values.Difference(given, matrix.call(cat([Adjacency().expand(3, 5, 5), h], 2))) <= 1e-5);

        // Node 4 has no neighbours and node 0 has 1 and 3, by the definition.
        Tensor Message(int i, int j) => nn.functional.linear(cat([h[0, i], h[0, j]], 0), edges.get_parameter("message.layers.0.weight")!,
            edges.get_parameter("message.layers.0.bias")!).relu();
        Tensor Update(int i, Tensor collected) => nn.functional.linear(cat([h[0, i], collected], 0), edges.get_parameter("update.layers.0.weight")!,
            edges.get_parameter("update.layers.0.bias")!);
        Assert.True(Values.Difference(given[0, 4], Update(4, zeros(3))) <= 1e-5);
        var sum = Message(0, 1) + Message(0, 3);
        Assert.True(Values.Difference(given[0, 0], Update(0, pooling == Pooling.Mean ? sum / 2 : sum)) <= 1e-5);
    }

    [Fact]
    public void Renamed_nodes_give_renamed_outputs()
    {
        manual_seed(1);
        foreach (var block in new Block[] { Block.Gcn(4, 3), Block.MessagePassing(Block.Mlp(3), Block.Mlp(2)) })
        {
            var module = block.Build(Shape.Of(5, 7));
            var (adjacency, h) = (Adjacency(), Values.Normal(2, 5, 2));
            var given = module.call(cat([adjacency, h], 1).unsqueeze(0))[0];
            var renamed = adjacency.index_select(0, Order).index_select(1, Order);
            var other = module.call(cat([renamed, h.index_select(0, Order)], 1).unsqueeze(0))[0];
            Assert.True(Values.Difference(other, given.index_select(0, Order)) <= 1e-5);
        }
    }

    [Fact]
    public void A_graph_refuses_edges_that_are_none()
    {
        Assert.Equal(2, Graph.Of(3, (0, 1), (1, 0), (2, 1)).Edges.Length);
        Assert.Equal("the edge (0, 3) names a node outside 0 to 2", Assert.Throws<DeclarationException>(() => Graph.Of(3, (0, 3))).Message);
        Assert.StartsWith("the edge (1, 1) joins a node to itself", Assert.Throws<DeclarationException>(() => Graph.Of(3, (1, 1))).Message);
    }
}
