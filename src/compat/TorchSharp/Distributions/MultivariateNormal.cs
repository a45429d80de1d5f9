using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The normal distribution of vectors, by its covariance, its inverse or the covariance's lower Cholesky factor.</summary>
        public class MultivariateNormal : distributions.Distribution
        {
            private Tensor loc = null!, factor = null!;

            /// <param name="loc">[..., n]</param>
            /// <param name="covariance_matrix">[..., n, n]; one of the three matrices is given.</param>
            /// <param name="precision_matrix">[..., n, n], the covariance's inverse.</param>
            /// <param name="scale_tril">[..., n, n], the covariance's lower Cholesky factor.</param>
            public MultivariateNormal(
                Tensor loc, Tensor? covariance_matrix = null, Tensor? precision_matrix = null, Tensor? scale_tril = null, Generator? generator = null)
                : this(generator)
            {
                Tensor?[] given = [covariance_matrix, precision_matrix, scale_tril];
                if (given.Count(candidate => candidate is not null) != 1)
                    throw new ArgumentException("Exactly one of covariance_matrix or precision_matrix or scale_tril may be specified.");
                if (loc.ndim < 1) throw new ArgumentException("loc must be at least one-dimensional", nameof(loc));
                var (matrix, size) = (given.First(candidate => candidate is not null)!, loc.shape[^1]);
                if (matrix.ndim < 2 || matrix.shape[^1] != size || matrix.shape[^2] != size)
                    throw new ArgumentException(
                        $"The matrix must be [..., {size}, {size}] for a loc of {new Size(loc.shape)}, got {new Size(matrix.shape)}");
                using var scope = NewDisposeScope();
                var lower = scale_tril ?? (covariance_matrix is not null ? linalg.cholesky(covariance_matrix) : FactorOfInverse(precision_matrix!));
                // A column of the matrix has the shape of a loc: both broadcast to one batch.
                var batch = broadcast_tensors(loc, lower.select(-1, 0))[0].shape[..^1];
                Set(loc.expand([.. batch, size]), lower.expand([.. batch, size, size]));
            }

            private MultivariateNormal(Generator? generator) : base(generator) { }

            private void Set(Tensor loc, Tensor factor)
            {
                (this.loc, this.factor) = (Own(loc), Own(factor));
                (batch_shape, event_shape) = (loc.shape[..^1], loc.shape[^1..]);
            }

            /// <summary>The lower Cholesky factor of a matrix's inverse, without inverting it: factors of the matrix read backwards.</summary>
            private static Tensor FactorOfInverse(Tensor precision)
            {
                var transposed = linalg.cholesky(precision.flip(-2, -1)).flip(-2, -1).transpose(-2, -1);
                return linalg.solve_triangular(transposed, eye(precision.shape[^1], dtype: precision.dtype, device: precision.device), upper: false);
            }

            public override Tensor mean => loc;

            public override Tensor mode => loc;

            public override Tensor variance => WrappedTensorDisposeScope(() => factor.square().sum(dim: -1));

            public override Tensor rsample(params long[] sample_shape) => WrappedTensorDisposeScope(() =>
            {
                var eps = empty(ExtendedShape(sample_shape), dtype: loc.dtype, device: loc.device).normal_(generator: generator);
                return loc + factor.matmul(eps.unsqueeze(-1)).squeeze(-1);
            });

            public override Tensor log_prob(Tensor value) => WrappedTensorDisposeScope(() =>
            {
                var distance = linalg.solve_triangular(factor, (value - loc).unsqueeze(-1), upper: false).squeeze(-1).square().sum(dim: -1);
                return -(event_shape[0] * Math.Log(2 * Math.PI) + distance) / 2 - HalfLogDeterminant();
            });

            public override Tensor entropy() =>
                WrappedTensorDisposeScope(() => event_shape[0] * (1 + Math.Log(2 * Math.PI)) / 2 + HalfLogDeterminant());

            private Tensor HalfLogDeterminant() => factor.diagonal(0, -2, -1).log().sum(dim: -1);

            public override distributions.Distribution expand(Size batch_shape, distributions.Distribution? instance = null)
            {
                var expanded = Target(instance, () => new MultivariateNormal(generator));
                expanded.Set(loc.expand((batch_shape + event_shape).Shape), factor.expand((batch_shape + event_shape + event_shape).Shape));
                return expanded;
            }
        }
    }

    public static partial class torch
    {
        public static partial class distributions
        {
            /// <inheritdoc cref="Modules.MultivariateNormal"/>
            public static Modules.MultivariateNormal MultivariateNormal(
                Tensor loc, Tensor? covariance_matrix = null, Tensor? precision_matrix = null, Tensor? scale_tril = null,
                Generator? generator = null) =>
                new(loc, covariance_matrix, precision_matrix, scale_tril, generator);
        }
    }
}
