using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>The functions behind the modules, for parameters that are held elsewhere.</summary>
        public static partial class functional
        {
            /// <inheritdoc cref="Modules.ReLU"/>
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_().alias() : x.relu();

            /// <inheritdoc cref="Modules.LeakyReLU"/>
            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace ? input.leaky_relu_(negative_slope).alias() : input.leaky_relu(negative_slope);

            /// <inheritdoc cref="Modules.ELU"/>
            public static Tensor elu(Tensor x, double alpha, bool inplace = false) => inplace ? x.elu_(alpha).alias() : x.elu(alpha);

            /// <inheritdoc cref="Modules.SELU"/>
            public static Tensor selu(Tensor x, bool inplace = false) => inplace ? x.selu_().alias() : x.selu();

            /// <inheritdoc cref="Modules.GELU"/>
            public static Tensor gelu(Tensor x) => gelu(x, Modules.GELU.Approximate.none);

            /// <inheritdoc cref="Modules.GELU"/>
            public static Tensor gelu(Tensor x, bool inplace) => gelu(x, Modules.GELU.Approximate.none, inplace);

            /// <inheritdoc cref="Modules.GELU"/>
            public static Tensor gelu(Tensor x, GELU.Approximate approximate, bool inplace = false)
            {
                var name = approximate == Modules.GELU.Approximate.tanh ? "tanh" : "none";
                return inplace ? Ops.gelu_(x, name).alias() : Ops.gelu(x, name);
            }

            /// <inheritdoc cref="Modules.SiLU"/>
            public static Tensor silu(Tensor x, bool inplace = false) => inplace ? x.silu_().alias() : x.silu();

            /// <inheritdoc cref="Modules.Tanh"/>
            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.tanh_().alias() : x.tanh();

            /// <inheritdoc cref="Modules.Sigmoid"/>
            public static Tensor sigmoid(Tensor x) => x.sigmoid();

            /// <inheritdoc cref="Modules.Sigmoid"/>
            public static Tensor sigmoid(Tensor x, bool inplace) => inplace ? x.sigmoid_().alias() : x.sigmoid();

            /// <inheritdoc cref="Modules.Softplus"/>
            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => Ops.softplus(x, beta, threshold);

            /// <inheritdoc cref="Modules.Softmax"/>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            /// <inheritdoc cref="Modules.LogSoftmax"/>
            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);
        }
    }
}
