using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// The two tasks of <see cref="CorrelatedTasks"/> made unequal, so that a shared model lifts one by sinking the other (the seesaw of Tang et al.,
/// "Progressive layered extraction", RecSys 2020): clean labels are standardised by the training rows, then noise is added to those of training and
/// validation. Task "precise" gets little of it and has much to lose; task "noisy" gets much and gains from company. Test labels stay clean, or the
/// noise floor would hide every difference: a perfect model has a test error of 0.
/// </summary>
public sealed class SeesawTasks : DataSource
{
    private readonly double p;
    private readonly CorrelatedTasks clean;
    private readonly double precise;
    private readonly double noisy;

    /// <summary>The generator for a correlation.</summary>
    /// <param name="p">The cosine between the tasks' weight vectors, -1 to 1.</param>
    /// <param name="features">The number of inputs.</param>
    /// <param name="train">The number of training rows.</param>
    /// <param name="validation">The number of validation rows; their labels are as noisy as those of training.</param>
    /// <param name="test">The number of test rows.</param>
    /// <param name="precise">The standard deviation of the noise on "precise", in standard deviations of its clean label.</param>
    /// <param name="noisy">The same of "noisy".</param>
    /// <exception cref="DataException">A number out of its range.</exception>
    public SeesawTasks(
        double p, int features = 30, int train = 2000, int validation = 500, int test = 2000, double precise = 0.1, double noisy = 1.5)
    {
        if (!(precise >= 0 && noisy >= 0 && double.IsFinite(precise + noisy)))
            throw new DataException($"seesaw tasks: noise of {precise} and {noisy}; both must be finite and at least 0");
        clean = new CorrelatedTasks(p, features, train, validation, test, noise: 0);
        (this.p, this.precise, this.noisy) = (p, precise, noisy);
    }

    /// <inheritdoc/>
    public override string Name => FormattableString.Invariant($"seesaw tasks, p = {p}");

    /// <summary>The names of the tasks.</summary>
    public IReadOnlyList<string> Tasks { get; } = ["precise", "noisy"];

    /// <summary>The splits of a seed: inputs float [rows, features], labels float [rows].</summary>
    public override DataSplits Split(int seed)
    {
        var splits = clean.Split(seed);
        Examples Noised(Examples part, string purpose)
        {
            using var scope = NewDisposeScope();
            Tensor With(string task, double deviation)
            {
                var label = part.Target(task);
                if (deviation == 0 || purpose == "test") return label;
                var noise = StableRandom.For(seed, $"seesaw tasks: {purpose} {task}").Gaussians((int)label.shape[0], deviation);
                return (label + tensor(Array.ConvertAll(noise, value => (float)value))).MoveToOuterDisposeScope();
            }
            return Examples.Joint(part.Inputs("first"), ("precise", With("first", precise)), ("noisy", With("second", noisy)));
        }
        return new(Noised(splits.Train, "train"), Noised(splits.Validation, "validation"), Noised(splits.Test, "test"));
    }
}
