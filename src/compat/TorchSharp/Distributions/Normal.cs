using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The normal distribution: density exp(-((x - loc) / scale)² / 2) / (scale √2π).</summary>
        public class Normal : distributions.Distribution
        {
            private Tensor loc = null!, scale = null!;

            public Normal(Tensor loc, Tensor scale, Generator? generator = null) : this(generator) => Set(loc, scale);

            private Normal(Generator? generator) : base(generator) { }

            private void Set(Tensor loc, Tensor scale) => (this.loc, this.scale) = OwnBatch(loc, scale);

            public override Tensor mean => loc;

            public override Tensor mode => loc;

            public override Tensor stddev => scale;

            public override Tensor variance => scale.square();

            public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() =>
                loc + empty(ExtendedShape(sample_shape), dtype: loc.dtype, device: loc.device).normal_(generator: generator) * scale);

            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
                -((value - loc) / scale).square() / 2 - scale.log() - Math.Log(2 * Math.PI) / 2);

            public override Tensor entropy() => WrappedTensorDisposeScope(() => scale.log() + (1 + Math.Log(2 * Math.PI)) / 2);

            public override Tensor cdf(Tensor value) => WrappedTensorDisposeScope(() => special.ndtr((value - loc) / scale));

            public override Tensor icdf(Tensor value) => WrappedTensorDisposeScope(() => loc + scale * special.ndtri(value));

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new Normal(generator));
                expanded.Set(loc.expand(batch_shape.Shape), scale.expand(batch_shape.Shape));
                return expanded;
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.Normal"/>
            public static Modules.Normal Normal(Tensor loc, Tensor scale, Generator? generator = null) => new(loc, scale, generator);

            /// <inheritdoc cref="Modules.Normal"/>
            public static Modules.Normal Normal(float loc, float scale = 1.0f, Generator? generator = null) =>
                new(tensor(loc), tensor(scale), generator);

            /// <inheritdoc cref="Modules.Normal"/>
            public static Modules.Normal Normal(double loc, double scale = 1.0, Generator? generator = null) =>
                new(tensor(loc), tensor(scale), generator);
        }
    }
}
