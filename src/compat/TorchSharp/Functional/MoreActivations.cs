namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        private const double one_eighth = 1.0 / 8.0;
        private const double one_third = 1.0 / 3.0;

        public static partial class functional
        {
            /// <inheritdoc cref="Modules.CELU"/>
            public static Tensor celu(Tensor x, double alpha, bool inplace = false) => inplace ? x.celu_(alpha).alias() : x.celu(alpha);

            /// <inheritdoc cref="Modules.GLU"/>
            public static Tensor glu(Tensor input, long dim = -1) => input.glu(dim);

            /// <inheritdoc cref="Modules.Hardshrink"/>
            public static Tensor hardshrink(Tensor x, double lambda = 0.5) => Ops.hardshrink(x, lambda);

            /// <inheritdoc cref="Modules.Hardsigmoid"/>
            public static Tensor hardsigmoid(Tensor input, bool inplace = false) => inplace ? input.hardsigmoid_().alias() : input.hardsigmoid();

            /// <inheritdoc cref="Modules.Hardswish"/>
            public static Tensor hardswish(Tensor input, bool inplace = false) => inplace ? input.hardswish_().alias() : input.hardswish();

            /// <inheritdoc cref="Modules.Hardtanh"/>
            public static Tensor hardtanh(Tensor x, double min_val = -1.0, double max_val = 1.0, bool inplace = false) =>
                inplace ? x.hardtanh_(min_val, max_val).alias() : x.hardtanh(min_val, max_val);

            /// <inheritdoc cref="Modules.LogSigmoid"/>
            public static Tensor logsigmoid(Tensor x) => x.log_sigmoid();

            /// <inheritdoc cref="Modules.Mish"/>
            public static Tensor mish(Tensor x, bool inplace = false) => inplace ? Ops.mish_(x).alias() : Ops.mish(x);

            /// <inheritdoc cref="Modules.PReLU"/>
            public static Tensor prelu(Tensor input, Tensor weight) => input.prelu(weight);

            /// <summary>As <see cref="Modules.RReLU"/> in evaluation: the slope below zero is the mean of the bounds.</summary>
            public static Tensor rrelu(Tensor x, double lower = one_eighth, double upper = one_third, bool inplace = false) =>
                rrelu(x, lower, upper, false, inplace);

            internal static Tensor rrelu(Tensor x, double lower, double upper, bool training, bool inplace) =>
                inplace ? Ops.rrelu_(x, lower, upper, training).alias() : Ops.rrelu(x, lower, upper, training);

            /// <inheritdoc cref="Modules.ReLU6"/>
            public static Tensor relu6(Tensor x, bool inplace = false) => inplace ? x.relu6_().alias() : x.relu6();

            /// <inheritdoc cref="Modules.Softmax2d"/>
            public static Tensor softmax2d(Tensor x) => softmax(x, -3);

            /// <inheritdoc cref="Modules.Softmin"/>
            public static Tensor softmin(Tensor x, long dim)
            {
                using var negative = x.neg();
                return softmax(negative, dim);
            }

            /// <inheritdoc cref="Modules.Softshrink"/>
            public static Tensor softshrink(Tensor x, double lambda = 0.5) => Ops.softshrink(x, lambda);

            /// <inheritdoc cref="Modules.Softsign"/>
            public static Tensor softsign(Tensor x, bool inplace = false)
            {
                using var size = x.abs();
                using var divisor = size.add(1);
                return inplace ? x.div_(divisor).alias() : x.div(divisor);
            }

            /// <inheritdoc cref="Modules.Tanhshrink"/>
            public static Tensor tanhshrink(Tensor x, bool inplace = false)
            {
                using var bounded = x.tanh();
                return inplace ? x.sub_(bounded).alias() : x.sub(bounded);
            }

            /// <inheritdoc cref="Modules.Threshold"/>
            public static Tensor threshold(Tensor x, double threshold, double value, bool inplace = false) =>
                inplace ? x.threshold_(threshold, value).alias() : x.threshold(threshold, value);
        }
    }
}
