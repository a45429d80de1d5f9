using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The Cauchy distribution: density 1 / (π scale (1 + ((x - loc) / scale)²)); it has no mean and an infinite variance.</summary>
        public class Cauchy : distributions.Distribution
        {
            private Tensor loc = null!, scale = null!;

            public Cauchy(Tensor loc, Tensor scale, Generator? generator = null) : this(generator) => Set(loc, scale);

            private Cauchy(Generator? generator) : base(generator) { }

            private void Set(Tensor loc, Tensor scale) => (this.loc, this.scale) = OwnBatch(loc, scale);

            public override Tensor mean => full_like(loc, double.NaN);

            public override Tensor mode => loc;

            public override Tensor variance => full_like(loc, double.PositiveInfinity);

            public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() =>
                loc + empty(ExtendedShape(sample_shape), dtype: loc.dtype, device: loc.device).cauchy_(generator: generator) * scale);

            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
                -Math.Log(Math.PI) - scale.log() - ((value - loc) / scale).square().log1p());

            public override Tensor entropy() => WrappedTensorDisposeScope(() => Math.Log(4 * Math.PI) + scale.log());

            public override Tensor cdf(Tensor value) => WrappedTensorDisposeScope(() => ((value - loc) / scale).atan() / Math.PI + 0.5);

            public override Tensor icdf(Tensor value) => WrappedTensorDisposeScope(() => (Math.PI * (value - 0.5)).tan() * scale + loc);

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new Cauchy(generator));
                expanded.Set(loc.expand(batch_shape.Shape), scale.expand(batch_shape.Shape));
                return expanded;
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.Cauchy"/>
            public static Modules.Cauchy Cauchy(Tensor loc, Tensor scale, Generator? generator = null) => new(loc, scale, generator);
        }
    }
}
