namespace Polytask;

public abstract partial record Block
{
    /// <summary>
    /// Two-dimensional convolutions that keep height and width, each followed by ReLU and, where <paramref name="pool"/> is above 1, max pooling.
    /// </summary>
    /// <param name="channels">The output channels of each layer.</param>
    /// <param name="kernel">The side of the kernel, odd.</param>
    /// <param name="pool">The side of the pooling window, 1 for none.</param>
    public static Conv Conv(long[] channels, long kernel = 3, long pool = 1) => new(channels, kernel, pool);

    /// <inheritdoc cref="Conv(long[], long, long)"/>
    public static Conv Conv(params long[] channels) => new(channels, 3, 1);

    /// <summary>
    /// A residual network for small images: [channels, height, width] → [last channels, height / 2^(stages-1), width / 2^(stages-1)], rounded up.
    /// Follow it with <see cref="GlobalPool"/> for features.
    /// </summary>
    /// <param name="channels">The channels of each stage, for example [16, 32, 64].</param>
    /// <param name="blocks">The number of residual blocks in each stage, two convolutions each.</param>
    public static ResNet ResNet(long[] channels, int blocks = 1) => new(channels, blocks);

    /// <summary>
    /// Stages of two 3x3 convolutions with batch normalisation and ReLU, each stage but the first at half the size of the one before: image → the last
    /// stage's map.
    /// </summary>
    /// <param name="channels">The channels of each stage.</param>
    public static Block ConvEncoder(params long[] channels) => new ConvEncoder(channels);

    /// <summary>
    /// An encoder and a decoder with skip connections (Ronneberger et al., MICCAI 2015), small: image → a map of the same height and width with the first
    /// stage's channels. Each decoder level enlarges the map to its skip's size (nearest pixel), joins the skip and convolves once.
    /// </summary>
    /// <param name="channels">The channels of each stage, for example [16, 32, 64, 64]; each stage is at half the size of the one before.</param>
    public static Block UNet(params long[] channels) => new UNet(channels);

    /// <summary>Square patches of an image as tokens, each mapped linearly to <paramref name="width"/>: image → [patches, width], row by row.</summary>
    /// <param name="size">The side of a patch; it must divide height and width.</param>
    /// <param name="width">The length of each token.</param>
    public static Block Patches(long size, long width) => new Patches(size, width);

    /// <summary>Tokens of patches as a map again, row by row: [height * width, channels] → [channels, height, width].</summary>
    /// <param name="height">The rows of the map; by default the map is a square.</param>
    public static Block TokenGrid(long? height = null) => new TokenGrid(height);

    /// <summary>
    /// Every cell of a map becomes a square of pixels by one linear map, the reverse of <see cref="Patches"/>:
    /// [channels, height, width] → [<paramref name="channels"/>, factor * height, factor * width]. No square sees another.
    /// </summary>
    /// <param name="factor">The side of a square.</param>
    /// <param name="channels">The channels of a pixel.</param>
    public static Block Enlarge(long factor, long channels) => new Enlarge(factor, channels);

    /// <summary>
    /// A vision transformer (Dosovitskiy et al., ICLR 2021): patches, a learned class token before them, learned positions, the transformer, and its
    /// class token's output: image → [width]. Write the chain yourself to keep all tokens or to pool them.
    /// </summary>
    /// <param name="patch">The side of a patch.</param>
    /// <param name="width">The length of each token.</param>
    /// <param name="transformer">For example <c>Block.Transformer(layers: 4, heads: 4)</c>.</param>
    public static Block Vit(long patch, long width, Transformer transformer) =>
        Patches(patch, width).Then(ExtraTokens(1)).Then(Positions()).Then(NotNull(transformer)).Then(Token(0));
}
