using System.Collections.Immutable;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Learning to branch (Guo et al., ICML 2020, section 3): every stage has several nodes of one kind; each node of the next stage, and each task after
/// the last, chooses one parent by a Gumbel-softmax over learned logits. In training the choice is sampled and its gradient is the softmax's, in
/// evaluation the most probable parent is taken, so that the trained model is a tree.
/// </summary>
public sealed record BranchingLayer : Layer
{
    internal BranchingLayer(int nodes, IEnumerable<Block> stages)
    {
        (Nodes, Stages) = (nodes, [.. stages]);
        if (nodes < 1) throw new DeclarationException($"a stage of a branching layer has at least 1 node, but got {nodes}");
        if (Stages.IsEmpty) throw new DeclarationException("a branching layer needs at least 1 stage, for example Layer.Branching(2, Block.Mlp(64))");
    }

    /// <summary>The nodes of each stage.</summary>
    public int Nodes { get; }

    /// <summary>What the nodes of each stage are.</summary>
    public ImmutableArray<Block> Stages { get; }

    /// <summary>The temperature of the Gumbel-softmax.</summary>
    public double Temperature { get; private init; } = 1;

    /// <summary>Another temperature, above 0.</summary>
    public BranchingLayer WithTemperature(double temperature) => temperature > 0
        ? this with { Temperature = temperature }
        : throw new DeclarationException($"a Gumbel-softmax needs a temperature above 0, but got {temperature}");

    /// <inheritdoc/>
    public override string Name => "tree";

    /// <inheritdoc/>
    public override string Describe() => $"learned branches: {string.Join(" → ", Stages)}, {Nodes} nodes per stage";

    internal override string Giver => $"node '{Stages[^1].Name}'";

    internal override Shape Output(Shape input, string place) => Stages.Aggregate(input, (shape, block) => block.Output(shape, place));

    internal override bool[] Inputs(StreamMap map, bool[] required) => map.Set(map.Shared);

    internal override bool[] Outputs(StreamMap map, bool[] available, bool[] required) => map.Set(map.TaskStreams);

    internal override BuiltLayer Build(LayerSite site) => new Built(this, site);

    private sealed class Built : BuiltLayer
    {
        private readonly StreamMap map;
        private readonly TreeModule module;

        public Built(BranchingLayer spec, LayerSite site)
        {
            site.RefuseSharedStream("branches");
            (map, module) = (site.Map, new(spec, site.Map.Tasks, site.Input));
        }

        public override nn.Module Module => module;

        public override IEnumerable<(IReadOnlyList<Parameter> Parameters, IReadOnlyList<int> Feeds)> Ownership =>
        [
            ([.. module.SharedParameters], [.. map.TaskStreams]),
            .. map.TaskStreams.Select(task => ((IReadOnlyList<Parameter>)[module.Choices[task]], (IReadOnlyList<int>)[task])),
        ];

        public override IEnumerable<int> Sources(int output) => [map.Shared];

        public override Streams Forward(Streams input, bool[] required)
        {
            var leaves = module.call(input[map.Shared]);
            var output = new Streams(map);
            foreach (var task in StreamMap.In(required).Where(map.IsTask)) output[task] = module.Leaf(leaves, task);
            return output;
        }
    }
}

/// <summary>The nodes and the choices: [batch, ...input] → [nodes, batch, ...output] of the last stage.</summary>
internal sealed class TreeModule : nn.Module<Tensor, Tensor>
{
    private readonly List<Towers> stages = [];
    private readonly List<Parameter> parents = [];
    private readonly BranchingLayer spec;

    public TreeModule(BranchingLayer spec, IReadOnlyList<string> tasks, Shape input) : base("tree")
    {
        this.spec = spec;
        for (var stage = 0; stage < spec.Stages.Length; stage++)
        {
            stages.Add(Towers.Of(spec.Nodes, input, spec.Stages[stage]));
            register_module($"stage_{stage}", stages[^1]);
            input = spec.Stages[stage].Output(input, "stage");
            if (stage == 0) continue;
            parents.Add(new Parameter(zeros(spec.Nodes, spec.Nodes)));
            register_parameter($"parent_{stage}", parents[^1]);
        }
        Choices = [.. tasks.Select(task =>
        {
            var choice = new Parameter(zeros(spec.Nodes));
            register_parameter($"choice_{task}", choice);
            return choice;
        })];
    }

    /// <summary>Per task its logits over the nodes of the last stage.</summary>
    public IReadOnlyList<Parameter> Choices { get; }

    public IEnumerable<Parameter> SharedParameters => [.. stages.SelectMany(stage => stage.parameters()), .. parents];

    public override Tensor forward(Tensor x)
    {
        var nodes = x.unsqueeze(0).expand([spec.Nodes, .. x.shape]);
        for (var stage = 0; stage < stages.Count; stage++)
        {
            if (stage > 0) nodes = Chosen(parents[stage - 1], nodes);
            nodes = stages[stage].call(nodes);
        }
        return nodes;
    }

    /// <summary>What a task reads.</summary>
    public Tensor Leaf(Tensor nodes, int task) => Chosen(Choices[task].unsqueeze(0), nodes).squeeze(0);

    // [children, nodes] logits, [nodes, batch, ...] → [children, batch, ...]
    private Tensor Chosen(Tensor logits, Tensor nodes)
    {
        var weights = training ? GumbelSoftmax.Hard(logits, spec.Temperature) : zeros_like(logits).scatter_(1, logits.argmax(1, true), 1);
        return weights.matmul(nodes.reshape(spec.Nodes, -1)).view([logits.shape[0], .. nodes.shape[1..]]);
    }
}
