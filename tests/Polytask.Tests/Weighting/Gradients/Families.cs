namespace Polytask.Tests.Weightings;

/// <summary>Matrices that are hard in one way each, of 1 to 100 tasks.</summary>
internal static class Families
{
    private static readonly (int Tasks, int Size)[] Shapes = [(1, 3), (2, 3), (3, 5), (5, 3), (10, 20), (20, 10), (100, 120)];

    private static Dictionary<int, double[][]> Axes => field ??= new[] { 2, 3, 5, 10, 20, 120 }
        .ToDictionary(size => size, size => Rows.Orthogonal(9, [.. Enumerable.Repeat(1.0, size)]));

    public static IEnumerable<double[][]> WellConditioned => Shapes.Where(shape => shape.Size > shape.Tasks).Select(Normal);

    public static IEnumerable<double[][]> MoreTasksThanParameters =>
        Shapes.Where(shape => shape.Size < shape.Tasks).Select(Normal).Append(Rows.Normal(7, 100, 10));

    public static IEnumerable<double[][]> RankOne => Shapes.Select(shape =>
    {
        var (direction, factors) = (Rows.Normal(1, 1, shape.Size)[0], Rows.Normal(2, 1, shape.Tasks)[0]);
        return factors.Select(direction.Times).ToArray();
    });

    /// <summary>A common part against everybody's own: g_i = r_i - 1.5 mean r.</summary>
    public static IEnumerable<double[][]> AllConflicting => Shapes.Where(shape => shape.Tasks > 1).Select(shape =>
    {
        var rows = Normal(shape);
        var mean = rows.Mean();
        return rows.Select(row => row.Plus(mean, -1.5)).ToArray();
    });

    public static IEnumerable<double[][]> AZeroTask => Shapes.Where(shape => shape.Tasks > 1).Select(shape =>
    {
        var rows = Normal(shape);
        rows[shape.Tasks / 2] = new double[shape.Size];
        return rows;
    });

    public static IEnumerable<double[][]> AllZero => [[[0, 0]], [[0, 0], [0, 0]], [[0, 0], [0, 0], [0, 0]]];

    /// <summary>A combination of positive weights is zero.</summary>
    public static IEnumerable<double[][]> StronglyStationary => Shapes.Where(shape => shape.Tasks > 1)
        .Select(shape => Stationary(shape, shape.Tasks)).Append([[1, 2], [-1, -2]]).Append([[3, 0], [-0.5, 0]]);

    /// <summary>A combination of weights that are positive or zero is zero.</summary>
    public static IEnumerable<double[][]> WeaklyStationary => Shapes.Where(shape => shape.Tasks > 2)
        .Select(shape => Stationary(shape, shape.Tasks / 2 + 1));

    public static IEnumerable<double[][]> Repeated => [[[1, 2, 3], [1, 2, 3]], [[1, -1, 0], [-2, 1, 0], [1, -1, 0]]];

    /// <summary>Rows whose lengths differ by 10⁴.</summary>
    public static IEnumerable<double[][]> UnequalRows => WellConditioned.Where(rows => rows.Length > 1)
        .Select(rows => rows.Select((row, t) => row.Times(Math.Pow(10, 4.0 * t / (rows.Length - 1) - 2))).ToArray());

    /// <summary>Rows whose lengths differ by 10¹², where squares leave nothing of the small beside the large.</summary>
    public static IEnumerable<double[][]> FarUnequalRows => WellConditioned.Where(rows => rows.Length > 1)
        .Select(rows => rows.Select((row, t) => row.Times(Math.Pow(10, 12.0 * t / (rows.Length - 1) - 6))).ToArray());

    public static readonly double[][][] All =
    [
        .. WellConditioned, .. MoreTasksThanParameters, .. RankOne, .. AllConflicting, .. AZeroTask, .. AllZero, .. StronglyStationary,
        .. WeaklyStationary, .. Repeated, .. UnequalRows,
    ];

    /// <summary>
    /// Each of all matrices with random orthonormal axes, in a space of two more dimensions, in the place of the parameters' own.
    /// </summary>
    public static readonly Dictionary<double[][], (double[][] Axes, double[][] Rows)> Rotated = All.ToDictionary(rows => rows, rows =>
    {
        var axes = Axes[rows[0].Length];
        return (axes, rows.Select(axes.Combine).ToArray());
    });

    public static IEnumerable<double[][]> AtAllScales(IEnumerable<double[][]> family) =>
        family.SelectMany(rows => (rows.Length > 20 ? [1.0] : new[] { 1e-6, 1, 1e6 })
            .Select(scale => rows.Select(row => row.Times(scale)).ToArray()));

    private static double[][] Normal((int Tasks, int Size) shape) => Rows.Normal(shape.Tasks, shape.Tasks, shape.Size);

    private static double[][] Stationary((int Tasks, int Size) shape, int taking)
    {
        var (rows, weights) = (Normal(shape), Array.ConvertAll(Rows.Normal(5, 1, taking)[0], value => Math.Exp(value / 2)));
        rows[taking - 1] = rows[..(taking - 1)].Combine(weights[1..]).Times(-1 / weights[0]);
        return rows;
    }
}
