using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A level of experts with weights; see <see cref="ExpertsLayer"/>.</summary>
internal sealed class BuiltExperts : BuiltLayer
{
    private readonly ExpertsLayer spec;
    private readonly StreamMap map;
    private readonly Shape input, output;
    private readonly Container container = new();
    private readonly nn.Module<Tensor, Tensor>? norm;
    private readonly ExpertSet[] sets;
    private readonly ExpertModule[] banks;
    private readonly nn.Module<Tensor, Tensor>?[] entries;
    private readonly int[] consumers;
    private readonly Dictionary<int, int[]> visible = [];
    private readonly Dictionary<int, GateModule> gates = [];
    private readonly Dictionary<int, SelfGateModule> selfGates = [];

    public BuiltExperts(ExpertsLayer spec, LayerSite site)
    {
        (this.spec, map, input) = (spec, site.Map, site.Input);
        output = spec.Output(site.Input, site.Place);
        var read = spec.Read(site.Input, site.Place);
        sets = ExpertSet.Of(spec.Bank, map, site.Place);
        consumers = spec.Consumers(map, site.Required);
        foreach (var consumer in consumers) visible[consumer] = ExpertSet.Visible(sets, spec.Bank, map, consumer);
        // Experts that no gate sees would be weights that nothing trains.
        sets = [.. sets.Where(set => visible.Values.Any(numbers => numbers.Any(set.Holds)))];
        if (spec.IsNormalised) container.Add("norm", norm = nn.LayerNorm(read.Count));
        (banks, entries) = (new ExpertModule[sets.Length], new nn.Module<Tensor, Tensor>?[sets.Length]);
        for (var i = 0; i < sets.Length; i++)
        {
            var (group, entered) = (sets[i].Group, read);
            if (group.Entry is { } entry)
            {
                container.Add($"entry_{Key(i)}", entries[i] = entry.Build(read));
                entered = entry.Output(read, site.Place);
            }
            container.Add(Key(i), banks[i] = ExpertModule.Of(group.Count, entered, group.Expert));
        }
        BuildGates(site, read);
    }

    public override nn.Module Module => container;

    public override IEnumerable<(IReadOnlyList<Parameter> Parameters, IReadOnlyList<int> Feeds)> Ownership
    {
        get
        {
            // A router can serve several gates, so feeds are gathered by parameter.
            var feeds = new Dictionary<Parameter, HashSet<int>>(ReferenceEqualityComparer.Instance);
            void Feed(nn.Module module, IEnumerable<int> streams)
            {
                foreach (var parameter in module.parameters())
                {
                    if (!feeds.TryGetValue(parameter, out var known)) feeds[parameter] = known = [];
                    known.UnionWith(streams);
                }
            }
            for (var i = 0; i < sets.Length; i++)
            {
                var seeing = consumers.Where(consumer => visible[consumer].Any(sets[i].Holds)).ToArray();
                Feed(banks[i], seeing);
                if (entries[i] is { } entry) Feed(entry, seeing);
            }
            if (norm is not null) Feed(norm, consumers);
            foreach (var (consumer, gate) in gates) Feed(gate, [consumer]);
            foreach (var (consumer, gate) in selfGates) Feed(gate, [consumer]);
            return feeds.Select(entry => ((IReadOnlyList<Parameter>)[entry.Key], (IReadOnlyList<int>)[.. entry.Value]));
        }
    }

    public override IEnumerable<int> Sources(int stream) => spec.SourcesOf(sets, map, stream);

    public override Tensor? TakePenalty() => Penalties.Sum(gates.Values.Distinct().Select(gate => gate.TakePenalty()));

    public override int Levels => 1;

    public override Tensor GateWeights(Streams streams, int task, int level)
    {
        var consumer = spec.IsForGroups ? map.GroupOf(task) : task;
        return gates[consumer].call(GateInput(Rows(streams), consumer));
    }

    public override Streams Forward(Streams streams, bool[] required)
    {
        var asked = consumers.Where(new HashSet<int>(spec.Consumers(map, required)).Contains).ToArray();
        var rows = Rows(streams);
        var mixed = CanDispatch(asked) ? Dispatched(rows, asked)
            : spec.IsOnOwnStreams ? [.. asked.Select(consumer => Mixed(rows.As(map.Shared, rows[consumer]), [consumer])[0])]
            : Mixed(rows, asked);
        var given = new Streams(map);
        for (var i = 0; i < asked.Length; i++)
        {
            var own = mixed[i];
            if (!output.IsFlat) own = own.view([streams[asked[i]].shape[0], .. output]);
            given[asked[i]] = spec.IsResidual ? own + streams[asked[i]] : own;
        }
        return given;
    }

    private string Key(int set)
    {
        var key = map.Key(sets[set].Stream);
        var same = sets.Take(set).Count(other => other.Stream == sets[set].Stream);
        return same == 0 ? key : $"{key}_{same + 1}";
    }

