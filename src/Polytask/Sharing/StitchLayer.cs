using System.Collections.Immutable;
using System.Globalization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A tower per task whose stages exchange features. Cross-stitch (Misra et al., CVPR 2016, equation 1): after each stage x_i becomes
/// sum_j alpha_ij x_j. Sluice (Ruder et al., AAAI 2019): each stage's features are cut into subspaces, alpha mixes all subspaces of all tasks, a
/// penalty keeps the subspaces of a task orthogonal, and the output is a learned mixture over stages, h_t = sum_l beta_tl h_tl. Alpha starts at 0.9 on
/// its diagonal and shares 0.1 among the rest; it learns best with a rate of its own (the part "stitch").
/// </summary>
public sealed record StitchLayer : Layer
{
    internal StitchLayer(IEnumerable<Block> stages, int subspaces)
    {
        (Stages, Subspaces) = ([.. stages], subspaces);
        if (Stages.IsEmpty) throw new DeclarationException($"{Name} needs at least 1 stage, for example Layer.CrossStitch(Block.Mlp(64), Block.Mlp(32))");
        if (subspaces < 1) throw new DeclarationException($"a sluice layer has at least 1 subspace, but got {subspaces}");
    }

    /// <summary>The stages of every tower.</summary>
    public ImmutableArray<Block> Stages { get; }

    /// <summary>G, the number of subspaces that a stage's features are cut into.</summary>
    public int Subspaces { get; }

    /// <summary>Whether every channel has a matrix of its own.</summary>
    public bool IsPerChannel { get; private init; }

    /// <summary>Whether the output is a learned mixture over stages, which starts at the last one.</summary>
    public bool MixesStages { get; private init; }

    /// <summary>c, the factor of sum ||S_1' S_2||_F^2 over stages, tasks and pairs of subspaces.</summary>
    public double OrthogonalityPenalty { get; private init; }

    /// <summary>A matrix alpha for every channel.</summary>
    public StitchLayer PerChannel() => Subspaces == 1
        ? this with { IsPerChannel = true }
        : throw new DeclarationException("a sluice layer mixes subspaces, not channels; use Layer.CrossStitch(...).PerChannel()");

    /// <summary>An output that is a learned mixture over stages (beta of the sluice network), which all have to be of one shape.</summary>
    public StitchLayer WithStageMixture() => this with { MixesStages = true };

    /// <summary>A penalty on subspaces of a task that are not orthogonal; the mean over rows of the products, so that the batch does not matter.</summary>
    /// <param name="factor">c, at least 0.</param>
    public StitchLayer WithOrthogonality(double factor) => factor >= 0 && double.IsFinite(factor)
        ? this with { OrthogonalityPenalty = factor }
        : throw new DeclarationException($"an orthogonality penalty is a finite number of at least 0, but got {factor}");

    /// <inheritdoc/>
    public override string Name => "stitch";

    /// <inheritdoc/>
    public override string Describe() => (Subspaces == 1 ? "cross-stitch" : $"sluice of {Subspaces} subspaces") + (IsPerChannel ? " per channel" : "")
        + $": {string.Join(" → ", Stages)}, a tower per task" + (MixesStages ? ", mixture over stages" : "")
        + (OrthogonalityPenalty > 0 ? $", orthogonality {OrthogonalityPenalty.ToString(CultureInfo.InvariantCulture)}" : "");

    internal override string Giver => $"stage '{Stages[^1].Name}'";

    internal override Shape Output(Shape input, string place)
    {
        var shape = input;
        for (var stage = 0; stage < Stages.Length; stage++)
        {
            var given = Stages[stage].Output(shape, $"{place}: stage {stage + 1}");
            if (given[0] % Subspaces != 0)
                throw new DeclarationException($"{place}: stage {stage + 1} gives {given}, which cannot be cut into {Subspaces} subspaces");
            if (MixesStages && stage > 0 && !given.Equals(shape))
                throw new DeclarationException($"{place}: a mixture over stages needs stages of one shape, "
                    + $"but stage {stage} gives {shape} and stage {stage + 1} gives {given}");
            shape = given;
        }
        return shape;
    }

    internal override bool[] Inputs(StreamMap map, bool[] required) => map.Set(map.TaskStreams);

    internal override bool[] Outputs(StreamMap map, bool[] available, bool[] required) => map.Set(map.TaskStreams);

    internal override BuiltLayer Build(LayerSite site) => new Built(this, site);

    private sealed class Built : BuiltLayer
    {
        private readonly StitchLayer spec;
        private readonly StreamMap map;
        private readonly StitchModule module;

        public Built(StitchLayer spec, LayerSite site)
        {
            site.RefuseSharedStream("stitched towers");
            (this.spec, map, module) = (spec, site.Map, new(spec, site.Map.Tasks.Length, site.Input));
        }

        public override nn.Module Module => module;

        // Every tower's features reach every task.
        public override IEnumerable<(IReadOnlyList<Parameter> Parameters, IReadOnlyList<int> Feeds)> Ownership
        {
            get
            {
                yield return ([.. module.parameters().Where(parameter => !ReferenceEquals(parameter, module.Beta))], [.. map.TaskStreams]);
                if (module.Beta is not null) yield return ([module.Beta], [.. map.TaskStreams]);
            }
        }

