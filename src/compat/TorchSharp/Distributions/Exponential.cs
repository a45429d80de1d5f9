using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The exponential distribution: density rate · exp(-rate · x).</summary>
        public class Exponential : distributions.Distribution
        {
            private Tensor rate = null!;

            public Exponential(Tensor rate, Generator? generator = null) : this(generator) => Set(rate);

            private Exponential(Generator? generator) : base(generator) { }

            private void Set(Tensor rate)
            {
                this.rate = Own(rate);
                batch_shape = rate.shape;
            }

            public override Tensor mean => rate.reciprocal();

            public override Tensor mode => zeros_like(rate);

            public override Tensor stddev => rate.reciprocal();

            public override Tensor variance => rate.pow(-2);

            public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() =>
                empty(ExtendedShape(sample_shape), dtype: rate.dtype, device: rate.device).exponential_(generator: generator) / rate);

            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() => rate.log() - rate * value);

            public override Tensor entropy() => WrappedTensorDisposeScope(() => 1 - rate.log());

            public override Tensor cdf(Tensor value) => WrappedTensorDisposeScope(() => -(-rate * value).expm1());

            public override Tensor icdf(Tensor value) => WrappedTensorDisposeScope(() => -(-value).log1p() / rate);

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new Exponential(generator));
                expanded.Set(rate.expand(batch_shape.Shape));
                return expanded;
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.Exponential"/>
            public static Modules.Exponential Exponential(Tensor rate, Generator? generator = null) => new(rate, generator);
        }
    }
}
