using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// One block with one set of weights for every stream: a further piece of the backbone. Where tasks have streams of their own already, their rows
/// pass through it together. See <see cref="Model.Backbone"/> and <see cref="Model.Then(Block)"/>.
/// </summary>
public sealed record SharedLayer : Layer
{
    internal SharedLayer(Block block) => Block = block;

    /// <summary>The block.</summary>
    public Block Block { get; }

    /// <summary>Whether the block continues the shared stream only, and the tasks' own streams pass by.</summary>
    public bool IsForSharedStream { get; private init; }

    /// <summary>The block continues the shared stream only; streams of tasks, such as their memories, pass by unchanged.</summary>
    public SharedLayer OnSharedStream() => this with { IsForSharedStream = true };

    /// <inheritdoc/>
    public override string Name => "backbone";

    /// <inheritdoc/>
    public override string Describe() => Block.Describe() + (IsForSharedStream ? ", on the shared stream" : "");

    internal override string Giver => $"backbone '{Block.Name}'";

    internal override Shape Output(Shape input, string place) => Block.Output(input, place);

    internal override bool[] Inputs(StreamMap map, bool[] required) => required;

    internal override bool[] Outputs(StreamMap map, bool[] available, bool[] required) => available;

    internal override BuiltLayer Build(LayerSite site) => new Built(this, Block.Build(site.Input), site);

    private sealed class Built(SharedLayer spec, nn.Module<Tensor, Tensor> block, LayerSite site) : BuiltLayer
    {
        private readonly int[] given = [.. StreamMap.In(site.Available)];

        public override nn.Module Module => block;

        public override IEnumerable<(IReadOnlyList<Parameter> Parameters, IReadOnlyList<int> Feeds)> Ownership =>
            [([.. block.parameters()], spec.IsForSharedStream ? [site.Map.Shared] : given)];

        public override IEnumerable<int> Sources(int output) => [output];

        public override Streams Forward(Streams input, bool[] required)
        {
            var output = new Streams(input.Map);
            var own = input.Serving(required);
            if (spec.IsForSharedStream)
            {
                foreach (var stream in own)
                    output[stream] = stream == input.Map.Shared ? block.call(input[stream]) : input[stream];
            }
            else if (own.Length == 1)
            {
                output[own[0]] = block.call(input[own[0]]);
            }
            else
            {
                var rows = input[own[0]].shape[0];
                var parts = block.call(cat([.. own.Select(stream => input[stream])], 0)).split(rows, 0);
                for (var i = 0; i < own.Length; i++) output[own[i]] = parts[i];
            }
            return output;
        }
    }
}
