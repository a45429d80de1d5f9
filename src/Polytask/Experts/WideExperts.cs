using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Equal MLP experts computed together: the first layer of all experts is one wide linear map (they read the same input), every further layer one
/// batched matrix product. The same numbers as <see cref="LoopedExperts"/>, in as many operators as one expert needs.
/// </summary>
internal sealed class WideExperts : ExpertModule
{
    // The values of a layer of one expert, of the order of a core's own cache.
    private const long LargestTogether = 1 << 16;

    private readonly Parameter[] weights;
    private readonly Parameter[] biases;
    private readonly Activation activation;
    private readonly long count;
    private readonly bool flatten;

    public WideExperts(int count, Shape input, Mlp expert) : base("experts")
    {
        (this.count, activation, flatten) = (count, expert.Activation, !input.IsFlat);
        long[] widths = [input.Count, .. expert.Units];
        // Drawn expert by expert from ordinary linear layers, so that a bank starts from the same numbers as a loop would.
        var drawn = Enumerable.Range(0, count)
            .Select(_ => expert.Units.Select((units, layer) => nn.Linear(widths[layer], units)).ToArray()).ToArray();
        weights = new Parameter[expert.Units.Length];
        biases = new Parameter[expert.Units.Length];
        for (var layer = 0; layer < weights.Length; layer++)
        {
            using var untracked = no_grad();
            var first = layer == 0;
            weights[layer] = new Parameter(first
                ? cat([.. drawn.Select(layers => layers[0].weight!)], 0)                       // [E*h, d]
                : stack([.. drawn.Select(layers => layers[layer].weight!.t())], 0));           // [E, h_in, h_out]
            biases[layer] = new Parameter(first
                ? cat([.. drawn.Select(layers => layers[0].bias!)], 0)                         // [E*h]
                : stack([.. drawn.Select(layers => layers[layer].bias!.unsqueeze(0))], 0));    // [E, 1, h_out]
            register_parameter($"weight_{layer}", weights[layer]);
            register_parameter($"bias_{layer}", biases[layer]);
        }
        foreach (var module in drawn.SelectMany(layers => layers)) module.Dispose();
    }

    /// <summary>Whether experts of that kind can be computed together.</summary>
    public static bool Can(Mlp expert) => expert.IsPlain;

    public override int Count => (int)count;

    public override IReadOnlyList<Tensor> Each(IReadOnlyList<Tensor> rows)
    {
        var layers = Unbound();
        return [.. rows.Select((own, expert) => (own, expert)).Where(each => each.own.shape[0] > 0).Select(each =>
        {
            MultiplyAdds.Report(each.own.shape[0] * weights.Sum(weight => weight.numel()) / count);
            return Run(layers, each.expert, flatten ? each.own.flatten(1) : each.own);
        })];
    }

    public override Tensor forward(Tensor x) => Run(x, weights, biases, count);

    /// <summary>Whether an expert's rows fill a cache, so that one expert after the other is faster than all at once.</summary>
    public bool IsFasterOneByOne(Tensor x) => x.shape[0] * weights[0].shape[0] / count >= LargestTogether;

    public override IReadOnlyList<Tensor> Pieces(Tensor x)
    {
        if (!IsFasterOneByOne(x)) return [call(x)];
        if (flatten) x = x.flatten(1);
        MultiplyAdds.Report(x.shape[0] * weights.Sum(weight => weight.numel()));
        var layers = Unbound();
        return [.. Enumerable.Range(0, Count).Select(expert => Run(layers, expert, x).unsqueeze(1))];
    }

    /// <summary>
    /// Several banks of one kind that read one input, as if they were one bank: [batch, ...input] → [batch, experts of all, features], with the
    /// numbers that each gives alone.
    /// </summary>
    public static Tensor Together(IReadOnlyList<WideExperts> banks, Tensor x)
    {
        var layers = banks[0].weights.Length;
        Tensor Joined(Func<WideExperts, Tensor> part) => cat([.. banks.Select(part)], 0);
        return banks[0].Run(x, [.. Enumerable.Range(0, layers).Select(layer => Joined(bank => bank.weights[layer]))],
            [.. Enumerable.Range(0, layers).Select(layer => Joined(bank => bank.biases[layer]))], banks.Sum(bank => bank.count));
    }

    // The experts' weights and biases, layer by layer. Unbound once: a narrowed weight's gradient would be filled up with zeros for each expert.
    private (Tensor[] Weights, Tensor[] Biases)[] Unbound() =>
    [
        (weights[0].view(count, -1, weights[0].shape[1]).unbind(0), biases[0].view(count, -1).unbind(0)),
        .. weights.Zip(biases).Skip(1).Select(layer => (layer.First.unbind(0), layer.Second.unbind(0))),
    ];

    private Tensor Run((Tensor[] Weights, Tensor[] Biases)[] layers, int expert, Tensor x)
    {
        var hidden = activation.ApplyTo(nn.functional.linear(x, layers[0].Weights[expert], layers[0].Biases[expert]));
        foreach (var layer in layers.Skip(1)) hidden = activation.ApplyTo(layer.Biases[expert].addmm(hidden, layer.Weights[expert]));
        return hidden;
    }

    private Tensor Run(Tensor x, IReadOnlyList<Tensor> weights, IReadOnlyList<Tensor> biases, long count)
    {
        if (flatten) x = x.flatten(1);
        MultiplyAdds.Report(x.shape[0] * weights.Sum(weight => weight.numel()));
        var wide = activation.ApplyTo(nn.functional.linear(x, weights[0], biases[0])).view(x.shape[0], count, -1);   // [batch, E, h]
        if (weights.Count == 1) return wide;
        var hidden = wide.transpose(0, 1);                                                                     // [E, batch, h]
        for (var layer = 1; layer < weights.Count; layer++)
            // Not baddbmm, which in TorchSharp takes its tensors in another order than its arguments say (seen in its sources of May 2026).
            hidden = activation.ApplyTo(bmm(hidden, weights[layer]).add_(biases[layer]));
        return hidden.transpose(0, 1);
    }
}
