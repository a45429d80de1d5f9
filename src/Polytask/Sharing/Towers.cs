using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Equal blocks side by side, each with an input of its own: [towers, batch, ...input] → [towers, batch, ...output].</summary>
internal abstract class Towers(string name) : nn.Module<Tensor, Tensor>(name)
{
    /// <summary>Towers of a kind, computed together where that can be done.</summary>
    public static Towers Of(int count, Shape input, Block block) => block is Mlp mlp && WideExperts.Can(mlp)
        ? new WideTowers(count, input, mlp)
        : new LoopedTowers(count, input, block);
}

/// <summary>Towers of any kind, one after the other.</summary>
internal sealed class LoopedTowers : Towers
{
    private readonly TorchSharp.Modules.ModuleList<nn.Module<Tensor, Tensor>> blocks;
    private readonly bool prefersChannelsLast;

    public LoopedTowers(int count, Shape input, Block block) : base("towers")
    {
        prefersChannelsLast = block.PrefersChannelsLast;
        blocks = new([.. Enumerable.Range(0, count).Select(_ => block.Build(input))]);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        if (!prefersChannelsLast || x.device_type != DeviceType.CPU)
            return stack([.. blocks.Select((block, tower) => block.call(x[tower].contiguous()))], 0);
        // [towers, batch, height, width, channels] in memory, under the usual shape.
        var pixels = x.permute(0, 1, 3, 4, 2).contiguous().permute(0, 1, 4, 2, 3);
        return stack([.. blocks.Select((block, tower) => block.call(pixels[tower]).permute(0, 2, 3, 1))], 0).permute(0, 1, 4, 2, 3);
    }
}

/// <summary>Fully connected towers: one batched product per layer, the same numbers as <see cref="LoopedTowers"/>.</summary>
internal sealed class WideTowers : Towers
{
    private readonly Parameter[] weights;
    private readonly Parameter[] biases;
    private readonly Activation activation;
    private readonly bool flatten;

    public WideTowers(int count, Shape input, Mlp block) : base("towers")
    {
        (activation, flatten) = (block.Activation, !input.IsFlat);
        long[] widths = [input.Count, .. block.Units];
        // Drawn tower by tower from ordinary linear layers, so that they start from the same numbers as a loop would.
        var drawn = Enumerable.Range(0, count)
            .Select(_ => block.Units.Select((units, layer) => nn.Linear(widths[layer], units)).ToArray()).ToArray();
        (weights, biases) = (new Parameter[block.Units.Length], new Parameter[block.Units.Length]);
        for (var layer = 0; layer < weights.Length; layer++)
        {
            using var untracked = no_grad();
            weights[layer] = new Parameter(stack([.. drawn.Select(layers => layers[layer].weight!.t())], 0));           // [T, h_in, h_out]
            biases[layer] = new Parameter(stack([.. drawn.Select(layers => layers[layer].bias!.unsqueeze(0))], 0));     // [T, 1, h_out]
            register_parameter($"weight_{layer}", weights[layer]);
            register_parameter($"bias_{layer}", biases[layer]);
        }
        foreach (var module in drawn.SelectMany(layers => layers)) module.Dispose();
    }

    public override Tensor forward(Tensor x)
    {
        if (flatten) x = x.flatten(2);
        MultiplyAdds.Report(x.shape[1] * weights.Sum(weight => weight.numel()));
        for (var layer = 0; layer < weights.Length; layer++) x = activation.Apply(bmm(x, weights[layer]).add_(biases[layer]));
        return x;
    }
}
