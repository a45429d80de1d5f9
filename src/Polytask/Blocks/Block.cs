using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A part of a network as a value: it knows which shape it gives for a shape it gets, and builds the module that does it.
/// A backbone, an expert and a tower are all blocks. Nothing is allocated before <see cref="Build"/>.
/// </summary>
public abstract record Block
{
    /// <summary>What messages and drawings call this block: "mlp", "conv".</summary>
    public abstract string Name { get; }

    /// <summary>One line for a reader: "mlp 64-32 ReLU".</summary>
    public abstract string Describe();

    /// <summary>The shape that comes out for <paramref name="input"/>.</summary>
    /// <param name="input">The shape of one example.</param>
    /// <param name="place">Where the block stands in the declaration, for messages: "backbone", "expert", "task 'income': tower".</param>
    /// <exception cref="DeclarationException">The block cannot take that shape.</exception>
    public abstract Shape Output(Shape input, string place);

    /// <summary>A new module with freshly drawn weights: [batch, ...input] → [batch, ...output].</summary>
    public abstract nn.Module<Tensor, Tensor> Build(Shape input);

    /// <summary>Throws when inputs of the right shape hold values that this block cannot read.</summary>
    internal virtual void Check(string task, string split, Tensor inputs) { }

    /// <inheritdoc/>
    public sealed override string ToString() => Describe();

    /// <summary>This block, then <paramref name="next"/>.</summary>
    public Block Then(Block next) => new Chain([.. this is Chain head ? head.Blocks : [this], .. next is Chain tail ? tail.Blocks : [next]]);

    /// <summary>
    /// Fully connected layers, each followed by ReLU (see <see cref="Polytask.Mlp.Activation"/>). An input that is not flat is flattened first.
    /// </summary>
    /// <param name="units">The width of each layer.</param>
    public static Mlp Mlp(params long[] units) => new(units);

    /// <summary>One linear map without a non-linearity.</summary>
    public static Linear Linear(long units, bool bias = true) => new(units, bias);

    /// <summary>
    /// Two-dimensional convolutions that keep height and width, each followed by ReLU and, where <paramref name="pool"/> is above 1, max pooling.
    /// </summary>
    /// <param name="channels">The output channels of each layer.</param>
    /// <param name="kernel">The side of the kernel, odd.</param>
    /// <param name="pool">The side of the pooling window, 1 for none.</param>
    public static Conv Conv(long[] channels, long kernel = 3, long pool = 1) => new(channels, kernel, pool);

    /// <inheritdoc cref="Conv(long[], long, long)"/>
    public static Conv Conv(params long[] channels) => new(channels, 3, 1);

    /// <summary>Learned vectors for categorical columns; numeric columns pass through (columns as a tabular data set lists them).</summary>
    /// <param name="cardinalities">Per input column: the number of levels of a categorical column, 0 for a numeric one.</param>
    /// <param name="dimension">The length of each learned vector.</param>
    public static Embed Embed(IEnumerable<long> cardinalities, long dimension) => new([.. cardinalities], dimension);

    /// <summary>Any module of your own.</summary>
    /// <param name="name">What messages and drawings call it.</param>
    /// <param name="output">The shape of one example that it gives.</param>
    /// <param name="module">Makes a new module with freshly drawn weights at every call: experts and single-task copies must not share one.</param>
    public static Block Of(string name, Shape output, Func<nn.Module<Tensor, Tensor>> module)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(module);
        return new Custom(name, output, module);
    }
}
