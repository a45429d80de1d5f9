using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>One of several categories as a vector with a single 1.</summary>
        public class OneHotCategorical : distributions.Distribution
        {
            private Categorical categorical = null!;

            private OneHotCategorical(Generator? generator) : base(generator) { }

            private void Set(Categorical categorical)
            {
                this.categorical = categorical;
                (batch_shape, event_shape) = (categorical.batch_shape, categorical.Events);
            }

            public Tensor probs => categorical.probs;

            public Tensor logits => categorical.logits;
            public OneHotCategorical(Tensor? p = null, Tensor? l = null, Generator? generator = null)
                : this(generator) => Set(new Categorical(p, l, generator));

            public override Tensor mean => probs;

            public override Tensor mode => WrappedTensorDisposeScope(() => OneHot(categorical.mode));

            public override Tensor variance => WrappedTensorDisposeScope(() => probs * (1 - probs));

            public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() => OneHot(categorical.sample(sample_shape)));

            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() => categorical.log_prob(value.argmax(-1)));

            public override Tensor entropy() => categorical.entropy();

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new OneHotCategorical(generator));
                expanded.Set((Categorical)categorical.expand(batch_shape));
                return expanded;
            }

            private Tensor OneHot(Tensor categories) => nn.functional.one_hot(categories, event_shape[0]).to(probs.dtype);

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
            /// <inheritdoc cref="Modules.OneHotCategorical"/>
            public static Modules.OneHotCategorical OneHotCategorical(Tensor? probs = null, Tensor? logits = null, Generator? generator = null) =>
                new(probs, logits, generator);
        }
    }
}