    private void BuildGates(LayerSite site, Shape read)
    {
        var gate = spec.Gate ?? site.Gate;
        var gateInput = spec.GatesReadShared ? Shape.Of(2 * read.Count) : read;
        var tasks = consumers.Where(map.IsTask).ToArray();
        if (gate.IsShared && tasks.Length > 0)
        {
            var counts = tasks.Select(task => visible[task].Length).Distinct().ToArray();
            if (counts.Length > 1)
                throw new DeclarationException($"{site.Place}: one gate for all tasks needs tasks that see equally many experts, "
                    + $"but they see {string.Join(" and ", counts)}");
            var one = gate.Build(gateInput, counts, site.Place)[0];
            container.Add("gate", one);
            foreach (var task in tasks) gates[task] = one;
        }
        var alone = consumers.Where(consumer => !gates.ContainsKey(consumer)).ToArray();
        var built = gate.Build(gateInput, [.. alone.Select(consumer => visible[consumer].Length)], site.Place);
        for (var i = 0; i < alone.Length; i++)
        {
            var task = map.IsTask(alone[i]) ? map.Tasks[alone[i]] : map.Key(alone[i]);
            container.Add(alone[i] == map.Shared ? "shared_gate" : $"gate_{task}", built[i]);
            gates[alone[i]] = built[i];
        }
        if (!spec.HasSelfGates) return;
        foreach (var consumer in consumers.Where(consumer => OwnSet(consumer) >= 0))
        {
            selfGates[consumer] = new SelfGateModule(read, sets[OwnSet(consumer)].Count);
            container.Add($"self_gate_{map.Key(consumer)}", selfGates[consumer]);
        }
    }

    private int OwnSet(int consumer) => Array.FindIndex(sets, set => set.Stream == consumer);

    // What experts and gates read: the streams, or their positions one under the other; normalised where the layer says so.
    private Streams Rows(Streams streams)
    {
        if (!spec.IsPerToken && norm is null) return streams;
        var rows = new Streams(map);
        for (var stream = 0; stream < map.Count; stream++)
        {
            if (streams.Own(stream) is not { } tensor) continue;
            var positions = spec.IsPerToken ? tensor.reshape(-1, input[1]) : tensor;
            rows[stream] = norm is null ? positions : norm.call(positions);
        }
        return rows;
    }

    private Tensor GateInput(Streams rows, int consumer) => spec.GatesReadShared
        ? cat([rows[consumer].flatten(1), rows[map.Shared].flatten(1)], 1)
        : rows[consumer];

    private Tensor[] Mixed(Streams rows, int[] asked)
    {
        int[] alone = [.. asked.Where(selfGates.ContainsKey)];
        int[][] seen = [.. asked.Select(consumer => visible[consumer]), .. alone.Select(consumer => sets[OwnSet(consumer)].Numbers.ToArray())];
        var needed = Enumerable.Range(0, sets.Length).Where(set => seen.Any(numbers => numbers.Any(sets[set].Holds))).ToArray();
        Tensor[] weights = [.. Weights(rows, asked), .. alone.Select(consumer => selfGates[consumer].call(rows[consumer]))];
        var mixed = ExpertMixer.Mix(seen, weights, Features(rows, needed), [.. needed.SelectMany(set => sets[set].Numbers)]);
        // What comes past the mixing gate is added to what comes through it.
        return [.. asked.Select((consumer, i) =>
            Array.IndexOf(alone, consumer) is >= 0 and var self ? mixed[i] + mixed[asked.Length + self] : mixed[i])];
    }

    // Per consumer [batch, experts that it sees]; all in one product where the gates are linear and read the same.
    private Tensor[] Weights(Streams rows, int[] asked)
    {
        SoftmaxGateModule[] alike = [.. asked.Select(consumer => gates[consumer]).OfType<SoftmaxGateModule>()];
        if (alike.Length == asked.Length && alike.Length > 1 && !spec.GatesReadShared && rows.AreSame(asked)
            && alike.Distinct().Count() == alike.Length)
            return SoftmaxGateModule.Together(alike, rows[asked[0]]);
        if (asked.Length > 1 && gates.Values.Distinct().Count() == 1 && rows.AreSame(asked) && gates[asked[0]] is not TopKGateModule)
        {
            var once = gates[asked[0]].call(GateInput(rows, asked[0]));
            return [.. asked.Select(_ => once)];
        }
        return [.. asked.Select(consumer => gates[consumer].call(GateInput(rows, consumer)))];
    }

    // [batch, some experts, features] each; small banks of one kind that read one tensor are computed as one.
    private Tensor[] Features(Streams rows, int[] needed)
    {
        Tensor Entered(int set) => entries[set] is { } entry ? entry.call(rows[sets[set].Stream]) : rows[sets[set].Stream];
        var streams = Array.ConvertAll(needed, set => sets[set].Stream);
        WideExperts[] alike = [.. needed.Where(set => entries[set] is null && sets[set].Group.Expert.Equals(sets[needed[0]].Group.Expert))
            .Select(set => banks[set]).OfType<WideExperts>()];
        if (alike.Length > 1 && alike.Length == needed.Length && rows.AreSame(streams) && !alike[0].IsFasterOneByOne(rows[streams[0]]))
            return [WideExperts.Together(alike, rows[streams[0]])];
        return [.. needed.SelectMany(set => banks[set].Pieces(Entered(set)))];
    }

    private bool CanDispatch(int[] asked) => sets.Length == 1 && entries[0] is null && !asked.Any(selfGates.ContainsKey)
        && asked.All(consumer => gates[consumer] is TopKGateModule && visible[consumer].Length == sets[0].Count);

    private Tensor[] Dispatched(Streams rows, int[] asked)
    {
        var given = new Tensor[asked.Length];
        // How the gates route differs, and what the experts read for them can; the experts do not: all rows of all tasks are sent at once.
        Routes[] routes = [.. asked.Select(consumer => ((TopKGateModule)gates[consumer]).Route(GateInput(rows, consumer).flatten(1)))];
        var all = SparseDispatch.Run(banks[0], [.. asked.Select(consumer => rows[spec.Read(map, sets[0], consumer)])], routes);
        for (var i = 0; i < asked.Length; i++) given[i] = all[i];
        return given;
    }
}
