using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Which optimiser trains, with what settings; PyTorch's defaults for the rest.</summary>
/// <param name="Name">What the plan calls it.</param>
/// <param name="LearningRate">The rate of parameters whose part has none of its own.</param>
/// <param name="WeightDecay">The decay of parameters whose part has none of its own.</param>
/// <param name="Make">(parameters, learning rate, weight decay) → the optimiser.</param>
internal sealed record OptimizerSpec(
    string Name, double LearningRate, double WeightDecay, Func<IEnumerable<Parameter>, double, double, optim.Optimizer> Make)
{
    /// <summary>Further settings for a reader, each with a comma before it.</summary>
    public string Details { get; init; } = "";

    /// <summary>Whether every element is stepped by a formula of its own, so that parameters may lie in one buffer.</summary>
    public bool IsElementwise { get; init; } = true;

    /// <summary>Whether rate and decay are given to <see cref="Make"/>; a user's own function has its own.</summary>
    public bool TakesSettings { get; init; } = true;

    public override string ToString() => FormattableString.Invariant($"{Name} {LearningRate}") + Details
        + (WeightDecay > 0 ? FormattableString.Invariant($", weight decay {WeightDecay}") : "");
}
