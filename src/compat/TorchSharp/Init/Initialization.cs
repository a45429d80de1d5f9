namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Initial values, written in place and outside of autograd. The formulas and the order of random draws are PyTorch's.</summary>
        public static partial class init
        {
            /// <summary>What follows the initialised layer.</summary>
            public enum NonlinearityType
            {
                Linear = 0,
                Conv1D = 1,
                Conv2D = 2,
                Conv3D = 3,
                ConvTranspose1D = 4,
                ConvTranspose2D = 5,
                ConvTranspose3D = 6,
                Sigmoid = 7,
                Tanh = 8,
                ReLU = 9,
                LeakyReLU = 10,
            }

            /// <summary>Which side's size the variance follows.</summary>
            public enum FanInOut
            {
                FanIn = 0,
                FanOut = 1,
            }

            /// <summary>
            /// The factor by which weights must grow so that a nonlinearity keeps the variance; param is the slope of a leaky ReLU.
            /// </summary>
            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0.0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3.0,
                NonlinearityType.ReLU => Math.Sqrt(2.0),
                NonlinearityType.LeakyReLU => LeakyGain(param),
                _ => 1.0,
            };

            /// <summary>Fills with ones.</summary>
            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1.0);

            /// <summary>Fills with zeros.</summary>
            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0.0);

            /// <summary>Fills with a value.</summary>
            public static Tensor constant_(Tensor tensor, Scalar val)
            {
                using var _ = no_grad();
                tensor.fill_(val);
                return tensor;
            }

            /// <summary>Uniform values from low to high.</summary>
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null)
            {
                using var _ = no_grad();
                tensor.uniform_(low, high, generator);
                return tensor;
            }

            /// <summary>Normal values.</summary>
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null)
            {
                using var _ = no_grad();
                tensor.normal_(mean, std, generator);
                return tensor;
            }

            /// <summary>
            /// Normal values between a and b: uniform numbers through the inverse of the cumulated normal distribution. Best where the mean lies
            /// between.
            /// </summary>
            public static Tensor trunc_normal_(
                Tensor tensor, double mean = 0.0, double std = 1.0, double a = -2.0, double b = 2.0, Generator? generator = null)
            {
                using var _ = no_grad();
                using var scope = NewDisposeScope();
                // 2Φ(x) - 1, which is erf(x / √2).
                var bounds = zeros(2, dtype: ScalarType.Float64);
                bounds[0] = (a - mean) / (std * Math.Sqrt(2));
                bounds[1] = (b - mean) / (std * Math.Sqrt(2));
                bounds.erf_();
                tensor.uniform_(bounds[0].ToDouble(), bounds[1].ToDouble(), generator).erfinv_().mul_(std * Math.Sqrt(2)).add_(mean).clamp_(a, b);
                return tensor;
            }

            /// <summary>Ones on the diagonal of a matrix, zeros elsewhere.</summary>
            public static Tensor eye_(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length != 2) throw new ArgumentException($"eye_ needs a matrix, got {shape.Length} dimensions", nameof(tensor));
                using var _ = no_grad();
                using var identity = eye(shape[0], shape[1], dtype: tensor.dtype, device: tensor.device);
                tensor.copy_(identity);
                return tensor;
            }

            /// <summary>
            /// A convolution's weight [out, in, kernel...] that hands on as many channels as it can unchanged: a one in the kernel's middle.
            /// </summary>
            public static Tensor dirac_(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length is < 3 or > 5)
                    throw new ArgumentException($"dirac_ needs three to five dimensions, got {shape.Length}", nameof(tensor));
                using var _ = no_grad();
                using var scope = NewDisposeScope();
                var middle = tensor.zero_();
                foreach (var size in shape.Skip(2)) middle = middle.select(2, size / 2);
                middle.diagonal().fill_(1);
                return tensor;
            }

            /// <summary>A matrix in each of whose columns a part of the elements, rounded up, is zero and the rest normal: Martens (2010).</summary>
            public static Tensor sparse_(Tensor tensor, double sparsity, double std = 0.01)
            {
                var shape = tensor.shape;
                if (shape.Length != 2) throw new ArgumentException($"sparse_ needs a matrix, got {shape.Length} dimensions", nameof(tensor));
                var zeros = (long)Math.Ceiling(sparsity * shape[0]);
                using var _ = no_grad();
                using var scope = NewDisposeScope();
                tensor.normal_(0, std);
                for (var column = 0; column < shape[1]; column++)
                    tensor.select(1, column).index_fill_(0, randperm(shape[0], device: tensor.device).narrow(0, 0, zeros), 0);
                return tensor;
            }

            /// <summary>Uniform in ±gain √(3 / fan): He et al. (2015).</summary>
            /// <param name="a">The negative slope of the leaky ReLU that follows.</param>
            public static Tensor kaiming_uniform_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                var bound = Math.Sqrt(3.0) * KaimingDeviation(tensor, a, mode, nonlinearity);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Normal with deviation gain / √fan: He et al. (2015).</summary>
            /// <param name="a">The negative slope of the leaky ReLU that follows.</param>
            public static Tensor kaiming_normal_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, KaimingDeviation(tensor, a, mode, nonlinearity));

            /// <summary>Uniform in ±gain √(6 / (fan_in + fan_out)): Glorot and Bengio (2010).</summary>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
            {
                var bound = Math.Sqrt(3.0) * XavierDeviation(tensor, gain);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>The same as <see cref="xavier_uniform_"/>.</summary>
            public static Tensor glorot_uniform_(Tensor tensor, double gain = 1.0) => xavier_uniform_(tensor, gain);

            /// <summary>Normal with deviation gain √(2 / (fan_in + fan_out)): Glorot and Bengio (2010).</summary>
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1.0) => normal_(tensor, 0, XavierDeviation(tensor, gain));

            /// <summary>The same as <see cref="xavier_normal_"/>.</summary>
            public static Tensor glorot_normal_(Tensor tensor, double gain = 1.0) => xavier_normal_(tensor, gain);

            /// <summary>
            /// A matrix with orthonormal rows or columns, whichever are fewer, times gain: Saxe et al. (2014). Further dimensions count as columns.
            /// </summary>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1.0)
            {
                var shape = tensor.shape;
                if (shape.Length < 2)
                    throw new ArgumentException($"orthogonal_ needs a tensor of two or more dimensions, got {shape.Length}", nameof(tensor));
                var rows = shape[0];
                var columns = tensor.numel() / rows;
                using var _ = no_grad();
                using var scope = NewDisposeScope();
                var flat = empty([rows, columns], dtype: tensor.dtype, device: tensor.device).normal_(0, 1);
                var (q, r) = linalg.qr(rows < columns ? flat.t() : flat);
                // The sign of R's diagonal makes the draw uniform over the orthogonal matrices.
                q = q.mul(r.diag().sign());
                tensor.copy_((rows < columns ? q.t() : q).reshape(shape)).mul_(gain);
                return tensor;
            }

            /// <summary>How many inputs feed an output and how many outputs an input feeds, for a weight of shape [out, in, kernel...].</summary>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length < 2)
                    throw new ArgumentException($"Fan in and fan out need a tensor of two or more dimensions, got {shape.Length}", nameof(tensor));
                var field = shape.Skip(2).Aggregate(1L, (product, size) => product * size);
                return (shape[1] * field, shape[0] * field);
            }

            private static double LeakyGain(double slope) => Math.Sqrt(2.0 / (1 + slope * slope));

            private static double KaimingDeviation(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                var gain = nonlinearity == NonlinearityType.LeakyReLU ? LeakyGain(a) : calculate_gain(nonlinearity);
                return gain / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
            }

            private static double XavierDeviation(Tensor tensor, double gain)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return gain * Math.Sqrt(2.0 / (fanIn + fanOut));
            }
        }
    }
}
