using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>One trial: 1 with probability probs, else 0.</summary>
        public class Bernoulli : BernoulliFamily
        {
            public Bernoulli(Tensor? p = null, Tensor? l = null, Generator? generator = null) : this(generator) => Set(p, l);

            private Bernoulli(Generator? generator) : base(generator) { }

            public override Tensor mean => probs;

            /// <summary>NaN where both values are as likely.</summary>
            public override Tensor mode => WrappedTensorDisposeScope(() =>
            {
                var p = probs;
                return p.gt(0.5).to(p.dtype).masked_fill(p.eq(0.5), double.NaN);
            });

            public override Tensor variance => WrappedTensorDisposeScope(() => probs * (1 - probs));

            public override Tensor rsample(params long[] sample_shape)
            {
                using var off = no_grad();
                return WrappedTensorDisposeScope(() => probs.expand(ExtendedShape(sample_shape)).bernoulli(generator));
            }

            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
            {
                var both = broadcast_tensors(logits, value);
                return -CrossEntropy(both[0], both[1]);
            });

            public override Tensor entropy() => WrappedTensorDisposeScope(() => CrossEntropy(logits, probs));

            public override Tensor enumerate_support(bool expand = true) => WrappedTensorDisposeScope(() => Support(2, Parameter, expand));

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new Bernoulli(generator));
                expanded.Set(GivenProbs?.expand(batch_shape.Shape), GivenLogits?.expand(batch_shape.Shape));
                return expanded;
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.Bernoulli"/>
            public static Modules.Bernoulli Bernoulli(Tensor? probs = null, Tensor? logits = null, Generator? generator = null) =>
                new(probs, logits, generator);

            /// <inheritdoc cref="Modules.Bernoulli"/>
            public static Modules.Bernoulli Bernoulli(float? probs, float? logits, Generator? generator = null) =>
                new(Modules.BernoulliFamily.Number(probs), Modules.BernoulliFamily.Number(logits), generator);

            /// <inheritdoc cref="Modules.Bernoulli"/>
            public static Modules.Bernoulli Bernoulli(double? probs, double? logits, Generator? generator = null) =>
                new(Modules.BernoulliFamily.Number(probs), Modules.BernoulliFamily.Number(logits), generator);
        }
    }
}
