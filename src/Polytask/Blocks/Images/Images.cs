using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

internal static class Images
{
    /// <summary>Throws unless the input is an image.</summary>
    public static void Require(Shape input, string what, string place)
    {
        if (input.Rank != 3)
            throw new DeclarationException(
                $"{place}: {what} takes channels x height x width, but gets {input}; declare the input as Input(channels, height, width)");
    }

    /// <summary>Channels of stages as given.</summary>
    public static IEnumerable<long> Stages(long[] channels, string what) => channels.Length > 0 && channels.All(count => count >= 1)
        ? channels
        : throw new DeclarationException($"{what} needs at least one stage of at least 1 channel, but got [{string.Join(", ", channels)}]");

    /// <summary>A side after stages that halve it, rounded up as a 3x3 convolution of stride 2 with padding 1 does.</summary>
    public static long Halved(long side, int times)
    {
        for (var i = 0; i < times; i++) side = (side + 1) / 2;
        return side;
    }

    /// <summary>A 3x3 convolution, batch normalisation, ReLU.</summary>
    public static nn.Module<Tensor, Tensor> Unit(long from, long to, long stride = 1) =>
        nn.Sequential(nn.Conv2d(from, to, 3, stride: stride, padding: 1, bias: false), nn.BatchNorm2d(to), nn.ReLU(inplace: true));
}
