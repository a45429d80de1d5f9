namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>
            /// The input [N, C, H, W] (or [N, C, D, H, W]) at the places of a grid [N, H', W', 2] (or [N, D', H', W', 3]); -1 and 1 are its borders.
            /// </summary>
            /// <param name="align_corners">Whether -1 and 1 are the centres of the corner elements, not their outer edges; false where null.</param>
            public static Tensor grid_sample(Tensor input, Tensor grid, GridSampleMode mode = GridSampleMode.Bilinear,
                GridSamplePaddingMode padding_mode = GridSamplePaddingMode.Zeros, bool? align_corners = null)
            {
                // libtorch's own numbers: bilinear 0, nearest 1; zeros 0, border 1, reflection 2.
                var interpolation = mode == GridSampleMode.Nearest ? 1 : 0;
                var padding = padding_mode switch { GridSamplePaddingMode.Border => 1, GridSamplePaddingMode.Reflection => 2, _ => 0 };
                return Ops.grid_sampler(input, grid, interpolation, padding, align_corners ?? false);
            }

            /// <summary>The grid of an affine map: theta [N, 2, 3] and size [N, C, H, W] (or [N, 3, 4] and [N, C, D, H, W]).</summary>
            public static Tensor affine_grid(Tensor theta, long[]? size = null, bool align_corners = false)
            {
                ArgumentNullException.ThrowIfNull(size);
                if (size.Length is not (4 or 5) || theta.dim() != 3 || theta.shape[1] != size.Length - 2 || theta.shape[2] != size.Length - 1)
                    throw new ArgumentException($"affine_grid expects theta of shape [N, 2, 3] with four sizes or [N, 3, 4] with five, but got [{string.Join(", ", theta.shape)}] with {size.Length}.", nameof(theta));
                return Ops.affine_grid_generator(theta, size, align_corners);
            }
        }
    }
}
