namespace TorchSharp;

public static partial class torch
{
    /// <summary>Probability distributions: samples that follow them, logarithms of densities, entropies, moments.</summary>
    public static partial class distributions
    {
        /// <summary>
        /// The base of distributions. <see cref="batch_shape"/> counts distributions with parameters of their own, <see cref="event_shape"/> is the
        /// shape of one draw; a sample has the shape [sample_shape, batch_shape, event_shape]. Parameters are not checked: a negative scale gives
        /// NaN.
        /// </summary>
        public abstract class Distribution : IDisposable
        {
            /// <summary>Euler's constant γ.</summary>
            protected const double euler_constant = 0.57721566490153286061;

            private readonly List<Tensor> owned = [];

            /// <summary>Where draws come from; the default generator where null. It stays the caller's.</summary>
            protected Generator? generator;

            public Distribution(Generator? generator, long[]? batch_shape = null, long[]? event_shape = null)
                : this(generator, new Size(batch_shape ?? []), new Size(event_shape ?? [])) { }

            public Distribution(Generator? generator, Size batch_shape, Size? event_shape = null) =>
                (this.generator, this.batch_shape, this.event_shape) = (generator, batch_shape, event_shape ?? Size.Empty);

            public Size batch_shape { get; protected set; }

            public Size event_shape { get; protected set; }

            public abstract Tensor mean { get; }

            /// <summary>Where the density is largest.</summary>
            public virtual Tensor mode => throw Missing("mode");

            public abstract Tensor variance { get; }

            public virtual Tensor stddev => WrappedTensorDisposeScope(() => variance.sqrt());

            /// <summary>Draws through which no gradient flows.</summary>
            public virtual Tensor sample(params long[] sample_shape)
            {
                using var _ = no_grad();
                return rsample(sample_shape);
            }

            public Tensor sample(Size sample_shape) => sample(sample_shape.Shape);

            /// <summary>
            /// Draws that are differentiable in the parameters where the distribution has such a form; discrete ones have none and give constants.
            /// </summary>
            public abstract Tensor rsample(params long[] sample_shape);

            public Tensor rsample(Size sample_shape) => rsample(sample_shape.Shape);

            /// <summary>The logarithm of the density (of the probability where discrete) at a value.</summary>
            public abstract Tensor log_prob(Tensor value);

            public abstract Tensor entropy();

            /// <summary>The same distribution with more of them in the batch.</summary>
            /// <param name="batch_shape">A shape that the present one broadcasts to.</param>
            /// <param name="instance">Where given, this distribution is changed and returned in place of a new one.</param>
            public abstract Distribution expand(Size batch_shape, Distribution? instance = null);

            /// <summary>The probability of a draw of at most the value.</summary>
            public virtual Tensor cdf(Tensor value) => throw Missing("cdf");

            /// <summary>The value that a draw does not exceed with the given probability.</summary>
            public virtual Tensor icdf(Tensor value) => throw Missing("icdf");

            /// <summary>All values of a discrete distribution, along a new first dimension.</summary>
            /// <param name="expand">Whether to repeat them for the batch.</param>
            public virtual Tensor enumerate_support(bool expand = true) => throw Missing("enumerate_support");

            public virtual Tensor perplexity() => WrappedTensorDisposeScope(() => entropy().exp());

            /// <summary>The shape of samples.</summary>
            protected long[] ExtendedShape(params long[] sample_shape) => [.. sample_shape, .. batch_shape, .. event_shape];

            protected Tensor LogitsToProbs(Tensor logits, bool isBinary = false) => isBinary ? logits.sigmoid() : logits.softmax(-1);

            protected Tensor ProbsToLogits(Tensor probs, bool isBinary = false) => WrappedTensorDisposeScope(() =>
            {
                var inside = ClampProbs(probs);
                return isBinary ? inside.log() - (-inside).log1p() : inside.log();
            });

            /// <summary>Keeps probabilities so far from 0 and 1 that their logarithms are finite.</summary>
            protected Tensor ClampProbs(Tensor probs)
            {
                var eps = finfo(probs.dtype).eps;
                return probs.clamp(eps, 1 - eps);
            }

            /// <summary>max(x, 0), with the gradient 1/2 at 0.</summary>
            protected Tensor ClampByZero(Tensor x) => WrappedTensorDisposeScope(() => (x.clamp_min(0) + x - x.clamp_max(0)) / 2);

            /// <summary>A second reference to a parameter, which lives as long as the distribution and through which gradients flow.</summary>
            private protected Tensor Own(Tensor parameter)
            {
                var own = parameter.alias().DetachFromDisposeScope();
                owned.Add(own);
                return own;
            }

            /// <summary>Two parameters, broadcast to the batch's shape.</summary>
            private protected (Tensor, Tensor) OwnBatch(Tensor first, Tensor second)
            {
                using var scope = NewDisposeScope();
                var both = broadcast_tensors(first, second);
                batch_shape = both[0].shape;
                return (Own(both[0]), Own(both[1]));
            }

            /// <summary>The values 0, 1 ... count - 1 along a new first dimension, of a tensor's type.</summary>
            private protected Tensor Support(long count, Tensor like, bool expand)
            {
                var values = arange(count, dtype: like.dtype, device: like.device).reshape([count, .. batch_shape.Select(_ => 1L)]);
                return expand ? values.expand([count, .. batch_shape]) : values;
            }

            /// <summary>What expand fills: the given instance, which must be of the kind, or a new one.</summary>
            private protected static T Target<T>(Distribution? instance, Func<T> make) where T : Distribution => instance switch
            {
                null => make(),
                T same => same,
                _ => throw new ArgumentException(
                    $"expand(): 'instance' must be a {typeof(T).Name} distribution, got {instance.GetType().Name}", nameof(instance)),
            };

            private protected NotImplementedException Missing(string what) => new($"{GetType().Name} has no {what} in closed form.");

            /// <summary>Frees the references to the parameters, not the caller's tensors.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing) return;
                foreach (var tensor in owned) tensor.Dispose();
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }
        }
    }
}
