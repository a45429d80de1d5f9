using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A block of its own for each task or each group of tasks: where a trunk branches by hand, or where tasks see the input through gates of their own.
/// See <see cref="Layer.PerTask"/> and <see cref="Layer.PerGroup"/>.
/// </summary>
public sealed record PerTaskLayer : Layer
{
    internal PerTaskLayer(Block block, bool byGroup) => (Block, IsByGroup) = (block, byGroup);

    /// <summary>The block that each task gets a copy of.</summary>
    public Block Block { get; }

    /// <summary>Whether the tasks of a group share one copy.</summary>
    public bool IsByGroup { get; }

    /// <inheritdoc/>
    public override string Name => IsByGroup ? "groups" : "branches";

    /// <inheritdoc/>
    public override string Describe() => $"{Block.Describe()}, one for each {(IsByGroup ? "group" : "task")}";

    internal override string Giver => $"branch '{Block.Name}'";

    internal override Shape Output(Shape input, string place) => Block.Output(input, place);

    internal override void Check(StreamMap map, Shape input, string place)
    {
        if (IsByGroup && map.Groups.Length == 0)
            throw new DeclarationException($"{place}: there are no groups of tasks; declare them with .Group(\"name\", \"task\", ...)");
        if (IsByGroup && map.TaskStreams.FirstOrDefault(task => map.GroupOf(task) < 0, -1) is >= 0 and var alone)
            throw new DeclarationException($"{place}: {map.Name(alone)} is in no group; add it to one with .Group(...)");
    }

    internal override bool[] Inputs(StreamMap map, bool[] required) => required;

    internal override bool[] Outputs(StreamMap map, bool[] available, bool[] required) => map.Set(Given(map, required));

    internal override BuiltLayer Build(LayerSite site) => new Built(this, site);

    // A shared stream that a later layer asks for passes by: no task's block is its own.
    private IEnumerable<int> Given(StreamMap map, bool[] required) =>
        StreamMap.In(required).Select(stream => IsByGroup && map.IsTask(stream) ? map.GroupOf(stream) : stream).Distinct();

    private sealed class Built : BuiltLayer
    {
        private readonly PerTaskLayer spec;
        private readonly Container container = new();
        private readonly Dictionary<int, nn.Module<Tensor, Tensor>> blocks = [];

        public Built(PerTaskLayer spec, LayerSite site)
        {
            this.spec = spec;
            foreach (var stream in spec.Given(site.Map, site.Required).Where(stream => stream != site.Map.Shared))
            {
                blocks[stream] = spec.Block.Build(site.Input);
                container.Add(site.Map.Key(stream), blocks[stream]);
            }
        }

        public override nn.Module Module => container;

        public override IEnumerable<(IReadOnlyList<Parameter> Parameters, IReadOnlyList<int> Feeds)> Ownership =>
            blocks.Select(entry => ((IReadOnlyList<Parameter>)[.. entry.Value.parameters()], (IReadOnlyList<int>)[entry.Key]));

        public override IEnumerable<int> Sources(int output) => [output];

        public override Streams Forward(Streams input, bool[] required)
        {
            var output = new Streams(input.Map);
            foreach (var stream in spec.Given(input.Map, required))
                output[stream] = blocks.TryGetValue(stream, out var block) ? block.call(input[stream]) : input[stream];
            return output;
        }
    }
}
