namespace Polytask;

/// <summary>The settings of weight ensembling; the defaults are those of the released code, for CLIP. They serve the small networks of
/// <see cref="DigitPool"/> too; 200 steps at 1e-2 are nearly as good there.</summary>
public sealed record WeightEnsemblingOptions
{
    /// <summary>
    /// The layers that are weighed by their inputs, by patterns of their names in <c>named_modules()</c>, where * stands for any letters; of layers
    /// inside each other the outer one, as the whole MLP of a transformer's block in the paper. None for all linear maps that are called.
    /// </summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>lambda, with which all routers start.</summary>
    public double Scale { get; init; } = 0.3;

    /// <summary>Linear maps of a router: 2 as in the paper, 1, or 0 for weights that do not depend on the input.</summary>
    public int RouterDepth { get; init; } = 2;

    /// <summary>Whether each row has weights of its own, or a batch the mean of theirs; see <see cref="WeightEnsembling.IsPerRow"/>.</summary>
    public bool IsPerRow { get; init; }

    /// <summary>How all else is merged; null for task arithmetic with <see cref="Scale"/>.</summary>
    public MergeMethod? Rest { get; init; }

    /// <summary>Steps of Adam; 0 leaves the routers at their start.</summary>
    public int Steps { get; init; } = 1000;

    /// <summary>Adam's.</summary>
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>Rows of a task in a step; a task with fewer gives all it has.</summary>
    public int BatchRows { get; init; } = 16;

    /// <summary>Of the routers' start and of the order of rows.</summary>
    public int Seed { get; init; }

    internal void Check()
    {
        if (!double.IsFinite(Scale))
            throw new DeclarationException(FormattableString.Invariant($"routers start at a finite number, but got {Scale}"));
        if (RouterDepth is not (0 or 1 or 2))
            throw new DeclarationException($"a router has 0, 1 or 2 linear maps, but got {RouterDepth}");
        if (Steps < 0) throw new DeclarationException($"routers are trained for 0 steps or more, but got {Steps}");
        if (BatchRows < 1) throw new DeclarationException($"a step needs at least 1 row of each task, but got {BatchRows}");
        if (!(LearningRate > 0) || !double.IsFinite(LearningRate))
            throw new DeclarationException(FormattableString.Invariant($"routers need a learning rate above 0, but got {LearningRate}"));
    }
}
