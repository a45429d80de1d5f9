using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Another distribution, the last dimensions of whose batch count as one event: their log-probabilities are summed.</summary>
        public class Independent : distributions.Distribution
        {
            private distributions.Distribution base_dist = null!;
            private int reinterpreted;

            /// <param name="base_distribution">Stays the caller's.</param>
            /// <param name="reinterpreted_batch_ndims">How many dimensions of its batch become part of the event.</param>
            public Independent(distributions.Distribution base_distribution, int reinterpreted_batch_ndims, Generator? generator = null)
                : this(generator)
            {
                var most = base_distribution.batch_shape.Length;
                if (reinterpreted_batch_ndims < 0 || reinterpreted_batch_ndims > most)
                    throw new ArgumentException(
                        $"Expected reinterpreted_batch_ndims between 0 and the {most} dimensions of the batch, got {reinterpreted_batch_ndims}",
                        nameof(reinterpreted_batch_ndims));
                Set(base_distribution, reinterpreted_batch_ndims);
            }

            private Independent(Generator? generator) : base(generator) { }

            private void Set(distributions.Distribution base_distribution, int reinterpreted_batch_ndims)
            {
                (base_dist, reinterpreted) = (base_distribution, reinterpreted_batch_ndims);
                var shape = base_dist.batch_shape + base_dist.event_shape;
                var kept = base_dist.batch_shape.Length - reinterpreted;
                (batch_shape, event_shape) = (shape.Shape[..kept], shape.Shape[kept..]);
            }

            public override Tensor mean => base_dist.mean;

            public override Tensor mode => base_dist.mode;

            public override Tensor variance => base_dist.variance;

            public override Tensor sample(params long[] sample_shape) => base_dist.sample(sample_shape);

            public override Tensor rsample(params long[] sample_shape) => base_dist.rsample(sample_shape);

            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() => SumLast(base_dist.log_prob(value)));

            public override Tensor entropy() => WrappedTensorDisposeScope(() => SumLast(base_dist.entropy()));

            private Tensor SumLast(Tensor values)
            {
                for (var i = 0; i < reinterpreted; i++) values = values.sum(dim: -1);
                return values;
            }

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new Independent(generator));
                expanded.Set(base_dist.expand(batch_shape + event_shape.Take(reinterpreted)), reinterpreted);
                return expanded;
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.Independent"/>
            public static Modules.Independent Independent(
                Distribution base_distribution, int reinterpreted_batch_dims, Generator? generator = null) =>
                new(base_distribution, reinterpreted_batch_dims, generator);
        }
    }
}
