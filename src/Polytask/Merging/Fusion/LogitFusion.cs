using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Dynamic logits fusion (Fan et al., "On Giant's Shoulders: Effortless Weak to Strong by Dynamic Logits Fusion", NeurIPS 2024): a large model takes
/// over what small ones were tuned for, without training. With the logits L of the large model, S of the small one that the experts were tuned from
/// and S_t of expert t, d_t = S_t - S and
/// <code>softmax(L + sum_t alpha_t d_t),   P = softmax(L), Q = softmax(S), Q_t = softmax(S_t),</code>
/// where a rule gives alpha_t anew for each row:
/// <code>
/// using var fused = LogitFusion.Centroid(k: 2).Fuse(large.call(x), small.call(x), [adds.call(x), sorts.call(x)]);
/// </code>
/// All is computed in Float64, without gradients, in O(vocabulary) for a row and alpha; no model is called again.
/// </summary>
public abstract partial record LogitFusion
{
    private protected LogitFusion() { }

    /// <summary>
    /// The large model goes as far as the small one went by its tuning: alpha = argmin (KL(P_alpha || P) - KL(Q_1 || Q))². For one expert.
    /// </summary>
    /// <param name="search">How alpha is found; null for the paper's grid of 0, 0.1 ... 2.</param>
    public static LogitFusion Single(AlphaSearch? search = null) => new SingleFusion(search ?? AlphaSearch.Grid());

    /// <summary>
    /// Several experts, at most one of which counts at a row: min over t and alpha_t of sum_u (KL(P_t || P) - KL(Q_u || Q))². Only the length of the
    /// move is asked for, and several experts can reach it: of these the one that moved most by its tuning, then the first.
    /// </summary>
    /// <remarks>The paper's form as far as it is known: there is no released code. On a grid experts differ by where its points happen to lie;
    /// by bisection all that reach the length tie.</remarks>
    /// <param name="search">How alpha is found; null for bisection.</param>
    public static LogitFusion OneExpert(AlphaSearch? search = null) => new OneExpertFusion(search ?? AlphaSearch.Bisection());

    /// <summary>
    /// The centre of the experts' own fusions: with alpha*_t and P_t of each alone (<see cref="Single"/>), argmin_p sum_t b_t KL(p || P_t) =
    /// softmax(L + sum_t b_t alpha*_t d_t), with b_t = KL(Q_t || Q)^k / sum_u KL(Q_u || Q)^k.
    /// </summary>
    /// <param name="k">0 for equal b_t; at infinity the expert that moved most is alone.</param>
    /// <param name="search">How alpha is found; null for the paper's grid.</param>
    public static LogitFusion Centroid(double k = 2, AlphaSearch? search = null) => k >= 0
        ? new CentroidFusion(k, search ?? AlphaSearch.Grid())
        : throw new DeclarationException(FormattableString.Invariant($"a centroid weighs experts by KL^k with k of at least 0, but got {k}"));

    /// <summary>The same alphas at all rows; 1 for one expert is proxy tuning (Liu et al., COLM 2024).</summary>
    /// <param name="alphas">One for each expert.</param>
    public static LogitFusion Static(params double[] alphas) => alphas.Length > 0 && alphas.All(double.IsFinite)
        ? new StaticFusion([.. alphas])
        : throw new DeclarationException($"a static fusion takes a finite alpha for each expert, but got [{TaskArithmeticMerge.Listed(alphas)}]");

    /// <summary>The same alpha / T for each of T experts at all rows.</summary>
    public static LogitFusion Uniform(double alpha = 1) => double.IsFinite(alpha) ? new UniformFusion(alpha)
        : throw new DeclarationException(FormattableString.Invariant($"a uniform fusion takes a finite alpha, but got {alpha}"));

