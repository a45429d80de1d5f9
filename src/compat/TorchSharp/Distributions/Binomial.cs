using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The successes in total_count trials with probability probs.</summary>
        public class Binomial : BernoulliFamily
        {
            private Tensor total_count = null!;

            public Binomial(Tensor total_count, Tensor? p = null, Tensor? l = null, Generator? generator = null)
                : this(generator) => Set(total_count, p, l);

            private Binomial(Generator? generator) : base(generator) { }

            private void Set(Tensor total_count, Tensor? p, Tensor? l)
            {
                CheckOne(p, l);
                using var scope = NewDisposeScope();
                var both = broadcast_tensors(total_count, (p ?? l)!);
                this.total_count = Own(both[0].to(both[1].dtype));
                Set(p is null ? null : both[1], l is null ? null : both[1]);
            }

            public override Tensor mean => WrappedTensorDisposeScope(() => total_count * probs);

            public override Tensor mode => WrappedTensorDisposeScope(() => ((total_count + 1) * probs).floor().minimum(total_count));

            public override Tensor variance => WrappedTensorDisposeScope(() => total_count * probs * (1 - probs));

            public override Tensor rsample(params long[] sample_shape)
            {
                using var off = no_grad();
                var shape = ExtendedShape(sample_shape);
                return WrappedTensorDisposeScope(() => binomial(total_count.expand(shape), probs.expand(shape), generator));
            }

            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
            {
                var l = logits;
                // log (1 + exp(l))ⁿ in a form that does not overflow.
                var normalizer = total_count * (ClampByZero(l) + (-l.abs()).exp().log1p());
                return value * l - normalizer + (total_count + 1).lgamma() - (value + 1).lgamma() - (total_count - value + 1).lgamma();
            });

            /// <summary>The sum over all outcomes; the counts must be equal throughout the batch.</summary>
            public override Tensor entropy() => WrappedTensorDisposeScope(() =>
            {
                var logarithms = log_prob(enumerate_support());
                return -(logarithms.exp() * logarithms).sum(dim: 0);
            });

            public override Tensor enumerate_support(bool expand = true) => WrappedTensorDisposeScope(() =>
            {
                var most = (long)total_count.max().ToDouble();
                if ((long)total_count.min().ToDouble() != most)
                    throw new NotImplementedException(
                        "The outcomes of binomial distributions with different total counts in one batch have no common list.");
                return Support(most + 1, Parameter, expand);
            });

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new Binomial(generator));
                expanded.Set(total_count.expand(batch_shape.Shape), GivenProbs?.expand(batch_shape.Shape), GivenLogits?.expand(batch_shape.Shape));
                return expanded;
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.Binomial"/>
            public static Modules.Binomial Binomial(Tensor total_count, Tensor? probs = null, Tensor? logits = null, Generator? generator = null) =>
                new(total_count, probs, logits, generator);

            /// <inheritdoc cref="Modules.Binomial"/>
            public static Modules.Binomial Binomial(int total_count, float? probs, float? logits, Generator? generator = null) =>
                new(tensor(total_count), Modules.BernoulliFamily.Number(probs), Modules.BernoulliFamily.Number(logits), generator);

            /// <inheritdoc cref="Modules.Binomial"/>
            public static Modules.Binomial Binomial(int total_count, double? probs, double? logits, Generator? generator = null) =>
                new(tensor(total_count), Modules.BernoulliFamily.Number(probs), Modules.BernoulliFamily.Number(logits), generator);
        }
    }
}