        public override IEnumerable<int> Sources(int output) => map.TaskStreams;

        public override Tensor? TakePenalty() => module.TakePenalty();

        public override Streams Forward(Streams input, bool[] required)
        {
            var first = input[0];
            var tasks = map.Tasks.Length;
            var together = input.AreSame([.. map.TaskStreams])
                ? first.unsqueeze(0).expand([tasks, .. first.shape])
                : stack([.. map.TaskStreams.Select(task => input[task])], 0);
            var parts = module.call(together).unbind(0);
            var output = new Streams(map);
            for (var task = 0; task < tasks; task++) output[task] = parts[task].contiguous();
            return output;
        }
    }
}

/// <summary>Stitched towers with weights: [tasks, batch, ...input] → [tasks, batch, ...output].</summary>
internal sealed class StitchModule : nn.Module<Tensor, Tensor>
{
    private readonly List<Towers> stages = [];
    private readonly List<Parameter> alphas = [];
    private readonly StitchLayer spec;
    private readonly int tasks;
    private Tensor? penalty;

    public StitchModule(StitchLayer spec, int tasks, Shape input) : base("stitch")
    {
        (this.spec, this.tasks) = (spec, tasks);
        foreach (var block in spec.Stages)
        {
            var stage = stages.Count;
            stages.Add(Towers.Of(tasks, input, block));
            register_module($"stage_{stage}", stages[^1]);
            input = block.Output(input, "stage");
            var units = tasks * spec.Subspaces;
            var start = units == 1 ? ones(1, 1) : eye(units) * (0.9 - 0.1 / (units - 1)) + 0.1 / (units - 1);
            alphas.Add(new Parameter(spec.IsPerChannel ? start.unsqueeze(0).repeat(input[0], 1, 1) : start));
            register_parameter($"alpha_{stage}", alphas[^1]);
        }
        if (!spec.MixesStages) return;
        var last = zeros(tasks, spec.Stages.Length);
        last.narrow(1, spec.Stages.Length - 1, 1).fill_(1);
        register_parameter("beta", Beta = new Parameter(last));
    }

    /// <summary>The mixture over stages, [tasks, stages], or null.</summary>
    public Parameter? Beta { get; }

    public Tensor? TakePenalty() => Interlocked.Exchange(ref penalty, null);

    public override Tensor forward(Tensor x)
    {
        var kept = new List<Tensor>();
        for (var stage = 0; stage < stages.Count; stage++)
        {
            var given = stages[stage].call(x);
            if (training && spec.OrthogonalityPenalty > 0 && spec.Subspaces > 1) Penalise(given);
            x = Mixed(given, alphas[stage]);
            if (Beta is not null) kept.Add(x);
        }
        if (Beta is null) return x;
        long[] ones = [.. Enumerable.Repeat(1L, (int)x.ndim - 1)];
        return kept.Select((features, stage) => Beta.select(1, stage).view([tasks, .. ones]) * features).Aggregate((left, right) => left + right);
    }

    // x_i = sum_j alpha_ij x_j over tasks, over the subspaces of all tasks, or over tasks channel by channel.
    private Tensor Mixed(Tensor x, Tensor alpha)
    {
        var shape = x.shape;
        if (spec.IsPerChannel)
        {
            var byChannel = x.flatten(2).view(tasks, shape[1], shape[2], -1).permute(2, 0, 1, 3);                // [C, T, batch, rest]
            var rest = byChannel.shape[3];
            var mixed = alpha.bmm(byChannel.reshape(shape[2], tasks, -1)).view(shape[2], tasks, shape[1], rest);
            return mixed.permute(1, 2, 0, 3).reshape(shape);
        }
        if (spec.Subspaces == 1)
        {
            // In the order of memory, whichever it is.
            var stored = x.ndim == 5 && !x.is_contiguous() ? x.permute(0, 1, 3, 4, 2) : x;
            var product = alpha.matmul(stored.reshape(tasks, -1)).view(stored.shape);
            return ReferenceEquals(stored, x) ? product : product.permute(0, 1, 4, 2, 3);
        }
        var cut = Cut(x);                                                                                       // [T, G, batch, ...]
        var both = alpha.matmul(cut.reshape(tasks * spec.Subspaces, -1)).view(cut.shape);
        return both.transpose(1, 2).reshape(shape);
    }

    // [T, batch, C, ...] → [T, G, batch, C / G * rest]
    private Tensor Cut(Tensor x) => x.reshape(tasks, x.shape[1], spec.Subspaces, -1).transpose(1, 2);

    private void Penalise(Tensor x)
    {
        var cut = Cut(x);
        for (var first = 0; first < spec.Subspaces; first++)
            for (var second = first + 1; second < spec.Subspaces; second++)
            {
                var product = cut.select(1, first).transpose(1, 2).bmm(cut.select(1, second)) / x.shape[1];
                var added = product.square().sum() * spec.OrthogonalityPenalty;
                penalty = penalty is null ? added : penalty + added;
            }
    }
}
