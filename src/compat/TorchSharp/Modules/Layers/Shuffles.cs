using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>[N, C r², H, W] to [N, C, r H, r W]: channels become finer pixels. Shi et al. (2016).</summary>
public sealed class PixelShuffle : ParameterLessModule<Tensor, Tensor>
{
    internal PixelShuffle(long upscale_factor) : base(nameof(PixelShuffle)) => this.upscale_factor = upscale_factor;

    public long upscale_factor { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.pixel_shuffle(input, upscale_factor);
}

/// <summary>[N, C, r H, r W] to [N, C r², H, W]: the inverse of <see cref="PixelShuffle"/>.</summary>
public sealed class PixelUnshuffle : ParameterLessModule<Tensor, Tensor>
{
    internal PixelUnshuffle(long downscale_factor) : base(nameof(PixelUnshuffle)) => this.downscale_factor = downscale_factor;

    public long downscale_factor { get; set; }

    public override Tensor forward(Tensor input) => nn.functional.pixel_unshuffle(input, downscale_factor);
}

/// <summary>Takes the channels of [N, C, ...] in turn from each group: channel g of group k goes to place g · groups + k. Zhang et al. (2018).</summary>
public sealed class ChannelShuffle : ParameterLessModule<Tensor, Tensor>
{
    internal ChannelShuffle(long groups) : base(nameof(ChannelShuffle)) => this.groups = groups;

    public long groups { get; set; }

    public override Tensor forward(Tensor tensor) => tensor.channel_shuffle(groups);
}
