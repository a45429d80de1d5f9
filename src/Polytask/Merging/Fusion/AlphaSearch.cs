using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// How far along a shift d a distribution P moves until KL(softmax(L + alpha d) || P) is a given length. d/d alpha of it is alpha Var(d) under the
/// moved distribution, so it grows from 0 and one alpha is best: argmin_alpha (KL - c)². Alphas above the limit are not taken.
/// </summary>
public abstract record AlphaSearch
{
    // Rows are taken so many at a time that a grid of their vocabularies holds at most so many numbers.
    private const long MostNumbers = 1 << 23;

    private protected AlphaSearch(double limit) => Limit = limit > 0 && double.IsFinite(limit) ? limit
        : throw new DeclarationException(FormattableString.Invariant($"alphas are searched up to a limit above 0, but got {limit}"));

    /// <summary>The largest alpha; 2 in the paper.</summary>
    public double Limit { get; }

    /// <summary>The best of 0, step, 2 step ... limit, as in the paper; of equal ones the smallest. O(rows vocabulary limit / step).</summary>
    public static AlphaSearch Grid(double step = 0.1, double limit = 2) => new GridSearch(step, limit);

    /// <summary>Halving of [0, limit], to limit / 2^halvings; where all alphas fall short of the length, the limit. O(rows vocabulary
    /// halvings).</summary>
    public static AlphaSearch Bisection(int halvings = 40, double limit = 2) => new BisectionSearch(halvings, limit);

    /// <summary>alpha [rows], and KL(softmax(L + alpha d) || P) [rows] there.</summary>
    /// <param name="logP">log P, [rows, vocabulary] of Float64.</param>
    /// <param name="d">The shift, of the same shape and type.</param>
    /// <param name="length">c, [rows].</param>
    internal abstract (Tensor Alpha, Tensor Divergence) Solve(Tensor logP, Tensor d, Tensor length);

    private sealed record GridSearch : AlphaSearch
    {
        private readonly double step;

        public GridSearch(double step, double limit) : base(limit) => this.step = step > 0 && step <= limit
            ? step
            : throw new DeclarationException(
                FormattableString.Invariant($"a grid up to {limit} needs a step above 0 and at most that, but got {step}"));

        internal override (Tensor Alpha, Tensor Divergence) Solve(Tensor logP, Tensor d, Tensor length)
        {
            // A limit that is a multiple of the step up to rounding is on the grid.
            var steps = (int)Math.Floor(Limit / step * (1 + 1e-12));
            using var grid = tensor([.. Enumerable.Range(0, steps + 1).Select(i => i * step)], device: logP.device);
            var rows = Math.Max(1, MostNumbers / ((steps + 1) * logP.shape[1]));
            var (best, reached) = (new List<Tensor>(), new List<Tensor>());
            for (var start = 0L; start < logP.shape[0]; start += rows)
            {
                using var scope = NewDisposeScope();
                var count = Math.Min(rows, logP.shape[0] - start);
                var divergence = Kullback.Moved(logP.narrow(0, start, count).unsqueeze(1), d.narrow(0, start, count).unsqueeze(1),
                    grid.view(1, -1, 1));                                                                   // [rows, alphas]
                var place = (divergence - length.narrow(0, start, count).unsqueeze(1)).square().argmin(1);
                best.Add(grid[place].MoveToOuterDisposeScope());
                reached.Add(divergence.gather(1, place.unsqueeze(1)).squeeze(1).MoveToOuterDisposeScope());
            }
            return (cat(best), cat(reached));
        }

        public override string ToString() => FormattableString.Invariant($"grid of {step} up to {Limit}");
    }

    private sealed record BisectionSearch : AlphaSearch
    {
        private readonly int halvings;

        public BisectionSearch(int halvings, double limit) : base(limit) => this.halvings = halvings >= 1 ? halvings
            : throw new DeclarationException($"a bisection needs at least 1 halving, but got {halvings}");

        internal override (Tensor Alpha, Tensor Divergence) Solve(Tensor logP, Tensor d, Tensor length)
        {
            var (low, high) = (zeros_like(length), full_like(length, Limit));
            for (var i = 0; i < halvings; i++)
            {
                using var scope = NewDisposeScope();
                var middle = (low + high) / 2;
                var isShort = Kullback.Moved(logP, d, middle.unsqueeze(1)) < length;
                low.copy_(where(isShort, middle, low));
                high.copy_(where(isShort, high, middle));
            }
            // Where even the limit falls short, low has come next to it and the limit is the answer.
            var end = Kullback.Moved(logP, d, full_like(length, Limit).unsqueeze(1));
            var alpha = where(end < length, full_like(length, Limit), (low + high) / 2);
            return (alpha, Kullback.Moved(logP, d, alpha.unsqueeze(1)));
        }

        public override string ToString() => FormattableString.Invariant($"{halvings} halvings up to {Limit}");
    }
}
