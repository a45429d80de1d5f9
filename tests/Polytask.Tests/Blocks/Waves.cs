using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Blocks;

/// <summary>The weights and inputs of tests/peers/blocks_reference.py.</summary>
internal static class Waves
{
    /// <summary>Builds the block and gives each parameter the values that follow from its name.</summary>
    public static nn.Module<Tensor, Tensor> BuildWaved(this Block block, Shape input)
    {
        var module = block.Build(input);
        using var untracked = no_grad();
        foreach (var (name, parameter) in module.named_parameters()) parameter.copy_(Wave(name.Sum(letter => (int)letter) % 97, 0.3, parameter.shape));
        return module;
    }

    public static Tensor Input(int seed, params long[] shape) => Wave(seed, 2, shape);

    public static void Near(Tensor output, params double[] expected)
    {
        Assert.Equal(expected.Length, output.numel());
        Assert.All(output.flatten().Numbers().Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 2e-6));
    }

    private static Tensor Wave(int seed, double scale, long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        for (var i = 0; i < values.Length; i++) values[i] = (float)(scale * Math.Sin(seed + 1.7 * i));
        return tensor(values).reshape(shape);
    }
}
