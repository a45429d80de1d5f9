using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

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
    public static BlockRule<T> Sum<T>(BlockPasses<T> passes, T scale) where T : unmanaged, INumber<T>, IBinaryFloatingPointIeee754<T>
    {
        var tasks = passes.Tasks;
        return (in Block<T> block) =>
        {
            var sum = block.Tau(0);
            for (var task = 1; task < tasks; task++) SpanArithmetic.Add<T>(block.Tau(task), sum);
            SpanArithmetic.Move(block.Base, scale, sum, block.Result);
        };
    }

    /// <summary>theta_0 + sum_t lambda_t tau_t.</summary>
    public static BlockRule<T> Sum<T>(BlockPasses<T> passes, T[] scales) where T : unmanaged, INumber<T>, IBinaryFloatingPointIeee754<T>
    {
        var tasks = passes.Tasks;
        return (in Block<T> block) =>
        {
            var sum = block.Scratch(0);
            sum.Clear();
            for (var task = 0; task < tasks; task++) SpanArithmetic.AddScaled(block.Tau(task), scales[task], sum);
            SpanArithmetic.Move(block.Base, T.One, sum, block.Result);
        };
    }

    internal static void CheckCount(string method, string what, int given, int tasks)
    {
        if (given != tasks)
            throw new DeclarationException($"{method} takes a {what} for each of the {tasks} models, but got {given}");
    }

    internal static string Listed(IEnumerable<double> numbers) =>
        string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
}
