using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A part of a network as a value: it knows which shape it gives for a shape it gets, and builds the module that does it.
/// A backbone, an expert and a tower are all blocks. Nothing is allocated before <see cref="Build"/>.
/// </summary>
public abstract partial record Block
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

    /// <summary>
    /// A new module with freshly drawn weights: [batch, ...input] → [batch, ...output]. What <see cref="Shared"/> marks is built once for all its
    /// places in the block.
    /// </summary>
    /// <exception cref="DeclarationException">The block cannot take that shape.</exception>
    public nn.Module<Tensor, Tensor> Build(Shape input)
    {
        using var scope = BuildScope.Join();
        Output(input, Name);
        return Make(input);
    }

    /// <summary>The module of <see cref="Build"/>; the shape is one that <see cref="Output"/> takes. Parts are made by their Build.</summary>
    protected internal abstract nn.Module<Tensor, Tensor> Make(Shape input);

    /// <summary>
    /// Whether the block is convolutions all through, which the CPU computes faster with the channels of a pixel side by side in memory.
    /// </summary>
    internal virtual bool PrefersChannelsLast => false;

    /// <summary>Throws when inputs of the right shape hold values that this block cannot read.</summary>
    internal virtual void Check(string task, string split, Tensor inputs) { }

    /// <inheritdoc/>
    public sealed override string ToString() => Describe();

    /// <summary>
    /// Fully connected layers, each followed by ReLU (see <see cref="Polytask.Mlp.Activation"/>). An input that is not flat is flattened first.
    /// </summary>
    /// <param name="units">The width of each layer.</param>
    public static Mlp Mlp(params long[] units) => new(units);

    /// <summary>One linear map without a non-linearity.</summary>
    public static Linear Linear(long units, bool bias = true) => new(units, bias);

    /// <summary>
    /// A multilayer perceptron whose weights depend on the first features of the input: those make a change to each weight, and the perceptron reads
    /// the rest. Until training changes it, it is the perceptron alone.
    /// </summary>
    /// <param name="condition">The number of leading features that set the weights: a task's or a user's embedding, a loss preference.</param>
    /// <param name="network">The network whose weights are made.</param>
    /// <param name="generator">What reads the condition before the last linear map to the weights, for example <c>Block.Mlp(32)</c>.</param>
    public static HyperMlp Hyper(long condition, Mlp network, Block? generator = null) => new(condition, network, generator);

    /// <summary>Any module of your own.</summary>
    /// <param name="name">What messages and drawings call it.</param>
    /// <param name="output">The shape of one example that it gives.</param>
    /// <param name="module">
    /// Makes a new module with freshly drawn weights at every call: experts and single-task copies must not have one together. For one module in
    /// several places mark the block with <see cref="Shared"/>.
    /// </param>
    public static Block Of(string name, Shape output, Func<nn.Module<Tensor, Tensor>> module)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(module);
        return new Custom(name, output, module);
    }
}
