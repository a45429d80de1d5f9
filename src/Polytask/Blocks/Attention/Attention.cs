using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Attention in several heads, made by <see cref="Block.Attention"/>; weights drawn as PyTorch's MultiheadAttention does.</summary>
public sealed record Attention : Block
{
    internal Attention(int heads) => Heads = heads >= 1 ? heads : throw new DeclarationException($"attention needs at least 1 head, but got {heads}");

    /// <summary>The number of heads.</summary>
    public int Heads { get; }

    /// <summary>The width of a head; null for width / heads.</summary>
    public long? HeadWidth { get; private init; }

    /// <summary>Whether a token looks only at itself and those before it.</summary>
    public bool IsCausal { get; private init; }

    /// <summary>Whether places enter as rotations of queries and keys.</summary>
    public bool IsRotary { get; private init; }

    /// <summary>What is hidden from whom, beside the future where causal.</summary>
    public AttentionMask? Mask { get; private init; }

    /// <summary>The share of attention weights set to zero while training.</summary>
    public double Dropout { get; private init; }

    /// <summary>A token looks only at itself and those before it.</summary>
    public Attention Causal() => this with { IsCausal = true };

    /// <summary>
    /// Places enter as rotations of queries and keys (Su et al. 2021, equation 15), so that a weight depends on the distance of two tokens. The width
    /// of a head must be even.
    /// </summary>
    public Attention Rotary() => this with { IsRotary = true };

    /// <summary>Heads of another width than width / heads.</summary>
    public Attention WithHeadWidth(long width) => width >= 1
        ? this with { HeadWidth = width }
        : throw new DeclarationException($"a head has a width of at least 1, but got {width}");

    /// <summary>Groups of tokens that do not look at others.</summary>
    public Attention WithMask(AttentionMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return this with { Mask = mask };
    }

    /// <summary>Dropout of attention weights.</summary>
    /// <param name="probability">At least 0, below 1.</param>
    public Attention WithDropout(double probability) => this with { Dropout = Probability.Checked(probability) };

    /// <inheritdoc/>
    public override string Name => "attention";

    /// <inheritdoc/>
    public override string Describe() => $"{(IsCausal ? "causal " : "")}{(IsRotary ? "rotary " : "")}attention {Heads} heads"
        + (HeadWidth is { } width ? $" of {width}" : "") + (Mask is { } mask ? $" ({mask})" : "") + Probability.Described(Dropout);

    /// <inheritdoc/>
    public override Shape Output(Shape input, string place)
    {
        Sequences.Require(input, "attention", place);
        if (HeadWidth is null && input[1] % Heads != 0)
            throw new DeclarationException($"{place}: attention with {Heads} heads needs a width that is a multiple of {Heads}, but gets {input}; "
                + "change the heads or the width, or give .WithHeadWidth(...)");
        if (IsRotary && WidthOfHead(input) % 2 != 0)
            throw new DeclarationException(
                $"{place}: rotary attention turns pairs of numbers, but a head is {WidthOfHead(input)} wide; make it even");
        if (Mask is { } mask && mask.Tokens != input[0])
            throw new DeclarationException($"{place}: the attention mask is over {mask.Tokens} tokens, but there are {input[0]}");
        return input;
    }

    internal long WidthOfHead(Shape input) => HeadWidth ?? input[1] / Heads;

    /// <inheritdoc/>
    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new AttentionModule(input, this);
}
