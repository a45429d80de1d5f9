using System.Collections.Immutable;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Experts with a memory per task (TaskExpert, Ye and Xu, ICCV 2023): after every stage of the shared backbone, experts read its features, and each
/// task's gate mixes them with the task's memory, R_t = sum_k g_k F_k + g_(K+1) M_t; the memory is then written, M_t += W_t(R_t). The gate reads the
/// features' mean over positions. The memory starts as a learned vector, 0 at first, the same at every position. A task reads its last memory.
/// </summary>
public sealed record MemoryLayer : Layer
{
    internal MemoryLayer(int experts, Block expert, Block write, IEnumerable<Block> stages)
    {
        (Count, Expert, Write, Stages) = (experts, expert, write, [.. stages]);
        if (experts < 1) throw new DeclarationException($"an expert memory needs at least 1 expert per stage, but got {experts}");
        if (Stages.IsEmpty) throw new DeclarationException("an expert memory needs at least 1 stage of a backbone to read");
    }

    /// <summary>K, the experts of each stage.</summary>
    public int Count { get; }

    /// <summary>What each of them is.</summary>
    public Block Expert { get; }

    /// <summary>What a task's reading goes through before it is added to its memory; of the memory's shape.</summary>
    public Block Write { get; }

    /// <summary>The stages of the shared backbone.</summary>
    public ImmutableArray<Block> Stages { get; }

    /// <summary>How experts and memory are mixed, or null for the model's gate.</summary>
    public Gate? Gate { get; private init; }

    /// <summary>Whether the memory is one of the things that the gate mixes.</summary>
    public bool ReadsMemory { get; private init; } = true;

    /// <summary>Another gate, as <see cref="Gate.Static"/> for the ablation without the sample.</summary>
    public MemoryLayer WithGate(Gate gate) => this with { Gate = gate };

    /// <summary>The ablation: the gate mixes the experts only, and memories are plain sums of what is written.</summary>
    public MemoryLayer WithoutReading() => this with { ReadsMemory = false };

    /// <inheritdoc/>
    public override string Name => "memory";

    /// <inheritdoc/>
    public override string Describe() => $"{string.Join(" → ", Stages)}, after each {Count} x {Expert}"
        + (ReadsMemory ? " and a memory per task" : " summed per task") + $", written by {Write}" + (Gate is null ? "" : $", {Gate}");

    internal override string Giver => $"memory of expert '{Expert.Name}'";

    internal override Shape Output(Shape input, string place)
    {
        var (shape, memory) = (input, (Shape?)null);
        for (var stage = 0; stage < Stages.Length; stage++)
        {
            shape = Stages[stage].Output(shape, $"{place}: stage {stage + 1}");
            var given = Expert.Output(shape, $"{place}: expert of stage {stage + 1}");
            if (memory is not null && !memory.Equals(given))
                throw new DeclarationException($"{place}: experts of all stages write one memory, but those of stage 1 give {memory} "
                    + $"and those of stage {stage + 1} give {given}");
            memory = given;
        }
        var written = Write.Output(memory!, $"{place}: write");
        return written.Equals(memory) ? memory!
            : throw new DeclarationException($"{place}: what is written must be of the memory's shape, {memory}, but '{Write.Name}' gives {written}");
    }

    internal override bool[] Inputs(StreamMap map, bool[] required) => map.Set(map.Shared);

    internal override bool[] Outputs(StreamMap map, bool[] available, bool[] required) => map.Set(map.TaskStreams);

    internal override BuiltLayer Build(LayerSite site) => new Built(this, site);

    private sealed class Built : BuiltLayer
    {
        private readonly MemoryLayer spec;
        private readonly StreamMap map;
        private readonly Shape memory;
        private readonly Container container = new();
        private readonly List<nn.Module<Tensor, Tensor>> stages = [];
        private readonly List<ExpertModule> experts = [];
        private readonly List<GateModule[]> gates = [];
        private readonly List<nn.Module<Tensor, Tensor>[]> writes = [];
        private readonly Parameter[] starts;

