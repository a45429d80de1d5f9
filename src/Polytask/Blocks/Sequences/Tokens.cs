using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Vectors of tokens, made by <see cref="Block.Tokens"/>, drawn from N(0, 1) as PyTorch's Embedding does.
/// </summary>
public sealed record Tokens : Block
{
    internal Tokens(long vocabulary, long width)
    {
        if (vocabulary < 1) throw new DeclarationException($"a vocabulary has at least 1 token, but got {vocabulary}");
        if (width < 1) throw new DeclarationException($"a token's vector has at least 1 number, but got {width}");
        (Vocabulary, Width) = (vocabulary, width);
    }

    /// <summary>How many tokens there are.</summary>
    public long Vocabulary { get; }

    /// <summary>The length of each vector.</summary>
    public long Width { get; }

    /// <summary>The token that fills up short sequences, or null.</summary>
    public long? Padding { get; private init; }

    /// <summary>
    /// The same with one token as padding: its vector is zero and stays so, and attention, recurrent networks and pooling that follow in the same chain
    /// leave its positions out, so that the length that a sequence is filled up to changes nothing. A block that does not know of padding ends this.
    /// </summary>
    public Tokens WithPadding(long token) => token >= 0 && token < Vocabulary
        ? this with { Padding = token }
        : throw new DeclarationException($"the padding must be one of the {Vocabulary} tokens, 0 to {Vocabulary - 1}, but got {token}");

    /// <inheritdoc/>
    public override string Name => "tokens";

    /// <inheritdoc/>
    public override string Describe() => $"{Vocabulary} tokens in {Width}" + (Padding is { } token ? $", padding {token}" : "");

    /// <inheritdoc/>
    public override Shape Output(Shape input, string place) => input.IsFlat
        ? Shape.Of(input[0], Width)
        : throw new DeclarationException($"{place}: token vectors are for a row of token numbers, but the block gets {input}");

    internal override void Check(string task, string split, Tensor inputs) => Categories.Check(inputs, Vocabulary, number =>
        $"task '{task}', {split} split: the {Vocabulary} tokens are numbered 0 to {Vocabulary - 1}, but the inputs hold {number}; "
        + "mend the data or the vocabulary of Block.Tokens");

    /// <inheritdoc/>
    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new TokensModule(this);
}

internal sealed class TokensModule : nn.Module<Tensor, Tensor>, IMasked
{
    private readonly TorchSharp.Modules.Embedding table;
    private readonly long? padding;

    public TokensModule(Tokens spec) : base("tokens")
    {
        padding = spec.Padding;
        table = nn.Embedding(spec.Vocabulary, spec.Width, padding_idx: padding);
        RegisterComponents();
    }

    /// <summary>Sets the padding's vector to zero again, after the weights were drawn anew.</summary>
    public void ForgetPadding()
    {
        if (padding is { } token) table.weight!.select(0, token).zero_();
    }

    public override Tensor forward(Tensor ids) => table.call(ids.to(ScalarType.Int64));

    public (Tensor Output, Tensor? Hidden) Forward(Tensor ids, Tensor? hidden) => (call(ids), padding is { } token ? ids.eq(token) : null);
}
