using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

public abstract partial record Adapter
{
    /// <summary>
    /// Learned keys and values that every token of an attention sees before the others (prefix tuning: Li and Liang, ACL 2021, section 4,
    /// without its reparametrisation): softmax(Q [P_K; K]ᵀ / √e) [P_V; V], in all attentions of <see cref="Block.Attention"/>, causal and rotary
    /// ones too. 2 n numbers for each unit of width and attention, drawn from N(0, 0.02²); unlike other adapters it changes outputs from the start.
    /// </summary>
    /// <param name="length">n.</param>
    public static Adapter Prefix(int length) => new PrefixAdapter(length);
}

internal sealed record PrefixAdapter : LayerwiseAdapter
{
    public PrefixAdapter(int length) => Length = length >= 1
        ? length
        : throw new DeclarationException($"a prefix has at least 1 place, but got {length}");

    public int Length { get; }

    public override string Name => "prefix";

    public override string Describe() => $"prefix of {Length}";

    internal override bool Fits(nn.Module layer) => layer is AttentionModule;

    internal override string Kinds => "attention of Block.Attention";

    internal override LayerAdapter Make(AdaptedLayer layer, IReadOnlyList<string> tasks, nn.Module? common) =>
        layer.Module is AttentionModule attention
        ? new PrefixedAttention(layer, Length, attention.InnerWidth)
        : throw new DeclarationException($"{Name}: {layer.Place} is a {layer.Module.GetName()}, no attention of Block.Attention");
}

/// <summary>Keys and values [n, heads · head width].</summary>
internal sealed class PrefixedAttention : LayerAdapter
{
    private readonly Parameter keys;
    private readonly Parameter values;

    public PrefixedAttention(AdaptedLayer layer, long length, long width) : base("prefix")
    {
        (keys, values) = (Drawn(), Drawn());
        RegisterComponents();

        Parameter Drawn() => layer.Like(nn.init.normal_(empty(length, width), 0, 0.02));
    }

    public override string Obstacle => "it adds keys and values";

    public override Tensor Update(LayerCall call) => throw new NotSupportedException();

    public override Tensor After(LayerCall call) => call.Output;

    public override (Tensor Output, Tensor? Hidden) Masked(
        Tensor x, Tensor? hidden, int task, bool training, Func<Tensor, Tensor?, (Tensor Output, Tensor? Hidden)> forward) => forward(x, hidden);

    public override (Tensor Keys, Tensor Values)? Prefix(int task) => (keys, values);
}
