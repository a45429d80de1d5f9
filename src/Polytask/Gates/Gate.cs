using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>How tasks mix the experts that they see.</summary>
public abstract record Gate
{
    private protected Gate() { }

    /// <summary>Whether all tasks share one gate (OMoE) or each has its own (MMoE).</summary>
    public bool IsShared { get; private protected init; }

    /// <summary>What kind of gate it is, for a reader: "softmax", "top-2".</summary>
    public abstract string Kind { get; }

    /// <summary>What else there is to say of it, for a reader: "zero-initialised"; empty where there is nothing.</summary>
    public virtual string Details => "";

    /// <summary>Gates with freshly drawn weights, one for each count of experts.</summary>
    /// <param name="input">The shape of what the gates read.</param>
    /// <param name="experts">For each gate the number of experts that it weighs.</param>
    /// <param name="place">In messages: "model 'mmoe': experts".</param>
    /// <exception cref="DeclarationException">The gate does not fit that number of experts.</exception>
    internal abstract GateModule[] Build(Shape input, IReadOnlyList<int> experts, string place);

    /// <summary>
    /// A softmax gate per task, g^k(x) = softmax(W_g^k x) (Ma et al., KDD 2018, equation 7): linear in the experts' own input, without a bias.
    /// </summary>
    public static SoftmaxGate Softmax() => new();

    /// <summary>A logistic gate per task, 2 sigmoid(W x) (the factor makes it neutral at zero): experts do not compete. See <see cref="SigmoidGate"/>.</summary>
    public static SigmoidGate Sigmoid() => new();

    /// <summary>Weights that do not depend on the example: softmax of a learned vector, 0 at the start.</summary>
    public static StaticGate Static() => new();

    /// <summary>One expert for each example, chosen by a Gumbel-softmax whose forward pass is hard. See <see cref="HardGate"/>.</summary>
    /// <param name="temperature">How soft the gradient is, above 0.</param>
    public static HardGate Hard(double temperature = 1) => new(temperature);

    /// <summary>The <paramref name="k"/> most probable experts of a softmax (Shazeer et al., ICLR 2017); see <see cref="TopKGate"/> for noise, capacity and balance.</summary>
    /// <param name="k">How many experts an example, or a token, is sent to.</param>
    public static TopKGate TopK(int k) => new(k);

    /// <summary>DSelect-k: a differentiable choice of <paramref name="k"/> experts by binary codes (Hazimeh et al., NeurIPS 2021). See <see cref="DSelectKGate"/>.</summary>
    /// <param name="k">The largest number of experts in use.</param>
    public static DSelectKGate DSelectK(int k) => new(k);

    /// <summary>A gate of your own.</summary>
    /// <param name="name">What messages and drawings call it.</param>
    /// <param name="module">
    /// (shape of what the gate reads, number of experts) → a module [rows, ...input] → weights [rows, experts]; a new one at every call.
    /// </param>
    public static Gate Of(string name, Func<Shape, int, nn.Module<Tensor, Tensor>> module)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(module);
        return new OwnGate(name, module);
    }

    /// <inheritdoc/>
    public sealed override string ToString() => (IsShared ? $"one {Kind} gate" : $"a {Kind} gate per task") + (Details.Length > 0 ? $", {Details}" : "");

    private sealed record OwnGate(string Label, Func<Shape, int, nn.Module<Tensor, Tensor>> Module) : Gate
    {
        public override string Kind => Label;

        internal override GateModule[] Build(Shape input, IReadOnlyList<int> experts, string place) =>
            [.. experts.Select(count => new OwnGateModule(Label, Module(input, count), count))];
    }
}
