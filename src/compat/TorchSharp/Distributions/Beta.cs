using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The beta distribution: density xᵃ⁻¹ (1 - x)ᵇ⁻¹ / B(a, b) with a = concentration1 and b = concentration0.</summary>
        public class Beta : distributions.Distribution
        {
            private Tensor concentration1 = null!, concentration0 = null!;
            protected Dirichlet dirichlet = null!;

            public Beta(Tensor concentration1, Tensor concentration0, Generator? generator = null)
                : this(generator) => Set(concentration1, concentration0);

            private Beta(Generator? generator) : base(generator) { }

            private void Set(Tensor concentration1, Tensor concentration0)
            {
                (this.concentration1, this.concentration0) = OwnBatch(concentration1, concentration0);
                using var scope = NewDisposeScope();
                dirichlet = new Dirichlet(stack([this.concentration1, this.concentration0], -1), generator);
            }

            public override Tensor mean => WrappedTensorDisposeScope(() => concentration1 / (concentration1 + concentration0));

            public override Tensor mode => WrappedTensorDisposeScope(() => dirichlet.mode.select(-1, 0));

            public override Tensor variance => WrappedTensorDisposeScope(() =>
            {
                var total = concentration1 + concentration0;
                return concentration1 * concentration0 / (total.square() * (total + 1));
            });

            public override Tensor rsample(params long[] sample_shape) =>
                WrappedTensorDisposeScope(() => dirichlet.rsample(sample_shape).select(-1, 0));

            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() => dirichlet.log_prob(stack([value, 1 - value], -1)));

            public override Tensor entropy() => dirichlet.entropy();

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new Beta(generator));
                expanded.Set(concentration1.expand(batch_shape.Shape), concentration0.expand(batch_shape.Shape));
                return expanded;
            }

            protected override void Dispose(bool disposing)
            {
                if (disposing) dirichlet.Dispose();
                base.Dispose(disposing);
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.Beta"/>
            public static Modules.Beta Beta(Tensor concentration1, Tensor concentration0, Generator? generator = null) =>
                new(concentration1, concentration0, generator);
        }
    }
}
