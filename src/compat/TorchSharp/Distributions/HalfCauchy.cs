using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The distribution of |x| where x is Cauchy with location 0; its mean and variance are infinite.</summary>
        public class HalfCauchy : distributions.Distribution
        {
            public Tensor scale { get; private set; } = null!;

            public HalfCauchy(Tensor scale, Generator? generator = null) : this(generator) => Set(scale);

            private HalfCauchy(Generator? generator) : base(generator) { }

            private void Set(Tensor scale)
            {
                this.scale = Own(scale);
                batch_shape = scale.shape;
            }

            public override Tensor mean => full_like(scale, double.PositiveInfinity);

            public override Tensor mode => zeros_like(scale);

            public override Tensor variance => full_like(scale, double.PositiveInfinity);

            public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() =>
                empty(ExtendedShape(sample_shape), dtype: scale.dtype, device: scale.device).cauchy_(generator: generator).abs() * scale);

            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
                (Math.Log(2 / Math.PI) - scale.log() - (value / scale).square().log1p()).masked_fill(value.lt(0), double.NegativeInfinity));

            public override Tensor entropy() => WrappedTensorDisposeScope(() => Math.Log(2 * Math.PI) + scale.log());

            public override Tensor cdf(Tensor value) => WrappedTensorDisposeScope(() => (value / scale).atan() * (2 / Math.PI));

            public override Tensor icdf(Tensor value) => WrappedTensorDisposeScope(() => (value * (Math.PI / 2)).tan() * scale);

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new HalfCauchy(generator));
                expanded.Set(scale.expand(batch_shape.Shape));
                return expanded;
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.HalfCauchy"/>
            public static Modules.HalfCauchy HalfCauchy(Tensor scale, Generator? generator = null) => new(scale, generator);
        }
    }
}
