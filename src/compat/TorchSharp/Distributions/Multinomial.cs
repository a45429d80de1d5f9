using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>How often each category came in total_count draws.</summary>
        public class Multinomial : distributions.Distribution
        {
            private int total_count;
            private Categorical categorical = null!;

            private Multinomial(Generator? generator) : base(generator) { }

            private void Set(Categorical categorical)
            {
                this.categorical = categorical;
                (batch_shape, event_shape) = (categorical.batch_shape, categorical.Events);
            }

            public Tensor probs => categorical.probs;

            public Tensor logits => categorical.logits;
            public Multinomial(int total_count, Tensor? probs = null, Tensor? logits = null, Generator? generator = null) : this(generator)
            {
                this.total_count = total_count;
                Set(new Categorical(probs, logits, generator));
            }

            public long[] param_shape => categorical.param_shape;

            public override Tensor mean => WrappedTensorDisposeScope(() => probs * total_count);

            public override Tensor variance => WrappedTensorDisposeScope(() => total_count * probs * (1 - probs));

            public override Tensor rsample(params long[] sample_shape)
            {
                using var off = no_grad();
                return WrappedTensorDisposeScope(() =>
                {
                    var draws = categorical.sample([total_count, .. sample_shape]).movedim([0L], [-1L]);
                    return zeros(
                        ExtendedShape(sample_shape), dtype: probs.dtype, device: probs.device).scatter_add(-1, draws, ones_like(draws, probs.dtype));
                });
            }

            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
            {
                var counts = value.to(probs.dtype);
                // A category that never came may be impossible: 0 · log 0 is 0.
                var weighted = (logits * counts).masked_fill(counts.eq(0), 0);
                return (counts.sum(dim: -1) + 1).lgamma() - (counts + 1).lgamma().sum(dim: -1) + weighted.sum(dim: -1);
            });

            /// <summary>n H(probs) - log n! + Σᵢ E log kᵢ!, where each count kᵢ alone is binomial.</summary>
            public override Tensor entropy() => WrappedTensorDisposeScope(() =>
            {
                using var counts = new Binomial(full_like(probs, total_count), probs, null, generator);
                var support = counts.enumerate_support();
                var expected = (counts.log_prob(support).exp() * (support + 1).lgamma()).sum(dim: 0).sum(dim: -1);
                return total_count * categorical.entropy() - full_like(expected, total_count + 1.0).lgamma() + expected;
            });

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new Multinomial(generator));
                expanded.total_count = total_count;
                expanded.Set((Categorical)categorical.expand(batch_shape));
                return expanded;
            }

            protected override void Dispose(bool disposing)
            {
                if (disposing) categorical.Dispose();
                base.Dispose(disposing);
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.Multinomial"/>
            public static Modules.Multinomial Multinomial(
                int total_count, Tensor? probs = null, Tensor? logits = null, Generator? generator = null) =>
                new(total_count, probs, logits, generator);

            /// <summary>Draws from categories that are all as likely.</summary>
            public static Modules.Multinomial Multinomial(int total_count, int categories, Generator? generator = null) =>
                new(total_count, full([categories], 1.0 / categories), null, generator);
        }
    }
}
