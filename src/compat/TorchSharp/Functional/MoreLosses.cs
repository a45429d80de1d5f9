using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <inheritdoc cref="Modules.PoissonNLLLoss"/>
            public static Tensor poisson_nll_loss(Tensor input, Tensor target, bool log_input = true, bool full = false, float eps = 1e-8f, Reduction reduction = Reduction.Mean) =>
                Ops.poisson_nll_loss(input, target, log_input, full, eps, (long)reduction);

            /// <inheritdoc cref="Modules.GaussianNLLLoss"/>
            public static Tensor gaussian_nll_loss(Tensor input, Tensor target, Tensor variance, bool full = false, float eps = 1e-6f, Reduction reduction = Reduction.Mean)
            {
                using var loss = new GaussianNLLLoss(full, eps, reduction);
                return loss.call(input, target, variance);
            }

            /// <inheritdoc cref="Modules.CTCLoss"/>
            public static Tensor ctc_loss(Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths, long blank = 0, bool zero_infinity = false,
                Reduction reduction = Reduction.Mean) =>
                Ops.ctc_loss_of_tensors(log_probs, targets, input_lengths, target_lengths, blank, (long)reduction, zero_infinity);

            /// <inheritdoc cref="Modules.CosineEmbeddingLoss"/>
            public static Tensor cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, double margin = 0.0, Reduction reduction = Reduction.Mean) =>
                Ops.cosine_embedding_loss(input1, input2, target, margin, (long)reduction);

            /// <inheritdoc cref="Modules.HingeEmbeddingLoss"/>
            public static Tensor hinge_embedding_loss(Tensor input, Tensor target, double margin = 0.0, Reduction reduction = Reduction.Mean) =>
                Ops.hinge_embedding_loss(input, target, margin, (long)reduction);

            /// <inheritdoc cref="Modules.MarginRankingLoss"/>
            public static Tensor margin_ranking_loss(Tensor input1, Tensor input2, Tensor target, double margin = 0.0, Reduction reduction = Reduction.Mean) =>
                Ops.margin_ranking_loss(input1, input2, target, margin, (long)reduction);

            /// <inheritdoc cref="Modules.MultiLabelMarginLoss"/>
            public static Tensor multi_label_margin_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Ops.multilabel_margin_loss(input, target, (long)reduction);

            /// <inheritdoc cref="Modules.MultiLabelSoftMarginLoss"/>
            public static Tensor multilabel_soft_margin_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean)
            {
                using var elements = Ops.binary_cross_entropy_with_logits(input, target, weight, null, (long)Reduction.None);
                if (reduction == Reduction.None) return elements.mean([-1]);
                using var examples = elements.mean([-1]);
                return Reduced(examples, reduction);
            }

            /// <inheritdoc cref="Modules.MultiMarginLoss"/>
            public static Tensor multi_margin_loss(Tensor input, Tensor target, int p = 1, double margin = 1.0, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Ops.multi_margin_loss(input, target, p, margin, weight, (long)reduction);

            /// <inheritdoc cref="Modules.SoftMarginLoss"/>
            public static Tensor soft_margin_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Ops.soft_margin_loss(input, target, (long)reduction);

            /// <inheritdoc cref="Modules.TripletMarginLoss"/>
            public static Tensor triplet_margin_loss(Tensor anchor, Tensor positive, Tensor negative, double margin = 1.0, long p = 2, double eps = 1e-06, bool swap = false,
                Reduction reduction = Reduction.Mean) =>
                Ops.triplet_margin_loss(anchor, positive, negative, margin, p, eps, swap, (long)reduction);

            /// <inheritdoc cref="Modules.TripletMarginWithDistanceLoss"/>
            public static Tensor triplet_margin_with_distance_loss(Tensor anchor, Tensor positive, Tensor negative, Func<Tensor, Tensor, Tensor>? distance = null, double margin = 1.0,
                bool swap = false, Reduction reduction = Reduction.Mean)
            {
                using var scope = NewDisposeScope();
                distance ??= (first, second) => pairwise_distance(first, second);
                var near = distance(anchor, positive);
                var far = distance(anchor, negative);
                if (swap) far = minimum(far, distance(positive, negative));
                return Reduced(near.sub(far).add(margin).clamp_min(0), reduction).MoveToOuterDisposeScope();
            }

            /// <summary>The losses of the elements as they are, or their mean or sum as a new tensor.</summary>
            internal static Tensor Reduced(Tensor losses, Reduction reduction) => reduction switch
            {
                Reduction.Mean => losses.mean(),
                Reduction.Sum => losses.sum(),
                _ => losses,
            };
        }
    }
}
