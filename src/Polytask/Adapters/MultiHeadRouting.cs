using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

public abstract partial record Adapter
{
    /// <summary>
    /// An inventory of low-rank changes that each task mixes in weights of its own (Poly: Ponti et al., EACL 2023):
    /// <see cref="MultiHeadRouting(int, int, int, double?)"/> with one head.
    /// </summary>
    /// <param name="skills">m, the size of the inventory.</param>
    /// <param name="rank">r of each.</param>
    /// <param name="alpha">The changes are multiplied by alpha / r; null for alpha = r.</param>
    public static MultiHeadRouting Polytropon(int skills, int rank = 1, double? alpha = null) => new(skills, rank, 1, alpha ?? rank);

    /// <summary>
    /// Multi-head adapter routing (Caccia et al., NeurIPS 2023, equations 4 and 5): tasks mix an inventory of low-rank changes, separately in
    /// each of h blocks of inputs and outputs. With logits Z_t [h, m] of task t and g = sigmoid, a_qs = g(Z_tqs) / Σ_s' g(Z_tqs'); A_t are the
    /// blocks Σ_s a_qs A_qs one under the other, B_t the blocks Σ_s a_qs B_qs side by side; y = x W^T + (α / r) (x A_t) B_t. Parameters are
    /// mixed, not outputs. It adds m r (inputs + outputs) numbers and T h m for the routing, all of them at every layer; B starts at zero, and Z
    /// near zero, so that routing starts nearly uniform. Give the routing ("....routing.task" in named_parameters()) a much larger learning rate
    /// than the rest. For a new task put the same value on the module with the new task's name and read the inventory by
    /// <c>SafeTensors.LoadInto(adaptation, path, strict: false)</c>.
    /// </summary>
    /// <param name="skills">m, the size of the inventory.</param>
    /// <param name="rank">r of each.</param>
    /// <param name="heads">h, which must divide inputs and outputs.</param>
    /// <param name="alpha">The changes are multiplied by alpha / r; null for alpha = r.</param>
    public static MultiHeadRouting MultiHeadRouting(int skills, int rank, int heads, double? alpha = null) =>
        new(skills, rank, heads, alpha ?? rank);
}

/// <summary>
/// An inventory of low-rank changes that tasks mix, made by <see cref="Adapter.MultiHeadRouting"/> and <see cref="Adapter.Polytropon"/>.
/// </summary>
public sealed record MultiHeadRouting : LayerwiseAdapter
{
    internal MultiHeadRouting(int skills, int rank, int heads, double alpha)
    {
        if (skills < 1 || rank < 1 || heads < 1)
            throw new DeclarationException($"routed adapters need skills, rank and heads of at least 1, but got {skills}, {rank} and {heads}");
        if (!double.IsFinite(alpha))
            throw new DeclarationException(FormattableString.Invariant($"routed adapters need a number as alpha, but got {alpha}"));
        (Skills, Rank, Heads, Alpha) = (skills, rank, heads, alpha);
    }

    /// <summary>m.</summary>
    public int Skills { get; }

    /// <summary>r.</summary>
    public int Rank { get; }

    /// <summary>h.</summary>
    public int Heads { get; }

    /// <summary>α.</summary>
    public double Alpha { get; }

    /// <summary>Whether one table of logits serves all layers.</summary>
    public bool IsRoutingShared { get; private init; }

    /// <summary>Whether routing in training is drawn.</summary>
    public bool IsRelaxed { get; private init; }

    /// <summary>One table of logits for all layers, T h m numbers in all.</summary>
    public MultiHeadRouting SharedRouting() => this with { IsRoutingShared = true };

    /// <summary>In training g is a relaxed Bernoulli draw at temperature 1, sigmoid(Z + log u - log(1 - u)), in place of sigmoid(Z).</summary>
    public MultiHeadRouting RelaxedBernoulli() => this with { IsRelaxed = true };

    /// <inheritdoc/>
    public override string Name => Heads == 1 ? "polytropon" : "multi-head routing";

