using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

public abstract partial record Adapter
{
    /// <summary>
    /// Low-rank changes for all tasks and for each (MTLoRA: Agiza, Neseem and Reda, CVPR 2024, section 3.2). Every layer has W x + b + s B_sh
    /// A_sh x for a shared stream; a layer of the tasks has for task t, on the task's own input, W x_t + b + s B_t A_t x_t. The shared stream is
    /// what a call gives while no <see cref="Adaptation.Task"/> is chosen; a hierarchical network calls the last block of each stage once
    /// without a task and once for each. r (m + n) numbers for a shared layer, (1 + T) times that for one of the tasks;
    /// <see cref="Adaptation.Merge"/> gives the weights of one task.
    /// </summary>
    /// <param name="rank">r, the same everywhere.</param>
    /// <param name="scale">s.</param>
    public static MultiTaskLora MultiTaskLora(int rank, double scale = 4) => new(rank, scale);
}

/// <summary>Low-rank changes for all tasks and for each, made by <see cref="Adapter.MultiTaskLora"/>.</summary>
public sealed record MultiTaskLora : LayerwiseAdapter
{
    internal MultiTaskLora(int rank, double scale)
    {
        if (rank < 1) throw new DeclarationException($"multi-task lora needs a rank of at least 1, but got {rank}");
        if (!double.IsFinite(scale))
            throw new DeclarationException(FormattableString.Invariant($"multi-task lora needs a number as its scale, but got {scale}"));
        (Rank, Scale) = (rank, scale);
    }

    /// <summary>r.</summary>
    public int Rank { get; }

    /// <summary>s, or where it starts.</summary>
    public double Scale { get; }

    /// <summary>Whether the scales are trained.</summary>
    public bool HasTrainedScales { get; private init; }

    /// <summary>Whether a task's stream has the shared update too.</summary>
    public bool HasSharedUpdate { get; private init; }

    /// <summary>The share of the updates' inputs that is set to zero while training.</summary>
    public double Dropout { get; private init; }

    /// <summary>The layers that have a change for each task, by patterns of their names; null for all that are adapted.</summary>
    public string? TaskLayers { get; private init; }

    /// <summary>Changes for each task at these layers alone, such as the last block of each stage; others have the shared change for all.</summary>
    /// <param name="layers">A pattern of names as in <c>named_modules()</c>, where * stands for any letters.</param>
    public MultiTaskLora WithTaskLayers(string layers) => this with { TaskLayers = layers };

    /// <summary>The scales are trained too: 1 number for a shared layer, 1 + T for one of the tasks.</summary>
    public MultiTaskLora WithTrainedScales() => this with { HasTrainedScales = true };

    /// <summary>A task's stream adds the shared update to its own ("matrixv2" in the released code; without it "matrix").</summary>
    public MultiTaskLora WithSharedUpdate() => this with { HasSharedUpdate = true };

    /// <summary>Dropout of what the updates read.</summary>
    /// <param name="probability">At least 0, below 1.</param>
    public MultiTaskLora WithDropout(double probability) => this with { Dropout = Probability.Checked(probability) };

    /// <inheritdoc/>
    public override string Name => "multi-task lora";

    /// <inheritdoc/>
    public override string Describe() =>
        FormattableString.Invariant($"multi-task lora rank {Rank} {(HasTrainedScales ? "trained scales from" : "scale")} {Scale}")
        + (TaskLayers is { } layers ? $", tasks at '{layers}'" : "")
        + (HasSharedUpdate ? ", shared update in tasks" : "") + Probability.Described(Dropout);

    internal override bool IsForTasks => true;

    internal override bool Fits(nn.Module layer) => layer is TorchSharp.Modules.Linear or Convolution { transposed: false };

    internal override string Kinds => "linear and convolutional layers";

    internal override nn.Module? MakeCommon(IReadOnlyList<AdaptedLayer> layers, IReadOnlyList<string> tasks) =>
        TaskLayers is null || layers.Any(HasTasks) ? null : throw new DeclarationException($"{Name}: no adapted layer is named '{TaskLayers}'"
            + $"{Names.DidYouMean(TaskLayers, layers.Select(layer => layer.Name))}; they are {Names.Listed(layers.Select(layer => layer.Name))}");

    internal override LayerAdapter Make(AdaptedLayer layer, IReadOnlyList<string> tasks, nn.Module? common) =>
        new MultiTaskLoraUpdate(layer, HasTasks(layer) ? tasks : [], this);

    private bool HasTasks(AdaptedLayer layer) => TaskLayers is null || Names.Match(TaskLayers, layer.Name);
}

internal sealed class MultiTaskLoraUpdate : LowRankUpdate
{
    private readonly MultiTaskLora spec;
    private readonly Path shared;
    private readonly List<Path> paths = [];

    public MultiTaskLoraUpdate(AdaptedLayer layer, IReadOnlyList<string> tasks, MultiTaskLora spec) : base("mtlora", layer, spec.Dropout)
    {
        this.spec = spec;
        CheckedRank(spec.Rank, layer, spec.Name);
        shared = new(layer, spec);
        register_module("shared", shared);
        var own = new Container();
        foreach (var task in tasks)
        {
            paths.Add(new(layer, spec));
            own.Add(task, paths[^1]);
        }
        if (tasks.Count > 0) register_module("tasks", own);
    }

    protected override IEnumerable<(Tensor A, Tensor B)> Products(int task, bool training)
    {
        if (task < 0 || paths.Count == 0) return [shared.Product()];
        return spec.HasSharedUpdate ? [paths[task].Product(), shared.Product()] : [paths[task].Product()];
    }

    /// <summary>One change of rank r.</summary>
    private sealed class Path : nn.Module
    {
        private readonly Parameter A;
        private readonly Parameter B;
        private readonly Parameter? scale;
        private readonly double constant;

        public Path(AdaptedLayer layer, MultiTaskLora spec) : base("path")
        {
            (A, B) = LoraUpdate.Factors(layer, spec.Rank);
            if (spec.HasTrainedScales) scale = layer.Like(full([], spec.Scale, dtype: ScalarType.Float32));
            constant = spec.Scale;
            RegisterComponents();
        }

        public (Tensor A, Tensor B) Product() => (A, scale is null ? B.mul(constant) : B.mul(scale));
    }
}
