using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The successes of trials with probability probs before total_count failures.</summary>
        public class NegativeBinomial : BernoulliFamily
        {
            private Tensor total_count = null!;

            public NegativeBinomial(Tensor total_count, Tensor? p = null, Tensor? l = null, Generator? generator = null)
                : this(generator) => Set(total_count, p, l);

            private NegativeBinomial(Generator? generator) : base(generator) { }

            private void Set(Tensor total_count, Tensor? p, Tensor? l)
            {
                CheckOne(p, l);
                using var scope = NewDisposeScope();
                var both = broadcast_tensors(total_count, (p ?? l)!);
                this.total_count = Own(both[0].to(both[1].dtype));
                Set(p is null ? null : both[1], l is null ? null : both[1]);
            }

            public override Tensor mean => WrappedTensorDisposeScope(() => total_count * logits.exp());

            public override Tensor mode => WrappedTensorDisposeScope(() => ((total_count - 1) * logits.exp()).floor().clamp(min: 0));

            public override Tensor variance => WrappedTensorDisposeScope(() => mean / (-logits).sigmoid());

            /// <summary>Poisson draws whose rates are gamma draws.</summary>
            public override Tensor rsample(params long[] sample_shape)
            {
                using var off = no_grad();
                return WrappedTensorDisposeScope(() =>
                {
                    using var rates = new Gamma(total_count, (-logits).exp(), generator);
                    return poisson(rates.sample(sample_shape), generator);
                });
            }

            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
            {
                var l = logits;
                var ways = ((total_count + value).lgamma() - (1 + value).lgamma() - total_count.lgamma()).masked_fill((total_count + value).eq(0), 0);
                return total_count * (-l).log_sigmoid() + value * l.log_sigmoid() + ways;
            });

            public override Tensor entropy() => throw Missing("entropy");

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new NegativeBinomial(generator));
                expanded.Set(total_count.expand(batch_shape.Shape), GivenProbs?.expand(batch_shape.Shape), GivenLogits?.expand(batch_shape.Shape));
                return expanded;
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.NegativeBinomial"/>
            public static Modules.NegativeBinomial NegativeBinomial(
                Tensor total_count, Tensor? probs = null, Tensor? logits = null, Generator? generator = null) =>
                new(total_count, probs, logits, generator);

            /// <inheritdoc cref="Modules.NegativeBinomial"/>
            public static Modules.NegativeBinomial NegativeBinomial(int total_count, float? probs, float? logits, Generator? generator = null) =>
                new(tensor(total_count), Modules.BernoulliFamily.Number(probs), Modules.BernoulliFamily.Number(logits), generator);

            /// <inheritdoc cref="Modules.NegativeBinomial"/>
            public static Modules.NegativeBinomial NegativeBinomial(int total_count, double? probs, double? logits, Generator? generator = null) =>
                new(tensor(total_count), Modules.BernoulliFamily.Number(probs), Modules.BernoulliFamily.Number(logits), generator);
        }
    }
}
