using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The gamma distribution: density rateᶜ xᶜ⁻¹ exp(-rate · x) / Γ(c) with c the concentration.</summary>
        public class Gamma : distributions.Distribution
        {
            protected Tensor concentration = null!;
            private Tensor rate = null!;

            public Gamma(Tensor concentration, Tensor rate, Generator? generator = null) : this(generator) => Set(concentration, rate);

            private protected Gamma(Generator? generator) : base(generator) { }

            private protected void Set(Tensor concentration, Tensor rate) => (this.concentration, this.rate) = OwnBatch(concentration, rate);

            public override Tensor mean => concentration / rate;

            public override Tensor mode => WrappedTensorDisposeScope(() => ((concentration - 1) / rate).clamp(min: 0));

            public override Tensor variance => WrappedTensorDisposeScope(() => concentration / rate.square());

            public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() =>
            {
                var shape = ExtendedShape(sample_shape);
                var value = torch._standard_gamma(concentration.expand(shape), generator) / rate.expand(shape);
                // Zero has no density for some concentrations; the gradient does not feel this.
                value.detach().clamp_(min: finfo(value.dtype).tiny);
                return value;
            });

            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
                concentration.xlogy(rate) + (concentration - 1).xlogy(value) - rate * value - concentration.lgamma());

            public override Tensor entropy() => WrappedTensorDisposeScope(() =>
                concentration - rate.log() + concentration.lgamma() + (1 - concentration) * concentration.digamma());

            public override Tensor cdf(Tensor value) => WrappedTensorDisposeScope(() => concentration.igamma(rate * value));

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new Gamma(generator));
                expanded.Set(concentration.expand(batch_shape.Shape), rate.expand(batch_shape.Shape));
                return expanded;
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.Gamma"/>
            public static Modules.Gamma Gamma(Tensor concentration, Tensor rate, Generator? generator = null) => new(concentration, rate, generator);
        }
    }
}
