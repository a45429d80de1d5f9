namespace Polytask;

public abstract partial record Block
{
    /// <summary>A gated recurrent unit (Cho et al., EMNLP 2014) over a sequence: [length, channels] → [length, units].</summary>
    /// <param name="units">The length of the state.</param>
    /// <param name="layers">Recurrent layers on top of each other.</param>
    public static Recurrent Gru(long units, int layers = 1) => new("gru", units, layers);

    /// <summary>A long short-term memory (Hochreiter and Schmidhuber 1997) over a sequence: [length, channels] → [length, units].</summary>
    /// <param name="units">The length of the state.</param>
    /// <param name="layers">Recurrent layers on top of each other.</param>
    public static Recurrent Lstm(long units, int layers = 1) => new("lstm", units, layers);

    /// <summary>
    /// A temporal convolutional network (Bai et al. 2018): causal convolutions whose dilation doubles from layer to layer, in residual blocks:
    /// [length, channels] → [length, last channels]. Output t reads the inputs up to t only, at most (kernel - 1)(2^(layers+1) - 2) steps back.
    /// </summary>
    /// <param name="channels">The channels of each residual block.</param>
    /// <param name="kernel">The kernel's length, at least 2.</param>
    public static Tcn Tcn(long[] channels, long kernel = 3) => new(channels, kernel);

    /// <inheritdoc cref="Tcn(long[], long)"/>
    public static Tcn Tcn(params long[] channels) => new(channels, 3);

    /// <summary>A learned vector for each token number: float [length], holding 0 .. vocabulary - 1 → [length, width].</summary>
    /// <param name="vocabulary">How many tokens there are.</param>
    /// <param name="width">The length of each vector.</param>
    public static Tokens Tokens(long vocabulary, long width) => new(vocabulary, width);

    /// <summary>Adds to each position of [length, width] a vector of its own.</summary>
    public static Block Positions(PositionEncoding encoding = PositionEncoding.Learned) => new Positions(encoding);

    /// <summary>
    /// Learned tokens put before those of the input, [tokens, width] → [count + tokens, width]: a class token, or one for each task, which reads it
    /// back with <see cref="Token"/>.
    /// </summary>
    /// <param name="count">At least 1.</param>
    public static Block ExtraTokens(int count) => new ExtraTokens(count);
}
