using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The failures before the first success of trials with probability probs.</summary>
        public class Geometric : BernoulliFamily
        {
            public Geometric(Tensor? probs = null, Tensor? logits = null, Generator? generator = null) : this(generator) => Set(probs, logits);

            private Geometric(Generator? generator) : base(generator) { }

            public override Tensor mean => WrappedTensorDisposeScope(() => 1 / probs - 1);

            public override Tensor mode => zeros_like(Parameter);

            public override Tensor variance => WrappedTensorDisposeScope(() => (1 / probs - 1) / probs);

            public override Tensor rsample(params long[] sample_shape)
            {
                using var off = no_grad();
                return WrappedTensorDisposeScope(() =>
                {
                    var u = empty(
                        ExtendedShape(sample_shape), dtype: Parameter.dtype, device: Parameter.device).uniform_(finfo(Parameter.dtype).tiny, 1,
                        generator);
                    return (u.log() / (-probs).log1p()).floor();
                });
            }

            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
            {
                var p = probs;
                // 0 · log 0 is 0 here: with p = 1 there is no failure.
                return value.xlogy(1 - p) + p.log();
            });

            public override Tensor entropy() => WrappedTensorDisposeScope(() => CrossEntropy(logits, probs) / probs);

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new Geometric(generator));
                expanded.Set(GivenProbs?.expand(batch_shape.Shape), GivenLogits?.expand(batch_shape.Shape));
                return expanded;
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.Geometric"/>
            public static Modules.Geometric Geometric(Tensor? probs = null, Tensor? logits = null, Generator? generator = null) =>
                new(probs, logits, generator);
        }
    }
}
