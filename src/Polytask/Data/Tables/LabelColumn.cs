using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A task's labels read from a table.</summary>
internal sealed class LabelColumn
{
    private readonly long[] codes;
    private readonly double[] numbers;

    private LabelColumn(Target target, IReadOnlyList<string> classNames, long[] codes, double[] numbers) =>
        (Target, ClassNames, this.codes, this.numbers) = (target, classNames, codes, numbers);

    public Target Target { get; }

    public IReadOnlyList<string> ClassNames { get; }

    public int Missing => Target.Kind == TargetKind.Number ? numbers.Count(double.IsNaN) : codes.Count(code => code < 0);

    /// <summary>Reads a declared target.</summary>
    /// <exception cref="DataException">A label is no number, or none of the declared classes; or a binary target's yes occurs nowhere.</exception>
    public static LabelColumn Read(CsvTable table, Target target, IReadOnlySet<string> missing)
    {
        if (target.Kind == TargetKind.Number) return new(target, [], [], InputColumn.Numbers(table, target.Column, missing));
        if (target.Kind == TargetKind.Classes)
        {
            var (levels, codes) = InputColumn.Coded(table, target.Column, target.Levels, missing, "class");
            return new(target, target.ClassNames.Count > 0 ? target.ClassNames : levels, codes, []);
        }
        var (found, each) = InputColumn.Coded(table, target.Column, [], missing, "class");
        var yes = Array.IndexOf(found, target.Levels[0]);
        if (yes < 0)
            throw new DataException(
                $"task '{target.Task}': no row of column '{target.Column}' is '{target.Levels[0]}'; "
                + $"it holds {Names.Listed(found)}{Names.DidYouMean(target.Levels[0], found)}");
        return new(target, target.ClassNames, Array.ConvertAll(each, code => code < 0 ? -1L : code == yes ? 1 : 0), []);
    }

    /// <summary>A yes-or-no task from some classes of this one.</summary>
    public LabelColumn AsBinary(string task, string[] yes)
    {
        if (yes.Length == 0) throw new DataException($"task '{task}': name at least one class of '{Target.Task}' that counts as yes");
        var isYes = new bool[ClassNames.Count];
        foreach (var each in yes)
        {
            var which = Target.Kind == TargetKind.Classes ? ClassNames.ToList().IndexOf(each) : -1;
            if (which < 0)
                throw new DataException($"task '{task}': '{Target.Task}' has no class '{each}'; "
                    + $"its classes are {Names.Listed(ClassNames)}{Names.DidYouMean(each, ClassNames)}");
            isYes[which] = true;
        }
        var target = Target.Binary(Target.Column, string.Join(" or ", yes)).Named(task);
        return new(target, target.ClassNames, Array.ConvertAll(codes, code => code < 0 ? -1L : isYes[code] ? 1 : 0), []);
    }

    /// <summary>Ordered classes of about equal size from the numbers of this task: class k holds what lies above k of the cuts.</summary>
    public LabelColumn AsQuantiles(string task, int classes)
    {
        if (Target.Kind != TargetKind.Number) throw new DataException($"task '{task}': '{Target.Task}' has classes already; quantiles need numbers");
        if (classes < 2) throw new DataException($"task '{task}': {classes} quantile classes; at least 2 are needed");
        var sorted = numbers.Where(number => !double.IsNaN(number)).Order().ToArray();
        var cuts = Enumerable.Range(1, classes - 1).Select(k => Quantile(sorted, (double)k / classes)).ToArray();
        if (cuts.Distinct().Count() < cuts.Length)
            throw new DataException($"task '{task}': too many values of '{Target.Column}' are equal for {classes} quantile classes; ask for fewer");
        var shown = Array.ConvertAll(cuts, cut => cut.ToString("G4", CultureInfo.InvariantCulture));
        string[] names = [$"up to {shown[0]}", .. shown.Zip(shown.Skip(1), (low, high) => $"{low} to {high}"), $"above {shown[^1]}"];
        return new(Target.Classes(Target.Column, names).Named(task), names,
            Array.ConvertAll(numbers, number => double.IsNaN(number) ? -1L : cuts.Count(cut => number > cut)), []);
    }

    /// <summary>What each row says, for splits: the number of its class, or its number; "" where missing.</summary>
    public IReadOnlyList<string> Texts => Target.Kind == TargetKind.Number
        ? [.. numbers.Select(number => double.IsNaN(number) ? "" : number.ToString("R", CultureInfo.InvariantCulture))]
        : [.. codes.Select(code => code < 0 ? "" : $"{code}")];

    /// <summary>The task in a few words: how many rows each class has, or mean and standard deviation.</summary>
    public string Balance
    {
        get
        {
            if (Target.Kind == TargetKind.Number)
            {
                var of = Standardisation.Of(numbers);
                return FormattableString.Invariant($"mean {of.Mean:G4}, standard deviation {of.Deviation:G4}");
            }
            var counts = Counts;
            return Target.Kind == TargetKind.Binary
                ? $"{counts[1]} yes, {counts[0]} no"
                : $"{counts.Count} classes of {counts.Min()} to {counts.Max()}";
        }
    }

    /// <summary>The rows of each class; none for numbers.</summary>
    public IReadOnlyList<int> Counts => [.. ClassNames.Select((_, each) => codes.Count(code => code == each))];

    // Between the two nearest values in proportion, as NumPy does by default.
    private static double Quantile(double[] sorted, double share)
    {
        var at = share * (sorted.Length - 1);
        var below = (int)Math.Floor(at);
        return sorted[below] + (at - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
    }

    /// <summary>The labels of some rows, in the form that <see cref="TargetKind"/> states.</summary>
    public Tensor Labels(int[] rows, int[] train)
    {
        if (Target.Kind == TargetKind.Classes) return tensor(Array.ConvertAll(rows, row => codes[row]));
        if (Target.Kind == TargetKind.Binary) return tensor(Array.ConvertAll(rows, row => codes[row] < 0 ? float.NaN : codes[row]));
        var scale = Target.IsStandardised ? Standardisation.Of(train.Select(row => numbers[row])) : new(0, 1);
        return tensor(Array.ConvertAll(rows, row => double.IsNaN(numbers[row]) ? float.NaN : scale.Applied(numbers[row])));
    }
}
