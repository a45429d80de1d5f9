namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <inheritdoc cref="Modules.MSELoss"/>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Ops.mse_loss(input, target, (long)reduction);

            /// <inheritdoc cref="Modules.L1Loss"/>
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Ops.l1_loss(input, target, (long)reduction);

            /// <inheritdoc cref="Modules.SmoothL1Loss"/>
            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1.0) =>
                Ops.smooth_l1_loss(input, target, (long)reduction, beta);

            /// <inheritdoc cref="Modules.HuberLoss"/>
            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1.0, Reduction reduction = Reduction.Mean) =>
                Ops.huber_loss(input, target, (long)reduction, delta);

            /// <inheritdoc cref="Modules.CrossEntropyLoss"/>
            /// <param name="weight">A weight for each class, of shape [C].</param>
            /// <param name="ignore_index">A target value that contributes nothing.</param>
            /// <param name="label_smoothing">The part of the target, 0 to 1, that is spread evenly over all classes.</param>
            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean,
                double label_smoothing = 0.0) => Ops.cross_entropy_loss(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            /// <inheritdoc cref="Modules.NLLLoss"/>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Ops.nll_loss(input, target, weight, (long)reduction, -100);

            /// <inheritdoc cref="Modules.BCELoss"/>
            public static Tensor binary_cross_entropy(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Ops.binary_cross_entropy(input, target, weight, (long)reduction);

            /// <inheritdoc cref="Modules.BCEWithLogitsLoss"/>
            /// <param name="pos_weights">A weight of the positive examples of each class.</param>
            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Ops.binary_cross_entropy_with_logits(input, target, weight, pos_weights, (long)reduction);

            /// <inheritdoc cref="Modules.KLDivLoss"/>
            /// <param name="log_target">True (upstream's default, unlike Python's) where the target too holds logarithms.</param>
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                Ops.kl_div(input, target, (long)reduction, log_target);
        }
    }
}