        public Built(MemoryLayer spec, LayerSite site)
        {
            site.RefuseSharedStream("memories");
            (this.spec, map, memory) = (spec, site.Map, spec.Output(site.Input, site.Place));
            var shape = site.Input;
            for (var stage = 0; stage < spec.Stages.Length; stage++)
            {
                stages.Add(spec.Stages[stage].Build(shape));
                container.Add($"stage_{stage}", stages[^1]);
                shape = spec.Stages[stage].Output(shape, site.Place);
                experts.Add(ExpertModule.Of(spec.Count, shape, spec.Expert));
                container.Add($"experts_{stage}", experts[^1]);
                var mixed = spec.Count + (spec.ReadsMemory ? 1 : 0);
                gates.Add((spec.Gate ?? site.Gate).Build(Shape.Of(Pooled(shape)), [.. map.Tasks.Select(_ => mixed)], site.Place));
                writes.Add([.. map.Tasks.Select(_ => spec.Write.Build(memory))]);
                for (var task = 0; task < map.Tasks.Length; task++)
                {
                    container.Add($"gate_{stage}_{map.Tasks[task]}", gates[^1][task]);
                    container.Add($"write_{stage}_{map.Tasks[task]}", writes[^1][task]);
                }
            }
            starts = [.. map.Tasks.Select(task => container.Add($"start_{task}", new Parameter(zeros(memory[0]))))];
        }

        public override nn.Module Module => container;

        public override IEnumerable<(IReadOnlyList<Parameter> Parameters, IReadOnlyList<int> Feeds)> Ownership
        {
            get
            {
                yield return ([.. stages.Concat<nn.Module>(experts).SelectMany(part => part.parameters())], [.. map.TaskStreams]);
                // A task-conditioned router serves all tasks.
                var routers = gates.SelectMany(stage => stage.SelectMany((gate, task) => gate.parameters().Select(parameter => (parameter, task))))
                    .GroupBy(entry => entry.parameter, ReferenceEqualityComparer.Instance);
                foreach (var router in routers) yield return ([(Parameter)router.Key!], [.. router.Select(entry => entry.task).Distinct()]);
                foreach (var task in map.TaskStreams)
                    yield return ([.. writes.SelectMany(stage => stage[task].parameters()), starts[task]], [task]);
            }
        }

        public override IEnumerable<int> Sources(int output) => [map.Shared];

        public override Tensor? TakePenalty() => Penalties.Sum(gates.SelectMany(stage => stage).Select(gate => gate.TakePenalty()));

        // One level after each stage.
        public override int Levels => stages.Count;

        public override Tensor GateWeights(Streams input, int task, int level)
        {
            var x = input[map.Shared];
            for (var stage = 0; stage <= level; stage++) x = stages[stage].call(x);
            return gates[level][task].call(Pooled(x));
        }

        public override Streams Forward(Streams input, bool[] required)
        {
            var x = input[map.Shared];
            var asked = StreamMap.In(required).Where(map.IsTask).ToArray();
            var rows = x.shape[0];
            long[] grid = [.. Enumerable.Repeat(1L, memory.Rank - 1)];
            var memories = asked.ToDictionary(task => task, task => starts[task].view([1, memory[0], .. grid]).expand([rows, .. memory]));
            for (var stage = 0; stage < stages.Count; stage++)
            {
                x = stages[stage].call(x);
                var features = experts[stage].call(x);                                              // [batch, K, c * h * w]
                var pooled = Pooled(x);
                var weights = stack([.. asked.Select(task => gates[stage][task].call(pooled))], 1);   // [batch, tasks, K or K + 1]
                // What all tasks mix of the experts in one product.
                var mixed = weights.narrow(2, 0, spec.Count).bmm(features).unbind(1);
                var kept = spec.ReadsMemory ? weights.select(2, spec.Count).unbind(1) : null;
                for (var i = 0; i < asked.Length; i++)
                {
                    var own = memories[asked[i]];
                    var read = mixed[i].view([rows, .. memory]);
                    if (kept is not null) read += kept[i].view([rows, 1, .. grid]) * own;
                    memories[asked[i]] = own + writes[stage][asked[i]].call(read);
                }
            }
            var output = new Streams(map);
            foreach (var task in asked) output[task] = memories[task];
            return output;
        }

        private static Tensor Pooled(Tensor x) => x.ndim switch { 4 => x.mean([2, 3]), 3 => x.mean([1]), _ => x };

        private static long Pooled(Shape shape) => shape.Rank switch { 3 => shape[0], 2 => shape[1], _ => shape[0] };
    }
}
