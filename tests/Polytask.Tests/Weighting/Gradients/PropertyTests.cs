using static TorchSharp.torch;

namespace Polytask.Tests.Weightings;

/// <summary>What methods claim, each claim asserted by one helper on every matrix of the families for which it is claimed.</summary>
public class PropertyTests
{
    [Flags]
    public enum Claim
    {
        Nothing = 0,

        /// <summary>d has no negative product with a gradient.</summary>
        NonConflicting = 1,

        /// <summary>The order of the tasks does not matter.</summary>
        Permutation = 2,

        /// <summary>d(diag(c) J) is linear in c > 0 (Quinton and Rey, 2024, definition 3).</summary>
        LinearUnderScaling = 4,

        /// <summary>Rotating all gradients rotates d.</summary>
        Rotation = 8,

        /// <summary>d = 0 where a combination of positive weights of the gradients is zero.</summary>
        KeepsStrong = 16,

        /// <summary>And where some of these weights are zero.</summary>
        KeepsWeak = 32,

        Fair = NonConflicting | Permutation | Rotation | KeepsStrong,
    }

    // Orders and draws come from torch's generator: the tests start it anew.
    private static readonly (object Method, Claim Claims)[] Table =
    [
        (Weighting.GradientMean(), Claim.Permutation | Claim.LinearUnderScaling | Claim.Rotation),
        (Weighting.GradientSum(), Claim.Permutation | Claim.LinearUnderScaling | Claim.Rotation),
        (Weighting.RandomGradients(), Claim.LinearUnderScaling | Claim.Rotation),
        (Weighting.Mgda(), Claim.Fair | Claim.KeepsWeak),
        // Its weights are used on other rows than they were found for: where those depend on each other, the direction is not determined.
        (Weighting.Mgda(MgdaNormalization.Length), Claim.Nothing),
        (Weighting.PCGrad(), Claim.LinearUnderScaling | Claim.Rotation),
        (Weighting.GradVac(), Claim.LinearUnderScaling | Claim.Rotation),
        (Weighting.CAGrad(0.5), Claim.Permutation | Claim.Rotation),
        (Weighting.CAGrad(1), Claim.Fair),
        (Weighting.CAGrad(2), Claim.Fair),
        (Weighting.NashMtl(maxNorm: 0), Claim.Fair),
        (Weighting.NashMtl(), Claim.Fair),
        (Weighting.FairGrad(2), Claim.Fair),
        (Weighting.FairGrad(0.5), Claim.Permutation | Claim.Rotation),
        (Weighting.ImtlG(), Claim.Permutation | Claim.Rotation),
        (Weighting.AlignedMtl(), Claim.Permutation | Claim.Rotation),
        (Weighting.AlignedMtl(AlignedScale.Median), Claim.Permutation | Claim.Rotation),
        (Weighting.AlignedMtl(AlignedScale.RootMeanSquare), Claim.Permutation | Claim.Rotation),
        (Weighting.DualProj(ridge: 0), Claim.Fair),
        (Weighting.DualProj(), Claim.Permutation | Claim.Rotation),
        (Weighting.UPGrad(ridge: 0), Claim.Fair | Claim.LinearUnderScaling),
        (Weighting.UPGrad(), Claim.Permutation | Claim.Rotation),
        (Weighting.ConFig(), Claim.Permutation | Claim.Rotation),
        (Weighting.CrMogm(Weighting.UPGrad(ridge: 0)), Claim.Fair | Claim.LinearUnderScaling),
        (Weighting.GradDrop(), Claim.Permutation),
        (Weighting.TrimmedMean(0), Claim.Permutation | Claim.LinearUnderScaling | Claim.Rotation),
        (Weighting.MoCo(), Claim.Permutation | Claim.Rotation),
        (Weighting.ExcessMtl(), Claim.Permutation | Claim.LinearUnderScaling),
        (Weighting.DbMtl(), Claim.Permutation | Claim.Rotation),
    ];

    public static TheoryData<int, string> Methods(Claim claim)
    {
        var data = new TheoryData<int, string>();
        foreach (var (i, (method, claims)) in Table.Index())
            if (claims.HasFlag(claim)) data.Add(i, method.ToString()!);
        return data;
    }

    [Theory]
    [MemberData(nameof(Methods), Claim.Nothing)]
    public void Finite(int index, string method) =>
        OnEach(index, method, Families.AtAllScales([.. Families.All, .. Families.FarUnequalRows]), IsFinite);

