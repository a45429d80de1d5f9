using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Transformer layers with normalisation before each part (Xiong et al., ICML 2020) and once at the end, made by
/// <see cref="Block.Transformer(int, int)"/>: x + mixer(LN x), then, in a decoder, x + attention(LN x, memory), then x + W2 act(W1 LN x).
/// A layer with attention has 4d² + 2df + 9d + f parameters, width d and hidden width f.
/// </summary>
public sealed record Transformer : Block
{
    internal Transformer(int layers, Block mixer)
    {
        if (layers < 1) throw new DeclarationException($"a transformer needs at least 1 layer, but got {layers}");
        (Layers, Mixer) = (layers, mixer);
    }

    /// <summary>The number of layers.</summary>
    public int Layers { get; }

    /// <summary>What exchanges information between tokens; each layer has its own.</summary>
    public Block Mixer { get; private init; }

    /// <summary>The hidden width of the feed-forward part; null for four times the width.</summary>
    public long? Hidden { get; private init; }

    /// <summary>The non-linearity of the feed-forward part.</summary>
    public Activation Activation { get; private init; } = Activation.GELU;

    /// <summary>The share of activations set to zero while training: in the feed-forward part and where parts are added.</summary>
    public double Dropout { get; private init; }

    /// <summary>
    /// Where a decoder reads: the encoder, how many leading tokens of the input go into it, and the heads that look at what it gives.
    /// </summary>
    public (Block Encoder, long Length, int Heads)? Memory { get; private init; }

    /// <summary>The same with attention that looks at a token itself and those before it only.</summary>
    /// <exception cref="DeclarationException">The mixer is no attention, which must be causal by itself.</exception>
    public Transformer Causal() => this with { Mixer = AttentionOf("Causal()").Causal() };

    /// <summary>The same with rotary attention; see <see cref="Attention.Rotary"/>.</summary>
    /// <exception cref="DeclarationException">The mixer is no attention.</exception>
    public Transformer Rotary() => this with { Mixer = AttentionOf("Rotary()").Rotary() };

    /// <summary>The same with groups of tokens that do not look at others.</summary>
    /// <exception cref="DeclarationException">The mixer is no attention.</exception>
    public Transformer WithMask(AttentionMask mask) => this with { Mixer = AttentionOf("WithMask(...)").WithMask(mask) };

    /// <summary>The same with another hidden width of the feed-forward part.</summary>
    public Transformer WithHidden(long width) => width >= 1
        ? this with { Hidden = width }
        : throw new DeclarationException($"a transformer's feed-forward part has a hidden width of at least 1, but got {width}");

    /// <summary>The same with another non-linearity in the feed-forward part.</summary>
    public Transformer WithActivation(Activation activation) => this with { Activation = activation };

    /// <summary>The same with dropout in the feed-forward part, where parts are added, and of attention weights.</summary>
    /// <param name="probability">At least 0, below 1.</param>
    public Transformer WithDropout(double probability) => this with
    {
        Dropout = Probability.Checked(probability),
        Mixer = Mixer is Attention attention ? attention.WithDropout(probability) : Mixer,
    };

    /// <summary>
    /// A decoder that also looks at an encoder's output. The input holds both sequences: its first tokens go into the encoder, the others through the
    /// decoder, whose outputs alone come out: [length + targets, width] → [targets, width].
    /// </summary>
    /// <param name="encoder">A block from [length, width] to [any number, width].</param>
    /// <param name="length">How many leading tokens the encoder reads.</param>
    /// <param name="heads">The heads of the attention to the encoder's output.</param>
    public Transformer AttendingTo(Block encoder, long length, int heads)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        if (length < 1) throw new DeclarationException($"an encoder reads at least 1 token, but got {length}");
        return this with { Memory = (encoder, length, new Attention(heads).Heads) };
    }

    /// <inheritdoc/>
    public override string Name => "transformer";

    /// <inheritdoc/>
    public override string Describe() => $"transformer {Layers} {(Layers == 1 ? "layer" : "layers")}, {Mixer}"
        + (Hidden is { } hidden ? $", hidden {hidden}" : "") + (Activation == Activation.GELU ? "" : $" {Activation.Label()}")
        + Probability.Described(Dropout) + (Memory is { } memory ? $", attending to ({memory.Encoder}) of {memory.Length} tokens" : "");

    /// <inheritdoc/>
    public override Shape Output(Shape input, string place)
    {
        Sequences.Require(input, "a transformer", place);
        var own = input;
        if (Memory is { } memory)
        {
            if (input[0] <= memory.Length)
                throw new DeclarationException(
                    $"{place}: the encoder reads the first {memory.Length} tokens, which leaves the decoder none of {input[0]}");
            var given = memory.Encoder.Output(Shape.Of(memory.Length, input[1]), $"{place}: encoder");
            if (given.Rank != 2 || given[1] != input[1])
                throw new DeclarationException($"{place}: a decoder of width {input[1]} attends to tokens of that width, "
                    + $"but the encoder '{memory.Encoder.Name}' gives {given}");
            new Attention(memory.Heads).Output(given, $"{place}: attention to the encoder");
            own = Shape.Of(input[0] - memory.Length, input[1]);
        }
        var mixed = Mixer.Output(own, $"{place}: mixer");
        return mixed.Equals(own)
            ? own
            : throw new DeclarationException(
                $"{place}: a transformer's mixer gives the shape it gets, but '{Mixer.Name}' gets {own} and gives {mixed}");
    }

    /// <inheritdoc/>
    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new TransformerModule(input, this);

    private Attention AttentionOf(string option) => Mixer as Attention
        ?? throw new DeclarationException($"{option} is for a transformer with attention; its mixer '{Mixer.Name}' must see to that itself");
}
