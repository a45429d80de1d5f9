namespace Polytask;

public abstract partial record Block
{
    /// <summary>
    /// Attention of each token to all, in several heads (Vaswani et al., NeurIPS 2017, section 3.2): [tokens, width] → [tokens, width]. The default
    /// mixer of <see cref="Transformer(int, int)"/>.
    /// </summary>
    /// <param name="heads">
    /// The number of heads; the width must be a multiple of it unless <see cref="Polytask.Attention.WithHeadWidth"/> says otherwise.
    /// </param>
    public static Attention Attention(int heads) => new(heads);

    /// <summary>A mixer that convolves each channel over the tokens (depthwise): [tokens, width] → [tokens, width].</summary>
    /// <param name="kernel">How many tokens an output reads; odd unless causal.</param>
    /// <param name="causal">Read the token itself and those before it only.</param>
    public static Block TokenConv(long kernel, bool causal = false) => new TokenConv(kernel, causal);

    /// <summary>
    /// The token mixer of MLP-Mixer (Tolstikhin et al., NeurIPS 2021): for each channel a two-layer perceptron over the tokens, with GELU:
    /// [tokens, width] → [tokens, width].
    /// </summary>
    /// <param name="hidden">The width of its hidden layer.</param>
    public static Block TokenMlp(long hidden) => new TokenMlp(hidden);

    /// <summary>
    /// A transformer with attention as its mixer: [tokens, width] → [tokens, width]. For a decoder add <see cref="Polytask.Transformer.Causal"/>, and
    /// <see cref="Polytask.Transformer.AttendingTo"/> where it reads an encoder.
    /// </summary>
    /// <param name="layers">The number of layers.</param>
    /// <param name="heads">The heads of the attention.</param>
    public static Transformer Transformer(int layers, int heads) => new(layers, new Attention(heads));

    /// <summary>
    /// A transformer with any mixer: <see cref="Attention"/>, <see cref="TokenConv"/>, <see cref="TokenMlp"/> or a block of your own.
    /// </summary>
    /// <param name="layers">The number of layers.</param>
    /// <param name="mixer">What exchanges information between the tokens, a block from [tokens, width] to the same shape.</param>
    public static Transformer Transformer(int layers, Block mixer) => new(layers, NotNull(mixer));
}