    /// <summary>The fused logits.</summary>
    /// <param name="large">L, [rows, vocabulary].</param>
    /// <param name="small">S, of the same shape.</param>
    /// <param name="experts">S_t, of the same shape.</param>
    /// <exception cref="ArgumentException">Shapes differ, a logit is not finite, or the rule does not go with so many experts.</exception>
    public FusedLogits Fuse(Tensor large, Tensor small, IReadOnlyList<Tensor> experts)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        if (experts.Count == 0) throw new ArgumentException("a fusion needs at least one expert");
        CheckCount(experts.Count);
        var logP = Checked("the large model", large, large).to(ScalarType.Float64);
        var logQ = Checked("the small model", small, large).to(ScalarType.Float64).log_softmax(1);
        Tensor[] logs = [.. experts.Select((expert, t) =>
            Checked($"expert {t + 1} of {experts.Count}", expert, large).to(ScalarType.Float64).log_softmax(1))];
        var moves = new Moves(logP.log_softmax(1), [.. logs.Select(log => log - logQ)], [.. logs.Select(log => Kullback.Of(log, logQ))]);
        var alphas = Alphas(moves);
        var fused = logP.clone();
        for (var t = 0; t < alphas.Length; t++) fused.add_(alphas[t].unsqueeze(1) * moves.D[t]);
        return new(fused.MoveToOuterDisposeScope(), stack(alphas, 1).MoveToOuterDisposeScope(), stack(moves.Lengths, 1).MoveToOuterDisposeScope());
    }

    /// <summary>What a rule decides by.</summary>
    /// <param name="LogP">[rows, vocabulary].</param>
    /// <param name="D">d_t up to a constant for each row, [rows, vocabulary].</param>
    /// <param name="Lengths">KL(Q_t || Q), [rows].</param>
    private protected sealed record Moves(Tensor LogP, Tensor[] D, Tensor[] Lengths);

    /// <summary>alpha_t, [rows] for each expert.</summary>
    private protected abstract Tensor[] Alphas(Moves moves);

    private protected virtual void CheckCount(int experts) { }

    private static Tensor Checked(string what, Tensor logits, Tensor large)
    {
        if (logits.Dimensions != 2 || !logits.shape.AsSpan().SequenceEqual(large.shape))
            throw new ArgumentException($"{what} gives logits [{string.Join(", ", logits.shape)}], "
                + (ReferenceEquals(logits, large) ? "expected [rows, vocabulary]"
                    : $"but the large model [{string.Join(", ", large.shape)}]: all must share rows and vocabulary"));
        if (logits.isfinite().all().item<bool>()) return logits;
        throw new ArgumentException($"{what} gives a logit that is NaN or infinite; shifts of logits need finite ones "
            + "(mask with -1e4, not -infinity)");
    }

    private sealed record SingleFusion(AlphaSearch Search) : LogitFusion
    {
        private protected override void CheckCount(int experts)
        {
            if (experts != 1) throw new ArgumentException($"a single fusion is for one expert, but there are {experts}; use Centroid or OneExpert");
        }

        private protected override Tensor[] Alphas(Moves moves) => [Search.Solve(moves.LogP, moves.D[0], moves.Lengths[0]).Alpha];

        public override string ToString() => $"single fusion, {Search}";
    }

    private sealed record CentroidFusion(double K, AlphaSearch Search) : LogitFusion
    {
        private protected override Tensor[] Alphas(Moves moves)
        {
            var lengths = stack(moves.Lengths, 1);
            var most = lengths.amax([1L], keepdim: true);
            // Powers of what is at most 1 do not overflow. Where no expert moved all shifts are constant, and any weights do.
            var powers = where(most > 0, lengths / most, ones_like(lengths)).pow(K);
            var b = powers / powers.sum([1L], keepdim: true);
            return [.. moves.D.Select((d, t) => b[TensorIndex.Colon, t] * Search.Solve(moves.LogP, d, moves.Lengths[t]).Alpha)];
        }

        public override string ToString() => FormattableString.Invariant($"centroid fusion k {K}, {Search}");
    }

    private sealed record OneExpertFusion(AlphaSearch Search) : LogitFusion
    {
        // Of the mean square of the lengths: what rounding leaves of equal objectives.
        private const double Tie = 1e-12;

        private protected override Tensor[] Alphas(Moves moves)
        {
            var lengths = stack(moves.Lengths, 1);                                                          // [rows, experts]
            // sum_u (K - c_u)² = T (K - mean c)² + a constant: each expert alone is best where it goes as far as the mean.
            var mean = lengths.mean([1L]);
            var solved = moves.D.Select(d => Search.Solve(moves.LogP, d, mean)).ToArray();
            var objective = (stack(solved.Select(each => each.Divergence), 1) - mean.unsqueeze(1)).square();
            var tolerance = Tie * lengths.square().mean([1L], keepdim: true);
            var isBest = objective <= objective.amin([1L], keepdim: true) + tolerance;
            var chosen = where(isBest, lengths, full_like(lengths, -1)).argmax(1);
            return [.. solved.Select((each, t) => where(chosen.eq(t), each.Alpha, zeros_like(each.Alpha)))];
        }

        public override string ToString() => $"fusion with one expert, {Search}";
    }

    private sealed record StaticFusion(ImmutableArray<double> Values) : LogitFusion
    {
        private protected override void CheckCount(int experts)
        {
            if (experts != Values.Length)
                throw new ArgumentException($"the static fusion has {Values.Length} alphas, but there are {experts} experts");
        }

        private protected override Tensor[] Alphas(Moves moves) => [.. Values.Select((alpha, t) => full_like(moves.Lengths[t], alpha))];

        public override string ToString() => $"static fusion {TaskArithmeticMerge.Listed(Values)}";
    }

    private sealed record UniformFusion(double Alpha) : LogitFusion
    {
        private protected override Tensor[] Alphas(Moves moves) => [.. moves.Lengths.Select(length => full_like(length, Alpha / moves.D.Length))];

        public override string ToString() => FormattableString.Invariant($"uniform fusion {Alpha}");
    }
}
