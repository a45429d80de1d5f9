using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A way of sharing of the user's own, made by <see cref="Layer.Of"/>.</summary>
internal sealed record OwnLayer(string Label, Shape Gives, Func<int, Shape, nn.Module<Tensor[], Tensor[]>> Module) : Layer
{
    public override string Name => "own";

    public override string Describe() => $"{Label} (own layer)";

    internal override string Giver => $"layer '{Label}'";

    internal override Shape Output(Shape input, string place) => Gives;

    internal override bool[] Inputs(StreamMap map, bool[] required) => map.Set(map.TaskStreams);

    internal override bool[] Outputs(StreamMap map, bool[] available, bool[] required) => map.Set(map.TaskStreams);

    internal override BuiltLayer Build(LayerSite site) => new Built(this, site);

    private sealed class Built : BuiltLayer
    {
        private readonly OwnLayer spec;
        private readonly StreamMap map;
        private readonly nn.Module<Tensor[], Tensor[]> module;

        public Built(OwnLayer spec, LayerSite site)
        {
            site.RefuseSharedStream($"the streams per task of layer '{spec.Label}'");
            (this.spec, map, module) = (spec, site.Map, spec.Module(site.Map.Tasks.Length, site.Input));
        }

        public override nn.Module Module => module;

        // What the module does with its inputs is not known: any parameter may reach any task.
        public override IEnumerable<(IReadOnlyList<Parameter> Parameters, IReadOnlyList<int> Feeds)> Ownership =>
            [([.. module.parameters()], [.. map.TaskStreams])];

        public override IEnumerable<int> Sources(int output) => map.TaskStreams;

        public override Streams Forward(Streams input, bool[] required)
        {
            var given = module.call([.. map.TaskStreams.Select(task => input[task])]);
            var rows = input[0].shape[0];
            if (given.Length != map.Tasks.Length)
                throw new DeclarationException($"layer '{spec.Label}' must give a tensor for each of {map.Tasks.Length} tasks, but gives {given.Length}");
            var output = new Streams(map);
            for (var task = 0; task < given.Length; task++)
            {
                if (!given[task].shape.AsSpan().SequenceEqual([rows, .. spec.Gives]))
                    throw new DeclarationException($"layer '{spec.Label}' was declared to give {spec.Gives}, "
                        + $"but gives [{string.Join(", ", given[task].shape)}] for {map.Name(task)}");
                output[task] = given[task];
            }
            return output;
        }
    }
}
