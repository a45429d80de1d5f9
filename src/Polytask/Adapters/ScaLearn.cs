using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Which scales ScaLearn learns, for L layers of width d and n sources.</summary>
public enum ScaLearnKind
{
    /// <summary>A vector for each source and layer: L n d numbers.</summary>
    ScaLearn,

    /// <summary>A number for each source and layer: L n.</summary>
    Uniform,

    /// <summary>ScaLearn++: a vector for each source, the same in all layers: n d.</summary>
    PlusPlus,

    /// <summary>ScaLearnUniform++: a number for each source: n.</summary>
    UniformPlusPlus,
}

public abstract partial record Adapter
{
    /// <summary>
    /// Learns to scale the outputs of trained adapters (Frohmann et al., Findings of ACL 2024, section 3): a layer gives h + Σ_s ω_s ⊙ u_s(h),
    /// u_s the update of source s and ω drawn from N(2 / n, 0.001²), with no softmax. Where all sources are at their start, so is it. The
    /// published runs have dropout 0.3.
    /// </summary>
    /// <param name="kind">Which of the four.</param>
    /// <param name="dropout">The share of ω that is set to zero while training.</param>
    public static AdapterCombination ScaLearn(ScaLearnKind kind = ScaLearnKind.ScaLearn, double dropout = 0) =>
        new ScaLearn(kind, Probability.Checked(dropout));
}

internal sealed record ScaLearn(ScaLearnKind Kind, double Dropout) : AdapterCombination
{
    public override string Name => Kind switch
    {
        ScaLearnKind.ScaLearn => "ScaLearn",
        ScaLearnKind.Uniform => "ScaLearnUniform",
        ScaLearnKind.PlusPlus => "ScaLearn++",
        _ => "ScaLearnUniform++",
    };

    public override string Describe() => Name + Probability.Described(Dropout);

    private bool IsShared => Kind is ScaLearnKind.PlusPlus or ScaLearnKind.UniformPlusPlus;

    private bool IsUniform => Kind is ScaLearnKind.Uniform or ScaLearnKind.UniformPlusPlus;

    internal override nn.Module? MakeCommon(AdaptedLayer first, long width, int sources) =>
        IsShared ? new Scales(first, Size(width), sources) : null;

    internal override LayerAdapter Make(AdaptedLayer layer, long width, IReadOnlyList<LayerAdapter> sources, nn.Module? common)
    {
        if (common is Scales scales && scales.Width != Size(width))
            throw new DeclarationException($"{Name} has one vector for all layers, but {layer.Place} gives {width} features and another "
                + $"{scales.Width}; take {nameof(ScaLearnKind)}.{ScaLearnKind.ScaLearn} or {ScaLearnKind.UniformPlusPlus}, or adapt "
                + "layers of one width");
        return new ScaledSum(sources, (Scales?)common, () => new(layer, Size(width), sources.Count), Dropout);
    }

    private long Size(long width) => IsUniform ? 1 : width;

    /// <summary>ω [n, d], or [n, 1] for numbers.</summary>
    internal sealed class Scales : nn.Module
    {
        private readonly Parameter omega;

        public Scales(AdaptedLayer layer, long width, int sources) : base("scales")
        {
            omega = layer.Like(nn.init.normal_(empty(sources, width), 2.0 / sources, 1e-3));
            RegisterComponents();
        }

        public long Width => omega.shape[1];

        public Tensor Value => omega;
    }

    private sealed class ScaledSum : LayerAdapter
    {
        private readonly Func<IReadOnlyList<LayerAdapter>> sources;
        private readonly Func<Scales> scales;
        private readonly double dropout;

        public ScaledSum(IReadOnlyList<LayerAdapter> sources, Scales? common, Func<Scales> make, double dropout) : base("scalearn")
        {
            var own = common ?? make();
            if (common is null) register_module("scales", own);
            (this.sources, scales, this.dropout) = (() => sources, () => own, dropout);
        }

        public override Tensor Update(LayerCall call)
        {
            var omega = dropout > 0 ? nn.functional.dropout(scales().Value, dropout, call.Training) : scales().Value;
            var updates = sources();
            // Sources see no task of the targets'.
            var source = call with { Task = -1 };
            return Enumerable.Range(0, updates.Count).Select(s => updates[s].Update(source).mul(omega[s])).Aggregate((sum, next) => sum.add(next));
        }
    }
}
