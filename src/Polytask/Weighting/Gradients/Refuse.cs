using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>What rules do not take, said by the rule's name.</summary>
internal static class Refuse
{
    public static int NoTasks(string rule, int tasks) =>
        tasks >= 1 ? tasks : throw new DeclarationException($"{rule}: the number of tasks is at least 1, but got {tasks}");

    /// <exception cref="ArgumentException">Another shape.</exception>
    public static void Shape(string rule, string what, Tensor given, params long[] expected)
    {
        if (!given.shape.SequenceEqual(expected))
            throw new ArgumentException($"{rule}: {what} {Has(what)} shape [{string.Join(", ", given.shape)}]; "
                + $"the rule was started for {expected[0]} {(expected[0] == 1 ? "task" : "tasks")} and expects [{string.Join(", ", expected)}]");
    }

    /// <exception cref="ArgumentException">NaN or infinity.</exception>
    public static double[] NotFinite(string rule, string what, Tensor given)
    {
        var values = given.detach().cpu().to(ScalarType.Float64).contiguous().data<double>().ToArray();
        var bad = Array.FindIndex(values, value => !double.IsFinite(value));
        if (bad < 0) return values;
        var task = bad / (values.Length / (int)given.shape[0]);
        var hold = what.EndsWith('s') ? "hold" : "holds";
        throw new ArgumentException(
            $"{rule}: {what} of task {task} (counted from 0) {hold} {values[bad]}; look at that task's loss and its gradient");
    }

    /// <summary>A setting that lies in a range.</summary>
    /// <exception cref="DeclarationException">It does not.</exception>
    public static double Outside(string rule, string setting, double value, double least, double most = double.PositiveInfinity)
    {
        if (value >= least && value <= most && double.IsFinite(value)) return value;
        var range = double.IsPositiveInfinity(most) ? FormattableString.Invariant($"a finite number of at least {least}")
            : FormattableString.Invariant($"between {least} and {most}");
        throw new DeclarationException(FormattableString.Invariant($"{rule}: {setting} is {range}, but got {value}"));
    }

    /// <summary>A number for each task, or none for the usual ones.</summary>
    /// <exception cref="DeclarationException">Another count, or a number that is negative or not finite.</exception>
    public static double[] Unfit(string rule, string setting, IReadOnlyList<double> given, int tasks, double usual)
    {
        if (given.Count == 0) return Dense.Filled(NoTasks(rule, tasks), usual);
        if (given.Count != tasks)
            throw new DeclarationException(
                $"{rule}: {setting} {Has(setting)} {given.Count} numbers, but there are {tasks} tasks; give one for each, in their order");
        for (var task = 0; task < tasks; task++) Outside(rule, $"{setting} of task {task}", given[task], 0);
        return [.. given];
    }

    private static string Has(string what) => what.EndsWith('s') ? "have" : "has";
}
