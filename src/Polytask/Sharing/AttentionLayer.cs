using System.Collections.Immutable;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// MTAN (Liu et al., CVPR 2019, equations 1 to 3): shared stages, and for each task a mask on every stage's features. A stage that is a chain gives
/// u before its last block and p after it (for any other stage u is what it reads); a = sigmoid(N(W_2 ReLU(N(W_1 [u; e])))) with e the task's features
/// of the stage before, and a * p goes through a block that tasks share to the next stage. N is batch normalisation, W a 1 x 1 convolution or, for
/// vectors, a linear map. A task reads a * p of the last stage.
/// </summary>
public sealed record AttentionLayer : Layer
{
    internal AttentionLayer(IEnumerable<Block> stages)
    {
        Stages = [.. stages];
        if (Stages.IsEmpty) throw new DeclarationException("task attention needs at least 1 stage, for example Layer.Attention(Block.Mlp(64), Block.Mlp(32))");
    }

    /// <summary>The shared stages.</summary>
    public ImmutableArray<Block> Stages { get; }

    /// <summary>The side of the max pooling between stages, 1 for none.</summary>
    public long Pool { get; private init; } = 1;

    /// <summary>Whether the masks are there; without them every task reads the last stage.</summary>
    public bool HasMasks { get; private init; } = true;

    /// <summary>Max pooling of this side after every stage but the last, on the shared features and the tasks' alike.</summary>
    public AttentionLayer WithPooling(long side) => side >= 1
        ? this with { Pool = side }
        : throw new DeclarationException($"pooling needs a side of at least 1, but got {side}");

    /// <summary>The ablation: no masks, which is hard sharing of the same stages.</summary>
    public AttentionLayer WithoutMasks() => this with { HasMasks = false };

    /// <inheritdoc/>
    public override string Name => "attention";

    /// <inheritdoc/>
    public override string Describe() =>
        $"{string.Join(" → ", Stages)}" + (Pool > 1 ? $", pool {Pool}" : "") + (HasMasks ? ", a mask per task and stage" : ", without masks");

    internal override string Giver => $"stage '{Stages[^1].Name}'";

    internal override Shape Output(Shape input, string place)
    {
        var shape = input;
        for (var stage = 0; stage < Stages.Length; stage++)
        {
            var before = Before(Stages[stage], shape, place);
            var given = Stages[stage].Output(shape, $"{place}: stage {stage + 1}");
            if (given.Rank is not (1 or 3) || (given.Rank == 3 && (before.Rank != 3 || before[1] != given[1] || before[2] != given[2])))
                throw new DeclarationException($"{place}: stage {stage + 1} must give a vector or keep the height and width of its last block's input "
                    + $"(pool with .WithPooling(side)), but it reads {before} and gives {given}");
            shape = stage == Stages.Length - 1 ? given : Pooled(given);
        }
        return shape;
    }

    internal override bool[] Inputs(StreamMap map, bool[] required) => map.Set(map.Shared);

    internal override bool[] Outputs(StreamMap map, bool[] available, bool[] required) =>
        map.Set(HasMasks ? [.. map.TaskStreams, map.Shared] : [map.Shared]);

    internal override BuiltLayer Build(LayerSite site) => new Built(this, site);

    /// <summary>The shape before the last block of a stage.</summary>
    internal static Shape Before(Block stage, Shape input, string place) => stage is Chain chain
        ? chain.Blocks[..^1].Aggregate(input, (shape, block) => block.Output(shape, place))
        : input;

    internal Shape Pooled(Shape shape) => Pool == 1 || shape.Rank != 3 ? shape : Shape.Of(shape[0], shape[1] / Pool, shape[2] / Pool);

    private sealed class Built : BuiltLayer
    {
        private readonly StreamMap map;
        private readonly AttentionLayer spec;
        private readonly Container container = new();
        private readonly List<(nn.Module<Tensor, Tensor>? First, nn.Module<Tensor, Tensor> Last)> stages = [];
        private readonly List<TaskMask[]> masks = [];
        private readonly List<nn.Module<Tensor, Tensor>> carries = [];

