using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>
        /// A differentiable stand-in for Bernoulli draws, between 0 and 1 (Maddison, Mnih and Teh, 2017, appendix B): sharper the lower the
        /// temperature.
        /// </summary>
        public class RelaxedBernoulli : BernoulliFamily
        {
            public RelaxedBernoulli(Tensor temperature, Tensor? probs = null, Tensor? logits = null, Generator? generator = null)
                : this(generator) => Set(temperature, probs, logits);

            private RelaxedBernoulli(Generator? generator) : base(generator) { }

            public Tensor temperature { get; private set; } = null!;

            private void Set(Tensor temperature, Tensor? probs, Tensor? logits)
            {
                this.temperature = Own(temperature);
                Set(probs, logits);
            }

            public override Tensor mean => throw Missing("mean");

            public override Tensor variance => throw Missing("variance");

            public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() =>
            {
                var u = ClampProbs(rand(ExtendedShape(sample_shape), dtype: Parameter.dtype, device: Parameter.device, generator: generator));
                return ((u.log() - (-u).log1p() + logits) / temperature).sigmoid();
            });

            /// <summary>Equation 24 of the paper.</summary>
            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
            {
                var difference = logits - (value.log() - (-value).log1p()) * temperature;
                return temperature.log() + difference - 2 * difference.softplus() - value.log() - (-value).log1p();
            });

            public override Tensor entropy() => throw Missing("entropy");

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new RelaxedBernoulli(generator));
                expanded.Set(temperature, GivenProbs?.expand(batch_shape.Shape), GivenLogits?.expand(batch_shape.Shape));
                return expanded;
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.RelaxedBernoulli"/>
            public static Modules.RelaxedBernoulli RelaxedBernoulli(
                Tensor temperature, Tensor? probs = null, Tensor? logits = null, Generator? generator = null) =>
                new(temperature, probs, logits, generator);

            /// <inheritdoc cref="Modules.RelaxedBernoulli"/>
            public static Modules.RelaxedBernoulli RelaxedBernoulli(Tensor temperature, float? probs, float? logits, Generator? generator = null) =>
                new(temperature, Modules.BernoulliFamily.Number(probs), Modules.BernoulliFamily.Number(logits), generator);

            /// <inheritdoc cref="Modules.RelaxedBernoulli"/>
            public static Modules.RelaxedBernoulli RelaxedBernoulli(Tensor temperature, double? probs, double? logits, Generator? generator = null) =>
                new(temperature, Modules.BernoulliFamily.Number(probs), Modules.BernoulliFamily.Number(logits), generator);
        }
    }
}
