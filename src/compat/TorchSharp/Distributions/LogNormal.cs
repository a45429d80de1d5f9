using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The distribution of exp(x) where x is normal with mean loc and deviation scale.</summary>
        public class LogNormal : distributions.Distribution
        {
            private Normal normal = null!;

            public LogNormal(Tensor loc, Tensor scale, Generator? generator = null) : this(generator) => Set(loc, scale);

            private LogNormal(Generator? generator) : base(generator) { }

            public Tensor loc { get; private set; } = null!;

            public Tensor scale { get; private set; } = null!;

            private void Set(Tensor loc, Tensor scale)
            {
                (this.loc, this.scale) = OwnBatch(loc, scale);
                normal = new Normal(this.loc, this.scale, generator);
            }

            public override Tensor mean => WrappedTensorDisposeScope(() => (loc + scale.square() / 2).exp());

            public override Tensor mode => WrappedTensorDisposeScope(() => (loc - scale.square()).exp());

            public override Tensor variance => WrappedTensorDisposeScope(() => scale.square().expm1() * (2 * loc + scale.square()).exp());

            public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() => normal.rsample(sample_shape).exp());

            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() => normal.log_prob(value.log()) - value.log());

            public override Tensor entropy() => WrappedTensorDisposeScope(() => normal.entropy() + loc);

            public override Tensor cdf(Tensor value) => WrappedTensorDisposeScope(() => normal.cdf(value.log()));

            public override Tensor icdf(Tensor value) => WrappedTensorDisposeScope(() => normal.icdf(value).exp());

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new LogNormal(generator));
                expanded.Set(loc.expand(batch_shape.Shape), scale.expand(batch_shape.Shape));
                return expanded;
            }

            protected override void Dispose(bool disposing)
            {
                if (disposing) normal.Dispose();
                base.Dispose(disposing);
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.LogNormal"/>
            public static Modules.LogNormal LogNormal(Tensor loc, Tensor scale, Generator? generator = null) => new(loc, scale, generator);
        }
    }
}