        public Built(AttentionLayer spec, LayerSite site)
        {
            (this.spec, map) = (spec, site.Map);
            var shape = site.Input;
            Shape? carried = null;
            for (var stage = 0; stage < spec.Stages.Length; stage++)
            {
                var block = spec.Stages[stage];
                var before = Before(block, shape, site.Place);
                var given = block.Output(shape, site.Place);
                nn.Module<Tensor, Tensor>? first = null;
                var last = block;
                if (block is Chain chain)
                {
                    // A chain of one block less is the block itself where two are chained.
                    first = chain.Blocks[..^1].Aggregate((left, right) => left.Then(right))!.Build(shape);
                    container.Add($"stage_{stage}_first", first);
                    last = chain.Blocks[^1];
                }
                var built = last.Build(before);
                container.Add($"stage_{stage}", built);
                stages.Add((first, built));
                if (spec.HasMasks)
                {
                    masks.Add([.. map.TaskStreams.Select(task =>
                    {
                        var mask = new TaskMask(before, carried, given);
                        container.Add($"mask_{stage}_{map.Tasks[task]}", mask);
                        return mask;
                    })]);
                    if (stage < spec.Stages.Length - 1)
                    {
                        carries.Add(TaskMask.Unit(given, given[0]));
                        container.Add($"carry_{stage}", carries[^1]);
                    }
                }
                shape = stage == spec.Stages.Length - 1 ? given : spec.Pooled(given);
                carried = shape;
            }
        }

        public override nn.Module Module => container;

        public override IEnumerable<(IReadOnlyList<Parameter> Parameters, IReadOnlyList<int> Feeds)> Ownership
        {
            get
            {
                int[] all = spec.HasMasks ? [.. map.TaskStreams, map.Shared] : [map.Shared];
                foreach (var (first, last) in stages) yield return ([.. first?.parameters() ?? [], .. last.parameters()], all);
                foreach (var carry in carries) yield return ([.. carry.parameters()], [.. map.TaskStreams]);
                foreach (var task in spec.HasMasks ? map.TaskStreams : [])
                    yield return ([.. masks.SelectMany(stage => stage[task].parameters())], [task]);
            }
        }

        public override IEnumerable<int> Sources(int output) => [map.Shared];

        public override Streams Forward(Streams input, bool[] required)
        {
            var x = input[map.Shared];
            var asked = StreamMap.In(required).Where(map.IsTask).ToArray();
            var own = new Tensor?[map.Tasks.Length];
            for (var stage = 0; stage < stages.Count; stage++)
            {
                var u = stages[stage].First is { } first ? first.call(x) : x;
                var p = stages[stage].Last.call(u);
                var isLast = stage == stages.Count - 1;
                if (spec.HasMasks)
                    foreach (var task in asked)
                    {
                        var masked = masks[stage][task].Of(u, own[task]) * p;
                        own[task] = isLast ? masked : Pooled(carries[stage].call(masked));
                    }
                x = isLast ? p : Pooled(p);
            }
            var output = new Streams(map) { [map.Shared] = x };
            if (spec.HasMasks) foreach (var task in asked) output[task] = own[task]!;
            return output;
        }

        private Tensor Pooled(Tensor x) => spec.Pool == 1 || x.ndim != 4 ? x : nn.functional.max_pool2d(x, spec.Pool);
    }
}

/// <summary>The mask of one task on one stage's features, each between 0 and 1.</summary>
internal sealed class TaskMask : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> hidden;
    private readonly nn.Module<Tensor, Tensor> output;
    private readonly nn.Module<Tensor, Tensor> normalised;

    public TaskMask(Shape before, Shape? carried, Shape given) : base("mask")
    {
        // A stage from an image to a vector is masked as a vector.
        var flat = given.Rank == 1;
        var read = (flat ? before.Count : before[0]) + (carried is null ? 0 : flat ? carried.Count : carried[0]);
        hidden = Unit(given, read);
        output = flat ? nn.Linear(given[0], given[0]) : nn.Conv2d(given[0], given[0], 1);
        normalised = flat ? nn.BatchNorm1d(given[0]) : nn.BatchNorm2d(given[0]);
        RegisterComponents();
    }

    /// <summary>ReLU(N(W x)) with as many channels as <paramref name="given"/>.</summary>
    public static nn.Module<Tensor, Tensor> Unit(Shape given, long read) => given.Rank == 1
        ? nn.Sequential(nn.Linear(read, given[0]), nn.BatchNorm1d(given[0]), nn.ReLU())
        : nn.Sequential(nn.Conv2d(read, given[0], 1), nn.BatchNorm2d(given[0]), nn.ReLU());

    /// <summary>The mask from the shared features and the task's own of the stage before.</summary>
    public Tensor Of(Tensor shared, Tensor? own)
    {
        var flat = normalised is BatchNorm1d;
        Tensor Read(Tensor x) => flat ? x.flatten(1) : x;
        return call(own is null ? Read(shared) : cat([Read(shared), Read(own)], 1));
    }

    public override Tensor forward(Tensor x) => normalised.call(output.call(hidden.call(x))).sigmoid();
}
