namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <inheritdoc cref="Modules.Dropout"/>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace ? Ops.dropout_(input, p, training).alias() : Ops.dropout(input, p, training);

            /// <inheritdoc cref="Modules.Dropout1d"/>
            public static Tensor dropout1d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => Channels(input, p, training, inplace);

            /// <inheritdoc cref="Modules.Dropout2d"/>
            public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => Channels(input, p, training, inplace);

            /// <inheritdoc cref="Modules.Dropout3d"/>
            public static Tensor dropout3d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => Channels(input, p, training, inplace);

            /// <inheritdoc cref="Modules.AlphaDropout"/>
            public static Tensor alpha_dropout(Tensor input, double p = 0.5, bool training = false, bool inplace = false) =>
                inplace ? Ops.alpha_dropout_(input, p, training).alias() : Ops.alpha_dropout(input, p, training);

            /// <inheritdoc cref="Modules.FeatureAlphaDropout"/>
            public static Tensor feature_alpha_dropout(Tensor input, double p = 0.5, bool training = false, bool inplace = false) =>
                inplace ? Ops.feature_alpha_dropout_(input, p, training).alias() : Ops.feature_alpha_dropout(input, p, training);

            private static Tensor Channels(Tensor input, double p, bool training, bool inplace) =>
                inplace ? Ops.feature_dropout_(input, p, training).alias() : Ops.feature_dropout(input, p, training);
        }
    }
}
