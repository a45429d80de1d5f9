using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A number by which a task is judged on a whole split, taken in batch by batch. Metrics read what a head gives (logits, not probabilities), and a
/// cell without a label (NaN, or a negative class) counts for nothing.
/// </summary>
public sealed partial record Metric
{
    private readonly Func<IMetricState> start;

    /// <summary>A metric of your own that sees the whole split at once: all outputs and targets are kept on the CPU until its end.</summary>
    /// <param name="name">What tables call it, as in "income/accuracy".</param>
    /// <param name="higherIsBetter">The direction of better.</param>
    /// <param name="of">(output, target), labelled rows only, on the CPU → the number; NaN where it is not defined.</param>
    public Metric(string name, bool higherIsBetter, Func<Tensor, Tensor, double> of) : this(name, higherIsBetter, Gathering(of)) { }

    /// <summary>A metric of your own that takes in batch after batch and keeps only what it needs.</summary>
    /// <param name="name">What tables call it, as in "income/accuracy".</param>
    /// <param name="higherIsBetter">The direction of better.</param>
    /// <param name="start">Makes a state that has seen nothing.</param>
    public Metric(string name, bool higherIsBetter, Func<IMetricState> start)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(start);
        (Name, HigherIsBetter, this.start) = (name, higherIsBetter, start);
    }

    /// <summary>What tables call it, as in "income/accuracy".</summary>
    public string Name { get; private init; }

    /// <summary>The direction of better.</summary>
    public bool HigherIsBetter { get; }

    /// <summary>A state that has seen nothing.</summary>
    public IMetricState Start() => start();

    /// <summary>The number of these rows, or why it is not defined.</summary>
    /// <param name="output">What the head gives, [rows, ...].</param>
    /// <param name="target">What it should have given, [rows, ...].</param>
    /// <param name="weights">How much each row counts, float [rows]; null where all count the same.</param>
    public MetricValue Measure(Tensor output, Tensor target, Tensor? weights = null)
    {
        using var state = Start();
        state.Add(output, target, weights);
        return state.Value;
    }

    /// <summary>The number of these rows; NaN where it is not defined (see <see cref="Measure"/> for why).</summary>
    public double Of(Tensor output, Tensor target, Tensor? weights = null) => Measure(output, target, weights).Number;

    /// <summary>The same metric under another name, where two of a head would share one.</summary>
    public Metric Named(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return this with { Name = name };
    }

    /// <summary>
    /// The same metric of a part of what the head gives, or of what can be computed from it, row by row:
    /// <c>Metric.RootMeanSquaredError.Reading(output => output.select(1, 0))</c>.
    /// </summary>
    /// <param name="output">The head's output → what the metric reads as the output; as it is by default.</param>
    /// <param name="target">The target → what the metric reads as the target; as it is by default.</param>
    public Metric Reading(Func<Tensor, Tensor>? output = null, Func<Tensor, Tensor>? target = null) =>
        new(Name, HigherIsBetter, () => new ReadingState(start(), output, target));

    private static Func<IMetricState> Gathering(Func<Tensor, Tensor, double> of)
    {
        ArgumentNullException.ThrowIfNull(of);
        return () => new GatheringState(of);
    }

    private static int AtLeastOne(int count, string what) =>
        count >= 1 ? count : throw new DeclarationException($"{what} is at least 1, but got {count}");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
