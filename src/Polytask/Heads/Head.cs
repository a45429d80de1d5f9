using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// What a task predicts: how many numbers, by which loss they are trained unless another is given, and by which metrics they are judged.
/// A head of your own is <see cref="Of"/>, or a record derived from this one.
/// </summary>
public abstract partial record Head
{
    /// <param name="features">The number of features that the head insists on, or null to take what comes.</param>
    protected Head(long? features = null)
    {
        if (features < 1) throw new DeclarationException($"a head expects at least 1 feature, but was declared with {features}");
        Features = features;
    }

    /// <summary>The number of features that the head insists on, or null to take what comes.</summary>
    public long? Features { get; }

    /// <summary>What messages and drawings call this head: "classify", "binary", "regress".</summary>
    public abstract string Name { get; }

    /// <summary>The number of output units.</summary>
    public abstract long Outputs { get; }

    /// <summary>The loss when none is given.</summary>
    public abstract Loss DefaultLoss { get; }

    /// <summary>The metrics when none are given, the first being the one a reader asks for first.</summary>
    public abstract IReadOnlyList<Metric> DefaultMetrics { get; }

    /// <summary>The metrics by which the task is judged, the first being the one a reader asks for first.</summary>
    public IReadOnlyList<Metric> Metrics => Chosen ?? DefaultMetrics;

    private IReadOnlyList<Metric>? Chosen { get; init; }

