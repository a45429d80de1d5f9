using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Patches of an image as tokens; see <see cref="Block.Patches"/>.</summary>
internal sealed record Patches : Block
{
    public Patches(long size, long width)
    {
        if (size < 1) throw new DeclarationException($"a patch has a side of at least 1, but got {size}");
        if (width < 1) throw new DeclarationException($"a patch becomes a token of at least 1 number, but got {width}");
        (Size, Width) = (size, width);
    }

    public long Size { get; }

    public long Width { get; }

    public override string Name => "patches";

    public override string Describe() => $"patches {Size}x{Size} in {Width}";

    public override Shape Output(Shape input, string place)
    {
        Images.Require(input, "a patch embedding", place);
        return input[1] % Size == 0 && input[2] % Size == 0
            ? Shape.Of(input[1] / Size * (input[2] / Size), Width)
            : throw new DeclarationException($"{place}: patches of {Size} x {Size} do not fill an image of {input[1]} x {input[2]}; "
                + "take a side that divides both, or pad the images");
    }

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new PatchesModule(input[0], Size, Width);
}

internal sealed class PatchesModule : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Conv2d projection;

    public PatchesModule(long channels, long size, long width) : base("patches")
    {
        projection = nn.Conv2d(channels, width, size, stride: size);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => projection.call(x).flatten(2).transpose(1, 2);
}
