using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

public abstract partial record Adapter
{
    /// <summary>
    /// Bottlenecks after layers, whose weights a shared network makes from vectors of task and layer (HyperFormer++: Mahabadi et al., ACL 2021,
    /// section 2.3): c = ReLU(W [z_t; l] + w), (U, u, D, d) = G c + g, and h + U act(D h + d) + u. U and u are zero at the start. With e the
    /// length of the vectors, T tasks and L layers of width h it adds (T + L) e + 2 e² + e + (e + 1)(2 h m + h + m) numbers: hardly more for
    /// another task. One generator serves all layers of a width.
    /// </summary>
    /// <param name="bottleneck">m.</param>
    /// <param name="embedding">e.</param>
    public static HyperAdapter Hyper(int bottleneck, int embedding) => new(bottleneck, embedding);
}

/// <summary>Bottlenecks that a network makes for tasks and layers, made by <see cref="Adapter.Hyper"/>.</summary>
public sealed record HyperAdapter : LayerwiseAdapter
{
    internal HyperAdapter(int bottleneck, int embedding)
    {
        Bottleneck = CheckedBottleneck(bottleneck, "a hypernetwork adapter");
        Embedding = embedding >= 1
            ? embedding
            : throw new DeclarationException($"a hypernetwork adapter needs vectors of at least 1 number, but got {embedding}");
    }

    /// <summary>m.</summary>
    public int Bottleneck { get; }

    /// <summary>e.</summary>
    public int Embedding { get; }

    /// <summary>The non-linearity in the bottleneck.</summary>
    public Activation Activation { get; private init; } = Activation.GELU;

    /// <summary>The features of what the layers give, where they are no linear layers.</summary>
    public long? Width { get; private init; }

    /// <summary>The same with another non-linearity in the bottleneck.</summary>
    public HyperAdapter WithActivation(Activation activation) => this with { Activation = activation };

    /// <summary>Says how many features [..., width] a layer named in <see cref="Adapter.At"/> gives that is no linear layer.</summary>
    public HyperAdapter WithWidth(long width) => this with { Width = CheckedWidth(width, Name) };

    /// <inheritdoc/>
    public override string Name => "hyper";

    /// <inheritdoc/>
    public override string Describe() => $"hypernetwork adapter {Bottleneck} {Activation.Label()} from vectors of {Embedding}"
        + (Width is { } width ? $" of width {width}" : "");

    internal override bool IsForTasks => true;

    internal override nn.Module? MakeCommon(IReadOnlyList<AdaptedLayer> layers, IReadOnlyList<string> tasks) =>
        new Hypernetwork(layers[0], [.. layers.Select(layer => LayerWidths.Of(layer, Width, this).Outputs)], tasks, this);

    internal override LayerAdapter Make(AdaptedLayer layer, IReadOnlyList<string> tasks, nn.Module? common) =>
        new MadeBottleneck(layer, LayerWidths.Of(layer, Width, this).Outputs, (Hypernetwork)common!, this);
}

/// <summary>Makes the weights of bottlenecks.</summary>
internal sealed class Hypernetwork : nn.Module
{
    private readonly Dictionary<long, TorchSharp.Modules.Linear> generators = [];
    private readonly Parameter[] vectors;
    private readonly TorchSharp.Modules.Linear mix;
    private readonly IReadOnlyList<string> tasks;

    public Hypernetwork(AdaptedLayer first, IReadOnlyCollection<long> widths, IReadOnlyList<string> tasks, HyperAdapter spec) : base("hypernetwork")
    {
        this.tasks = tasks;
        var own = first.Module.parameters().FirstOrDefault();
        mix = nn.Linear(2 * spec.Embedding, spec.Embedding, dtype: own?.dtype, device: own?.device);
        vectors = [.. tasks.Select(_ => first.Like(randn(spec.Embedding)))];
        var named = new Container();
        for (var task = 0; task < tasks.Count; task++) named.Add(tasks[task], vectors[task]);
        register_module("tasks", named);
        register_module("mix", mix);
        foreach (var width in widths.Distinct())
        {
            var generator = nn.Linear(spec.Embedding, 2 * width * spec.Bottleneck + width + spec.Bottleneck, dtype: own?.dtype, device: own?.device);
            // U and u come first.
            using (no_grad())
            {
                nn.init.zeros_(generator.weight!.narrow(0, 0, width * (spec.Bottleneck + 1)));
                nn.init.zeros_(generator.bias!.narrow(0, 0, width * (spec.Bottleneck + 1)));
            }
            register_module($"width_{width}", generators[width] = generator);
        }
    }

    /// <summary>U [h, m], u [h], D [m, h] and d [m] for a task at a layer with vector l [e].</summary>
    public (Tensor U, Tensor u, Tensor D, Tensor d) Make(int task, Tensor layer, long h, long m)
    {
        var c = mix.call(cat([vectors[TaskChoice.Of(task, tasks)], layer], 0)).relu();
        var all = generators[h].call(c).split([h * m, h, m * h, m], 0);
        return (all[0].reshape(h, m), all[1], all[2].reshape(m, h), all[3]);
    }
}

internal sealed class MadeBottleneck : LayerAdapter
{
    private readonly Parameter layer;
    private readonly Func<Hypernetwork> network;
    private readonly long width;
    private readonly HyperAdapter spec;

    public MadeBottleneck(AdaptedLayer at, long width, Hypernetwork network, HyperAdapter spec) : base("hyper")
    {
        (this.network, this.width, this.spec) = (() => network, width, spec);
        layer = at.Like(randn(spec.Embedding));
        RegisterComponents();
    }

    public override Tensor Update(LayerCall call)
    {
        var (U, u, D, d) = network().Make(call.Task, layer, width, spec.Bottleneck);
        return nn.functional.linear(spec.Activation.Apply(nn.functional.linear(call.Output, D, d)), U, u);
    }
}