    /// <inheritdoc/>
    public override string Describe() => $"{Name}{(Heads == 1 ? "" : $" {Heads} heads")} {Skills} skills of rank "
        + FormattableString.Invariant($"{Rank} alpha {Alpha}")
        + (IsRoutingShared ? ", shared routing" : "") + (IsRelaxed ? ", relaxed Bernoulli" : "");

    internal override bool IsForTasks => true;

    internal override bool Fits(nn.Module layer) => layer is TorchSharp.Modules.Linear or Convolution { transposed: false };

    internal override string Kinds => "linear and convolutional layers";

    internal override nn.Module? MakeCommon(IReadOnlyList<AdaptedLayer> layers, IReadOnlyList<string> tasks) =>
        IsRoutingShared ? new Routing(layers[0], tasks, this) : null;

    internal override LayerAdapter Make(AdaptedLayer layer, IReadOnlyList<string> tasks, nn.Module? common) =>
        new RoutedUpdate(layer, tasks, (Routing?)common, this);
}

/// <summary>The logits Z_t [h, m] of each task and the mixing weights that they give.</summary>
internal sealed class Routing : nn.Module
{
    private readonly Parameter[] logits;
    private readonly IReadOnlyList<string> tasks;
    private readonly bool isRelaxed;

    public Routing(AdaptedLayer layer, IReadOnlyList<string> tasks, MultiHeadRouting spec) : base("routing")
    {
        (this.tasks, isRelaxed) = (tasks, spec.IsRelaxed);
        logits = [.. tasks.Select(_ => layer.Like(nn.init.uniform_(empty(spec.Heads, spec.Skills), -1e-3, 1e-3)))];
        for (var task = 0; task < tasks.Count; task++) register_parameter(tasks[task], logits[task]);
    }

    /// <summary>a of a task, [h, m].</summary>
    public Tensor Weights(int task, bool training)
    {
        Tensor z = logits[TaskChoice.Of(task, tasks)];
        if (isRelaxed && training)
        {
            var u = rand_like(z).clamp(1e-6, 1 - 1e-6);
            z = z.add(u.log()).sub(u.neg().log1p());
        }
        var g = z.sigmoid();
        return g.div(g.sum([-1L], keepdim: true).add(1e-12));
    }
}

internal sealed class RoutedUpdate : LowRankUpdate
{
    private readonly Parameter A;
    private readonly Parameter B;
    private readonly Func<Routing> routing;
    private readonly double scale;

    public RoutedUpdate(AdaptedLayer layer, IReadOnlyList<string> tasks, Routing? common, MultiHeadRouting spec) : base("routed", layer, 0)
    {
        var (h, m, r) = (spec.Heads, spec.Skills, CheckedRank(spec.Rank, layer, spec.Name));
        if (layer.Inputs % h != 0 || layer.Outputs % h != 0)
            throw new DeclarationException($"{spec.Name}: {h} heads must divide the inputs and outputs of {layer.Place}, which are "
                + $"{layer.Inputs} and {layer.Outputs}; choose other heads, or layers with .At(...)");
        scale = spec.Alpha / spec.Rank;
        // The gain of a leaky ReLU of slope √5 is 1/√3.
        var bound = 1 / Math.Sqrt(3 * layer.Inputs);
        A = layer.Like(nn.init.uniform_(empty(h, m, layer.Inputs / h, r), -bound, bound));
        B = layer.Like(zeros(h, m, r, layer.Outputs / h));
        RegisterComponents();
        var own = common ?? new Routing(layer, tasks, spec);
        if (common is null) register_module("routing", own);
        routing = () => own;
    }

    protected override IEnumerable<(Tensor A, Tensor B)> Products(int task, bool training)
    {
        var a = routing().Weights(task, training).unsqueeze(-1).unsqueeze(-1);
        // [h, n/h, r] → [n, r], and [h, r, m/h] → [r, h, m/h] → [r, m].
        var mixedA = a.mul(A).sum([1L]).flatten(0, 1);
        var mixedB = a.mul(B).sum([1L]).transpose(0, 1).flatten(1);
        return [(mixedA.t(), mixedB.t().mul(scale))];
    }
}
