using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The distribution of |x| where x is normal with mean 0 and deviation scale.</summary>
        public class HalfNormal : distributions.Distribution
        {
            public Tensor scale { get; private set; } = null!;

            public HalfNormal(Tensor scale, Generator? generator = null) : this(generator) => Set(scale);

            private HalfNormal(Generator? generator) : base(generator) { }

            private void Set(Tensor scale)
            {
                this.scale = Own(scale);
                batch_shape = scale.shape;
            }

            public override Tensor mean => scale * Math.Sqrt(2 / Math.PI);

            public override Tensor mode => zeros_like(scale);

            public override Tensor variance => WrappedTensorDisposeScope(() => scale.square() * (1 - 2 / Math.PI));

            public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() =>
                empty(ExtendedShape(sample_shape), dtype: scale.dtype, device: scale.device).normal_(generator: generator).abs() * scale);

            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
                (Math.Log(2 / Math.PI) / 2 - (value / scale).square() / 2 - scale.log()).masked_fill(value.lt(0), double.NegativeInfinity));

            public override Tensor entropy() => WrappedTensorDisposeScope(() => scale.log() + (1 + Math.Log(Math.PI / 2)) / 2);

            public override Tensor cdf(Tensor value) => WrappedTensorDisposeScope(() => (value / (scale * Math.Sqrt(2))).erf());

            public override Tensor icdf(Tensor value) => WrappedTensorDisposeScope(() => value.erfinv() * (scale * Math.Sqrt(2)));

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new HalfNormal(generator));
                expanded.Set(scale.expand(batch_shape.Shape));
                return expanded;
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.HalfNormal"/>
            public static Modules.HalfNormal HalfNormal(Tensor scale, Generator? generator = null) => new(scale, generator);
        }
    }
}
