using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Registers = System.Numerics.Vector;

namespace Polytask;

/// <summary>
/// Task arithmetic (Ilharco et al., ICLR 2023): theta = theta_0 + lambda sum_t tau_t, or theta_0 + sum_t lambda_t tau_t; a negative lambda_t
/// unlearns task t. One pass.
/// </summary>
/// <param name="Scales">lambda for all, or lambda_t for each.</param>
internal sealed record TaskArithmeticMerge(ImmutableArray<double> Scales) : BlockMethod
{
    internal override void Check(int tasks, IReadOnlyList<StoredTensor> merged)
    {
        if (Scales.Length > 1) CheckCount("task arithmetic", "scale", Scales.Length, tasks);
    }

    public override BlockRule<T> Prepare<T>(BlockPasses<T> passes) =>
        Scales is [var scale] ? Sum(passes, T.CreateChecked(scale)) : Sum(passes, [.. Scales.Select(T.CreateChecked)]);

    public override string ToString() => $"task arithmetic {Listed(Scales)}";

    /// <summary>theta_0 + lambda sum_t tau_t.</summary>
    public static BlockRule<T> Sum<T>(BlockPasses<T> passes, T scale) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        (in Block<T> block) => Sum(block, [], scale);

    /// <summary>theta_0 + sum_t lambda_t tau_t.</summary>
    public static BlockRule<T> Sum<T>(BlockPasses<T> passes, T[] scales) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        (in Block<T> block) => Sum(block, scales, T.One);

    // theta_0 + lambda sum_t lambda_t tau_t, where without lambda_t they are 1: one reading of the models.
    private static unsafe void Sum<T>(in Block<T> block, T[] scales, T scale) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var minuends = block.Minuends;
        var subtrahend = block.Subtrahend;
        var start = block.Base;
        var result = block.Result;
        var s = SpanArithmetic.Vectors(start);
        var r = SpanArithmetic.Vectors(result);
        // What is not finite in a task vector is not finite in their sum either.
        var (even, odd) = (Vector<T>.Zero, Vector<T>.Zero);
        var i = 0;
        for (; i + 1 < r.Length; i += 2)
        {
            var place = i * Vector<T>.Count;
            var (y, w) = (Registers.Load(subtrahend + place), Registers.Load(subtrahend + place + Vector<T>.Count));
            var (sum, next) = (Vector<T>.Zero, Vector<T>.Zero);
            if (scales.Length == 0)
            {
                foreach (var minuend in minuends)
                {
                    sum += Registers.Load((T*)minuend + place) - y;
                    next += Registers.Load((T*)minuend + place + Vector<T>.Count) - w;
                }
            }
            else
            {
                for (var task = 0; task < minuends.Length; task++)
                {
                    sum += scales[task] * (Registers.Load((T*)minuends[task] + place) - y);
                    next += scales[task] * (Registers.Load((T*)minuends[task] + place + Vector<T>.Count) - w);
                }
            }
            even += sum - sum;
            odd += next - next;
            r[i] = s[i] + scale * sum;
            r[i + 1] = s[i + 1] + scale * next;
        }
        var isFinite = Registers.Sum(even + odd) == T.Zero;
        for (i *= Vector<T>.Count; i < result.Length; i++)
        {
            var sum = T.Zero;
            for (var task = 0; task < minuends.Length; task++)
            {
                var tau = ((T*)minuends[task])[i] - subtrahend[i];
                sum += scales.Length == 0 ? tau : scales[task] * tau;
            }
            isFinite &= T.IsFinite(sum);
            result[i] = start[i] + scale * sum;
        }
        if (isFinite) block.AreFinite();
    }

    internal static void CheckCount(string method, string what, int given, int tasks)
    {
        if (given != tasks)
            throw new DeclarationException($"{method} takes a {what} for each of the {tasks} models, but got {given}");
    }

    internal static string Listed(IEnumerable<double> numbers) =>
        string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
}
