namespace TorchSharp;

public static partial class torch
{
    /// <inheritdoc cref="Modules.ChannelShuffle"/>
    public static Tensor channel_shuffle(Tensor input, long groups) => input.channel_shuffle(groups);

    public partial class Tensor
    {
        /// <inheritdoc cref="Modules.ChannelShuffle"/>
        public Tensor channel_shuffle(long groups)
        {
            var sizes = shape;
            if (sizes.Length < 3) throw new ArgumentException($"channel_shuffle expects an input of at least 3 dimensions, but got {sizes.Length}.");
            if (groups <= 0 || sizes[1] % groups != 0) throw new ArgumentException($"channel_shuffle: the number of channels ({sizes[1]}) must be divisible by groups ({groups}).", nameof(groups));
            // Composed, because libtorch 1.13 has no derivative of its own operator.
            using var grouped = reshape([sizes[0], groups, sizes[1] / groups, .. sizes[2..]]);
            using var exchanged = grouped.transpose(1, 2);
            return exchanged.reshape(sizes);
        }
    }
}
