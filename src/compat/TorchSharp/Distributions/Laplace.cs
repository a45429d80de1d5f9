using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The Laplace distribution: density exp(-|x - loc| / scale) / (2 scale).</summary>
        public class Laplace : distributions.Distribution
        {
            private Tensor loc = null!, scale = null!;

            public Laplace(Tensor loc, Tensor scale, Generator? generator = null) : this(generator) => Set(loc, scale);

            private Laplace(Generator? generator) : base(generator) { }

            private void Set(Tensor loc, Tensor scale) => (this.loc, this.scale) = OwnBatch(loc, scale);

            public override Tensor mean => loc;

            public override Tensor mode => loc;

            public override Tensor stddev => scale * Math.Sqrt(2);

            public override Tensor variance => WrappedTensorDisposeScope(() => 2 * scale.square());

            public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() =>
            {
                var eps = finfo(loc.dtype).eps;
                var u = empty(ExtendedShape(sample_shape), dtype: loc.dtype, device: loc.device).uniform_(eps - 1, 1, generator);
                return loc - scale * u.sign() * (-u.abs()).log1p();
            });

            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() => -(2 * scale).log() - (value - loc).abs() / scale);

            public override Tensor entropy() => WrappedTensorDisposeScope(() => 1 + (2 * scale).log());

            public override Tensor cdf(Tensor value) => WrappedTensorDisposeScope(() =>
                0.5 - 0.5 * (value - loc).sign() * (-(value - loc).abs() / scale).expm1());

            public override Tensor icdf(Tensor value) => WrappedTensorDisposeScope(() =>
                loc - scale * (value - 0.5).sign() * (-2 * (value - 0.5).abs()).log1p());

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new Laplace(generator));
                expanded.Set(loc.expand(batch_shape.Shape), scale.expand(batch_shape.Shape));
                return expanded;
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.Laplace"/>
            public static Modules.Laplace Laplace(Tensor loc, Tensor scale, Generator? generator = null) => new(loc, scale, generator);

            /// <inheritdoc cref="Modules.Laplace"/>
            public static Modules.Laplace Laplace(float loc, float scale = 1.0f, Generator? generator = null) =>
                new(tensor(loc), tensor(scale), generator);

            /// <inheritdoc cref="Modules.Laplace"/>
            public static Modules.Laplace Laplace(double loc, double scale = 1.0, Generator? generator = null) =>
                new(tensor(loc), tensor(scale), generator);
        }
    }
}