    /// <summary>Gradients come in single precision, and so do their products: where rows depend on each other these are of no rows at all.</summary>
    [Theory]
    [MemberData(nameof(Methods), Claim.Nothing)]
    public void Finite_where_products_are_rounded(int index, string method)
    {
        if (Table[index].Method is not GradientWeighting weighting) return;
        OnEach(index, method, Families.AtAllScales(Families.All), (_, rows) =>
        {
            manual_seed(1);
            var drawn = Rows.Normal(3, rows.Length, rows.Length);
            var gramian = new double[rows.Length, rows.Length];
            for (var i = 0; i < rows.Length; i++)
                for (var j = 0; j < rows.Length; j++)
                    gramian[i, j] = rows[i].Dot(rows[j]) + 1e-7 * (drawn[i][j] + drawn[j][i]) * rows[i].Length() * rows[j].Length();
            var w = weighting.Start(rows.Length).call(tensor(gramian), ones(rows.Length, dtype: ScalarType.Float64)).data<double>().ToArray();
            Assert.All(w, value => Assert.True(double.IsFinite(value)));
        });
    }

    [Theory]
    [MemberData(nameof(Methods), Claim.NonConflicting)]
    public void Non_conflicting(int index, string method) => OnEach(index, method, Families.AtAllScales(Families.All), ConflictsWithNobody);

    [Theory]
    [MemberData(nameof(Methods), Claim.Permutation)]
    public void Permutation_invariant(int index, string method) => OnEach(index, method, Families.All, DoesNotSeeTheOrder);

    [Theory]
    [MemberData(nameof(Methods), Claim.LinearUnderScaling)]
    public void Linear_under_scaling(int index, string method) =>
        OnEach(index, method, Families.WellConditioned.Concat(Families.AllConflicting), IsLinear);

    [Theory]
    [MemberData(nameof(Methods), Claim.Rotation)]
    public void Invariant_under_rotation(int index, string method) => OnEach(index, method, Families.All, RotatesAlong);

    [Theory]
    [MemberData(nameof(Methods), Claim.KeepsStrong)]
    public void Strongly_stationary_points_are_kept(int index, string method) =>
        OnEach(index, method, Families.AtAllScales(Families.StronglyStationary), StaysPut);

    [Theory]
    [MemberData(nameof(Methods), Claim.KeepsWeak)]
    public void Weakly_stationary_points_are_kept(int index, string method) =>
        OnEach(index, method, Families.AtAllScales(Families.WeaklyStationary), StaysPut);

    private static void IsFinite(object method, double[][] rows) => Assert.All(Of(method, rows).D, value => Assert.True(double.IsFinite(value)));

    private static void ConflictsWithNobody(object method, double[][] rows)
    {
        var (d, size) = Of(method, rows);
        foreach (var row in rows) Assert.True(row.Dot(d) >= -1e-6 * row.Length() * size, $"{row.Dot(d)} of {row.Length() * size}");
    }

    private static void DoesNotSeeTheOrder(object method, double[][] rows)
    {
        var (expected, size) = Of(method, rows);
        int[] order = [.. Enumerable.Range(0, rows.Length).OrderBy(t => Math.Sin(3.0 * t))];
        Rows.Near(expected, Of(method, [.. order.Select(t => rows[t])]).D, 1e-6 * size);
    }

    private static void IsLinear(object method, double[][] rows)
    {
        double[] Scaled(Func<int, double> c) => Of(method, [.. rows.Select((row, t) => row.Times(c(t)))]).D;
        double First(int t) => 1 + Math.Cos(t) / 2;
        double Second(int t) => Math.Exp(Math.Sin(5.0 * t));
        var (first, second) = (Scaled(First), Scaled(Second));
        var both = Scaled(t => 2 * First(t) + 3 * Second(t));
        Rows.Near(first.Times(2).Plus(second, 3), both, 1e-6 * Of(method, rows).Size);
    }

    private static void RotatesAlong(object method, double[][] rows)
    {
        var (axes, rotated) = Families.Rotated[rows];
        var (expected, size) = Of(method, rows);
        Rows.Near(axes.Combine(expected), Of(method, rotated).D, 1e-6 * size);
    }

    private static void StaysPut(object method, double[][] rows)
    {
        var (d, size) = Of(method, rows);
        Assert.True(d.Length() <= 1e-5 * size, $"{d.Length()} of {size}");
    }

    /// <summary>The direction of a first step, and the sum of |w_t| n_t, in whose cancellation its rounding is to be seen.</summary>
    private static (double[] D, double Size) Of(object method, double[][] rows)
    {
        manual_seed(1);
        if (method is JacobianWeighting jacobian) return (jacobian.Start(rows.Length).Direction(rows), rows.Sum(row => row.Length()));
        var w = ((GradientWeighting)method).Weights(rows);
        Assert.All(w, value => Assert.True(double.IsFinite(value)));
        return (rows.Combine(w), rows.Zip(w).Sum(each => each.First.Length() * Math.Abs(each.Second)));
    }

    private static void OnEach(int index, string method, IEnumerable<double[][]> family, Action<object, double[][]> assertion)
    {
        Assert.Equal(method, Table[index].Method.ToString());
        foreach (var (i, rows) in family.Index())
            try
            {
                assertion(Table[index].Method, rows);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"{method}, matrix {i} of the family, {rows.Length} tasks: {error.Message}", error);
            }
    }
}
