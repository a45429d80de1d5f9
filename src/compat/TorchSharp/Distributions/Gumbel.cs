using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The Gumbel distribution of largest values: cumulated exp(-exp(-(x - loc) / scale)).</summary>
        public class Gumbel : distributions.Distribution
        {
            private Tensor loc = null!, scale = null!;

            public Gumbel(Tensor loc, Tensor scale, Generator? generator = null) : this(generator) => Set(loc, scale);

            private Gumbel(Generator? generator) : base(generator) { }

            private void Set(Tensor loc, Tensor scale) => (this.loc, this.scale) = OwnBatch(loc, scale);

            public override Tensor mean => WrappedTensorDisposeScope(() => loc + scale * euler_constant);

            public override Tensor mode => loc;

            public override Tensor stddev => scale * (Math.PI / Math.Sqrt(6));

            public override Tensor variance => WrappedTensorDisposeScope(() => scale.square() * (Math.PI * Math.PI / 6));

            public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() =>
            {
                var limits = finfo(loc.dtype);
                return icdf(empty(
                    ExtendedShape(sample_shape), dtype: loc.dtype, device: loc.device).uniform_(limits.tiny, 1 - limits.eps, generator));
            });

            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
            {
                var y = (loc - value) / scale;
                return y - y.exp() - scale.log();
            });

            public override Tensor entropy() => WrappedTensorDisposeScope(() => scale.log() + (1 + euler_constant));

            public override Tensor cdf(Tensor value) => WrappedTensorDisposeScope(() => (-((loc - value) / scale).exp()).exp());

            public override Tensor icdf(Tensor value) => WrappedTensorDisposeScope(() => loc - scale * (-value.log()).log());

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new Gumbel(generator));
                expanded.Set(loc.expand(batch_shape.Shape), scale.expand(batch_shape.Shape));
                return expanded;
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.Gumbel"/>
            public static Modules.Gumbel Gumbel(Tensor loc, Tensor scale, Generator? generator = null) => new(loc, scale, generator);
        }
    }
}
