using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The uniform distribution from low (included) to high (excluded).</summary>
        public class Uniform : distributions.Distribution
        {
            private Tensor low = null!, high = null!;

            public Uniform(Tensor low, Tensor high, Generator? generator = null) : this(generator) => Set(low, high);

            private Uniform(Generator? generator) : base(generator) { }

            private void Set(Tensor low, Tensor high) => (this.low, this.high) = OwnBatch(low, high);

            public override Tensor mean => WrappedTensorDisposeScope(() => (high + low) / 2);

            public override Tensor mode => high * double.NaN;

            public override Tensor variance => WrappedTensorDisposeScope(() => (high - low).square() / 12);

            public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() =>
                low + rand(ExtendedShape(sample_shape), dtype: low.dtype, device: low.device, generator: generator) * (high - low));

            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
                (low.le(value) & high.gt(value)).to(low.dtype).log() - (high - low).log());

            public override Tensor entropy() => WrappedTensorDisposeScope(() => (high - low).log());

            public override Tensor cdf(Tensor value) => WrappedTensorDisposeScope(() => ((value - low) / (high - low)).clamp(0, 1));

            public override Tensor icdf(Tensor value) => WrappedTensorDisposeScope(() => value * (high - low) + low);

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new Uniform(generator));
                expanded.Set(low.expand(batch_shape.Shape), high.expand(batch_shape.Shape));
                return expanded;
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.Uniform"/>
            public static Modules.Uniform Uniform(Tensor low, Tensor high, Generator? generator = null) => new(low, high, generator);
        }
    }
}
