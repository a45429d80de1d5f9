using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>
        /// The Dirichlet distribution over points of a simplex: density Π xᵢ^(αᵢ - 1) · Γ(Σ αᵢ) / Π Γ(αᵢ); the last dimension is the event.
        /// </summary>
        public class Dirichlet : distributions.Distribution
        {
            internal Tensor concentration = null!;

            public Dirichlet(Tensor concentration, Generator? generator = null) : this(generator) => Set(concentration);

            private Dirichlet(Generator? generator) : base(generator) { }

            private void Set(Tensor concentration)
            {
                var shape = concentration.shape;
                if (shape.Length == 0)
                    throw new ArgumentException(
                        "A Dirichlet distribution needs a concentration of one dimension or more, got a number.", nameof(concentration));
                this.concentration = Own(concentration);
                (batch_shape, event_shape) = (shape[..^1], shape[^1..]);
            }

            public override Tensor mean => WrappedTensorDisposeScope(() => concentration / concentration.sum(dim: -1, keepdim: true));

            /// <summary>NaN where no concentration is above 1: the density then has no largest value inside.</summary>
            public override Tensor mode => WrappedTensorDisposeScope(() =>
            {
                var above = (concentration - 1).clamp(min: 0);
                return above / above.sum(dim: -1, keepdim: true);
            });

            public override Tensor variance => WrappedTensorDisposeScope(() =>
            {
                var total = concentration.sum(dim: -1, keepdim: true);
                return concentration * (total - concentration) / (total.square() * (total + 1));
            });

            public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() =>
            {
                var alpha = concentration.expand(ExtendedShape(sample_shape));
                var fixedAlpha = alpha.detach();
                var x = torch._sample_dirichlet(fixedAlpha, generator);
                if (!is_grad_enabled() || !alpha.requires_grad) return x;
                // dxⱼ/dαᵢ = dᵢ (δᵢⱼ - xⱼ) with d from libtorch (Figurnov et al., 2018), put on x as a term of value 0.
                var moved = Ops.dirichlet_gradient(
                    x, fixedAlpha, fixedAlpha.sum(dim: -1, keepdim: true).expand_as(fixedAlpha)) * (alpha - fixedAlpha);
                return x + moved - x * moved.sum(dim: -1, keepdim: true);
            });

            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
                (concentration - 1).xlogy(value).sum(dim: -1) + concentration.sum(dim: -1).lgamma() - concentration.lgamma().sum(dim: -1));

            public override Tensor entropy() => WrappedTensorDisposeScope(() =>
            {
                var total = concentration.sum(dim: -1);
                return concentration.lgamma().sum(dim: -1) - total.lgamma() + (total - event_shape[0]) * total.digamma()
                    - ((concentration - 1) * concentration.digamma()).sum(dim: -1);
            });

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new Dirichlet(generator));
                expanded.Set(concentration.expand((batch_shape + event_shape).Shape));
                return expanded;
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.Dirichlet"/>
            public static Modules.Dirichlet Dirichlet(Tensor concentration, Generator? generator = null) => new(concentration, generator);
        }
    }
}
