namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>The input divided by its p-norm along a dimension, or by eps where the norm is smaller.</summary>
            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1L, double eps = 1e-12)
            {
                using var norm = linalg.vector_norm(input, p, [dim], true);
                using var bounded = norm.clamp_min(eps);
                return input.div(bounded);
            }

            /// <inheritdoc cref="Modules.BatchNorm"/>
            /// <param name="momentum">How far the running statistics move towards the batch's.</param>
            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false,
                double momentum = 0.1, double eps = 1e-5) => Ops.batch_norm(input, weight, bias, running_mean, running_var, training, momentum, eps, true);

            /// <inheritdoc cref="Modules.GroupNorm"/>
            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                Ops.group_norm(input, num_groups, weight, bias, eps);

            /// <inheritdoc cref="Modules.LayerNorm"/>
            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                Ops.layer_norm(input, normalized_shape, weight, bias, eps);

            /// <inheritdoc cref="Modules.InstanceNorm"/>
            /// <param name="use_input_stats">Normalise by the input's own statistics; where false, by the running ones.</param>
            /// <param name="momentum">How far the running statistics move towards the input's.</param>
            public static Tensor instance_norm(Tensor input, Tensor? running_mean = null, Tensor? running_var = null, Tensor? weight = null, Tensor? bias = null,
                bool use_input_stats = true, double momentum = 0.1, double eps = 1e-5) =>
                Ops.instance_norm(input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, true);

            /// <inheritdoc cref="Modules.LocalResponseNorm"/>
            public static Tensor local_response_norm(Tensor input, long size, double alpha = 0.0001, double beta = 0.75, double k = 1.0)
            {
                var shape = input.shape;
                if (shape.Length < 3) throw new ArgumentException($"Invalid number of dimensions for LocalResponseNorm argument: {shape.Length}", nameof(input));
                using var scope = NewDisposeScope();
                // The channels as the only long dimension of a window: [N, 1, C, the rest].
                var squares = input.square().reshape(shape[0], 1, shape[1], -1);
                var bordered = pad(squares, (0, 0, size / 2, (size - 1) / 2));
                var means = avg_pool2d(bordered, (size, 1), (1, 1)).reshape(shape);
                return input.div(means.mul(alpha).add(k).pow(beta)).MoveToOuterDisposeScope();
            }
        }
    }
}