    /// <summary>The same head, judged by these metrics instead: <c>Head.Classify(9).WithMetrics(Metric.F1(Averaging.Macro))</c>.</summary>
    /// <exception cref="DeclarationException">Two metrics have one name, or one is named "loss".</exception>
    public Head WithMetrics(params IEnumerable<Metric> metrics)
    {
        Metric[] all = [.. metrics];
        if (all.GroupBy(metric => metric.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new DeclarationException($"{Name} head: two metrics are named '{twice.Key}'; rename one: metric.Named(\"...\")");
        if (Array.Exists(all, metric => metric.Name == "loss"))
            throw new DeclarationException($"{Name} head: a metric is named 'loss', as the task's loss is; rename it: metric.Named(\"...\")");
        return this with { Chosen = all };
    }

    /// <summary>The same head, judged by these metrics too: <c>Head.Binary().AlsoMeasure(Metric.F1(), Metric.LogLoss)</c>.</summary>
    /// <exception cref="DeclarationException">Two metrics have one name, or one is named "loss".</exception>
    public Head AlsoMeasure(params IEnumerable<Metric> metrics) => WithMetrics(Metrics.Concat(metrics));

    /// <summary>
    /// Whether a row with some labels missing still teaches the others of the row (a label of several, a pixel of a map); else such a row has no
    /// label.
    /// </summary>
    public virtual bool LearnsPartialRows => false;

    /// <summary>
    /// Whether the head reads a vector of features: whatever else comes is flattened; if not, it gets the features in their own shape.
    /// </summary>
    public virtual bool ReadsVector => true;

    /// <summary>
    /// The layer from features to raw outputs, with freshly drawn weights: one linear layer unless a head overrides it.
    /// </summary>
    /// <param name="features">The shape of what one example gives; of rank 1 where <see cref="ReadsVector"/>.</param>
    public virtual nn.Module<Tensor, Tensor> Build(Shape features) => nn.Linear(features.Count, Outputs);

    /// <summary>Raw outputs of that layer, float [batch, outputs, ...] → what loss and metrics read.</summary>
    public abstract Tensor Shaped(Tensor raw);

    /// <summary>
    /// What the task says, from its output: a class, a label of 0 or 1, a rate, boxes; each factory says what. By default the output itself.
    /// </summary>
    /// <param name="output">What <see cref="MultiTaskModule.Forward(string, Tensor)"/> gives, [batch, ...].</param>
    public virtual Tensor Predict(Tensor output) => output;

    /// <summary>Whether that loss can train this head: what the loss says, unless a head of your own knows better.</summary>
    public virtual bool Takes(Loss loss) => loss.Fits(this);

    /// <summary>Throws a <see cref="DataException"/> when a target, labelled rows only, is not what this head learns.</summary>
    /// <param name="task">The task's name, for the message.</param>
    /// <param name="split">The split's name, for the message.</param>
    /// <param name="target">The target of the labelled rows, [rows, ...].</param>
    public abstract void Check(string task, string split, Tensor target);

    /// <summary>Throws a <see cref="DeclarationException"/> when the head cannot read features of that shape.</summary>
    /// <param name="given">The shape of what one example gives.</param>
    /// <param name="place">Where the head stands: "task 'income'".</param>
    /// <param name="giver">What comes before it: "tower 'mlp'".</param>
    public virtual void CheckFeatures(Shape given, string place, string giver)
    {
        if (TokenIndex is { } index)
        {
            if (given.Rank != 2 || index >= given[0])
                throw new DeclarationException($"{place}: head reads token {index} of tokens x features, {giver} gives {given}");
            given = Shape.Of(given[1]);
        }
        if (Features is { } expected && expected != given.Count)
            throw new DeclarationException($"{place}: head expects {expected} features, {giver} gives {given.Count}");
    }

    /// <summary>The token that the head reads of a sequence of them, or null where it reads everything.</summary>
    public int? TokenIndex { get; private init; }

    /// <summary>The same head, reading one token of the features tokens x width: a task's own token, or a class token.</summary>
    /// <param name="index">The token's number, from 0.</param>
    /// <exception cref="DeclarationException">The head reads more than a vector, or the number is negative.</exception>
    public Head Token(int index) =>
        !ReadsVector ? throw new DeclarationException($"a {Name} head reads more than one token; leave out .Token({index})")
        : index < 0 ? throw new DeclarationException($"tokens are numbered from 0, but got {index}")
        : this with { TokenIndex = index };

    /// <summary>What the head's layer reads of those features.</summary>
    internal Shape LayerInput(Shape features) => TokenIndex is not null ? Shape.Of(features[1]) : ReadsVector ? Shape.Of(features.Count) : features;

    /// <summary>The same of the features themselves, [batch, ...].</summary>
    internal Tensor LayerInput(Tensor features) =>
        TokenIndex is { } index ? features.select(1, index) : ReadsVector && features.ndim > 2 ? features.flatten(1) : features;

    /// <summary>The tasks whose outputs this head reads besides its own features; see <see cref="Combining"/>.</summary>
    public ImmutableArray<string> Reads { get; private init; } = [];

    private Func<Tensor, IReadOnlyList<Tensor>, Tensor>? Combination { get; init; }

    /// <summary>This head's output from its own units and the outputs of the tasks that it reads, in their order.</summary>
    internal Tensor Combine(Tensor own, IReadOnlyList<Tensor> others) => Combination is { } combine ? combine(own, others) : own;

    /// <summary>
    /// The same head, its output computed from its own units and the outputs of tasks declared before:
    /// <c>Head.Regress().Combining(["length", "width"], (own, others) => own + others[0] * others[1])</c>. Its loss trains those tasks' parts too.
    /// </summary>
    /// <param name="tasks">The tasks to read, at least one.</param>
    /// <param name="combine">(own output, the others' outputs) → the output, of the shape that this head's own has.</param>
    public Head Combining(IEnumerable<string> tasks, Func<Tensor, IReadOnlyList<Tensor>, Tensor> combine)
    {
        ArgumentNullException.ThrowIfNull(combine);
        ImmutableArray<string> reads = [.. tasks];
        return reads.IsEmpty
            ? throw new DeclarationException($"a {Name} head that combines outputs must name at least one task to read")
            : this with { Reads = reads, Combination = combine };
    }

    /// <summary>A head of your own; for checks of its own as well, derive a record from <see cref="Head"/>.</summary>
    /// <param name="name">What messages and drawings call it.</param>
    /// <param name="outputs">The number of output units.</param>
    /// <param name="loss">The loss when a task gives none.</param>
    /// <param name="metrics">The metrics, the first being the one a reader asks for first.</param>
    /// <param name="layer">
    /// (shape of the features) → a new layer [batch, ...features] → output; by default one linear layer on the flattened features, output [batch,
    /// outputs].
    /// </param>
    public static Head Of(string name, long outputs, Loss loss, Metric[] metrics, Func<Shape, nn.Module<Tensor, Tensor>>? layer = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(metrics);
        return outputs >= 1
            ? new OwnHead(name, outputs, loss, [.. metrics], layer)
            : throw new DeclarationException($"head '{name}' needs at least 1 output, but got {outputs}");
    }

    private sealed record OwnHead(
        string Label, long Units, Loss Loss, ImmutableArray<Metric> Judges, Func<Shape, nn.Module<Tensor, Tensor>>? Layer) : Head
    {
        public override string Name => Label;

        public override long Outputs => Units;

        public override Loss DefaultLoss => Loss;

        public override IReadOnlyList<Metric> DefaultMetrics => Judges;

        public override bool ReadsVector => Layer is null;

        public override nn.Module<Tensor, Tensor> Build(Shape features) => Layer is null ? base.Build(features) : Layer(features);

        public override Tensor Shaped(Tensor raw) => raw;

        public override bool Takes(Loss loss) => true;

        public override void Check(string task, string split, Tensor target) { }

        public override string ToString() => Label;
    }
}
