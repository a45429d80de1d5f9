using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The Poisson distribution: probability rateᵏ exp(-rate) / k!.</summary>
        public class Poisson : distributions.Distribution
        {
            private Tensor rate = null!;

            public Poisson(Tensor rate, Generator? generator = null) : this(generator) => Set(rate);

            private Poisson(Generator? generator) : base(generator) { }

            private void Set(Tensor rate)
            {
                this.rate = Own(rate);
                batch_shape = rate.shape;
            }

            public override Tensor mean => rate;

            public override Tensor mode => rate.floor();

            public override Tensor variance => rate;

            public override Tensor rsample(params long[] sample_shape)
            {
                using var off = no_grad();
                return WrappedTensorDisposeScope(() => torch.poisson(rate.expand(ExtendedShape(sample_shape)), generator));
            }

            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() => value.xlogy(rate) - rate - (value + 1).lgamma());

            public override Tensor entropy() => throw Missing("entropy");

            /// <summary>The probability of at most the value: Γ(⌊value⌋ + 1, rate) / Γ(⌊value⌋ + 1).</summary>
            public override Tensor cdf(Tensor value) => WrappedTensorDisposeScope(() =>
                (value.floor().clamp(min: 0) + 1).igammac(rate).masked_fill(value.lt(0), 0));

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new Poisson(generator));
                expanded.Set(rate.expand(batch_shape.Shape));
                return expanded;
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.Poisson"/>
            public static Modules.Poisson Poisson(Tensor rate, Generator? generator = null) => new(rate, generator);

            /// <inheritdoc cref="Modules.Poisson"/>
            public static Modules.Poisson Poisson(float rate, Generator? generator = null) => new(tensor(rate), generator);

            /// <inheritdoc cref="Modules.Poisson"/>
            public static Modules.Poisson Poisson(double rate, Generator? generator = null) => new(tensor(rate), generator);
        }
    }
}
