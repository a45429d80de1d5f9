using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>
        /// A differentiable stand-in for one-hot draws, the Gumbel-softmax (Jang, Gu and Poole, 2017; Maddison, Mnih and Teh, 2017): points of a
        /// simplex, closer to its corners the lower the temperature.
        /// </summary>
        public class RelaxedOneHotCategorical : distributions.Distribution
        {
            private Categorical categorical = null!;

            private RelaxedOneHotCategorical(Generator? generator) : base(generator) { }

            private void Set(Categorical categorical)
            {
                this.categorical = categorical;
                (batch_shape, event_shape) = (categorical.batch_shape, categorical.Events);
            }

            public Tensor probs => categorical.probs;

            public Tensor logits => categorical.logits;
            public RelaxedOneHotCategorical(Tensor temperature, Tensor? probs = null, Tensor? logits = null, Generator? generator = null)
                : this(generator) =>
                Set(temperature, new Categorical(probs, logits, generator));

            public Tensor temperature { get; private set; } = null!;

            private void Set(Tensor temperature, Categorical categorical)
            {
                this.temperature = Own(temperature);
                Set(categorical);
            }

            public override Tensor mean => throw Missing("mean");

            public override Tensor variance => throw Missing("variance");

            public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() =>
            {
                var l = logits;
                var u = ClampProbs(rand(ExtendedShape(sample_shape), dtype: l.dtype, device: l.device, generator: generator));
                return ((l - (-u.log()).log()) / temperature).softmax(-1);
            });

            /// <summary>Equation 10 of Maddison, Mnih and Teh.</summary>
            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
            {
                var (count, l, x) = (event_shape[0], logits, value.log());
                var constant = full_like(temperature, (double)count).lgamma() + (count - 1) * temperature.log();
                return constant + (l - (temperature + 1) * x).sum(dim: -1) - count * (l - temperature * x).logsumexp(-1);
            });

            public override Tensor entropy() => throw Missing("entropy");

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new RelaxedOneHotCategorical(generator));
                expanded.Set(temperature, (Categorical)categorical.expand(batch_shape));
                return expanded;
            }

            protected override void Dispose(bool disposing)
            {
                if (disposing) categorical.Dispose();
                base.Dispose(disposing);
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.RelaxedOneHotCategorical"/>
            public static Modules.RelaxedOneHotCategorical RelaxedOneHotCategorical(
                Tensor temperature, Tensor? probs = null, Tensor? logits = null, Generator? generator = null) =>
                new(temperature, probs, logits, generator);
        }
    }
}
