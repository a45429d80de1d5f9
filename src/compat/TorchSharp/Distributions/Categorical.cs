using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>
        /// One of several categories, 0, 1, 2 ..., with probabilities probs along the last dimension; logits are logarithms of anything proportional
        /// to them.
        /// </summary>
        public class Categorical : distributions.Distribution
        {
            private Tensor? givenProbs, givenLogits;

            public Categorical(Tensor? probs = null, Tensor? logits = null, Generator? generator = null) : this(generator) => Set(probs, logits);

            private Categorical(Generator? generator) : base(generator) { }

            private void Set(Tensor? probs, Tensor? logits)
            {
                BernoulliFamily.CheckOne(probs, logits);
                var given = (probs ?? logits)!;
                if (given.ndim == 0)
                    throw new ArgumentException("A categorical distribution needs probs or logits of one dimension or more, got a number.");
                using var scope = NewDisposeScope();
                givenProbs = probs is null ? null : Own(probs / probs.sum(dim: -1, keepdim: true));
                givenLogits = logits is null ? null : Own(logits - logits.logsumexp(-1, keepdim: true));
                batch_shape = given.shape[..^1];
            }

            /// <summary>The probabilities, which sum to 1.</summary>
            public Tensor probs => givenProbs ?? LogitsToProbs(givenLogits!);

            /// <summary>Their logarithms.</summary>
            public Tensor logits => givenLogits ?? ProbsToLogits(givenProbs!);

            public long[] param_shape => (givenProbs ?? givenLogits)!.shape;

            internal long Events => param_shape[^1];

            /// <summary>NaN: categories have no mean.</summary>
            public override Tensor mean =>
                WrappedTensorDisposeScope(() => full(ExtendedShape(), double.NaN, dtype: probs.dtype, device: probs.device));

            public override Tensor mode => WrappedTensorDisposeScope(() => probs.argmax(-1));

            /// <summary>NaN: categories have no variance.</summary>
            public override Tensor variance => mean;

            public override Tensor rsample(params long[] sample_shape)
            {
                using var off = no_grad();
                return WrappedTensorDisposeScope(() =>
                {
                    var count = new Size(sample_shape).numel();
                    return probs.reshape(-1, Events).multinomial(count, replacement: true, generator).t().reshape(ExtendedShape(sample_shape));
                });
            }

            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
            {
                var both = broadcast_tensors(value.to(ScalarType.Int64).unsqueeze(-1), logits);
                return both[1].gather(-1, both[0].narrow(-1, 0, 1)).squeeze(-1);
            });

            /// <summary>A category of probability 0 counts as 0.</summary>
            public override Tensor entropy() => WrappedTensorDisposeScope(() => -(logits.clamp(min: finfo(probs.dtype).min) * probs).sum(dim: -1));

            public override Tensor enumerate_support(bool expand = true) =>
                WrappedTensorDisposeScope(() => Support(Events, probs, expand).to(ScalarType.Int64));

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new Categorical(generator));
                long[] shape = [.. batch_shape, Events];
                expanded.Set(givenProbs?.expand(shape), givenLogits?.expand(shape));
                return expanded;
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.Categorical"/>
            public static Modules.Categorical Categorical(Tensor? probs = null, Tensor? logits = null, Generator? generator = null) =>
                new(probs, logits, generator);

            /// <summary>Categories that are all as likely.</summary>
            public static Modules.Categorical Categorical(int categories, Generator? generator = null) =>
                new(full([categories], 1.0 / categories), null, generator);
        }
    }
}
