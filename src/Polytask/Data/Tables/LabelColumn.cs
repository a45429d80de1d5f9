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

    /// <summary>A yes-or-no task from one class of this one.</summary>
    public LabelColumn AsBinary(string task, string yes)
    {
        var which = Target.Kind == TargetKind.Classes ? ClassNames.ToList().IndexOf(yes) : -1;
        if (which < 0)
            throw new DataException($"task '{task}': '{Target.Task}' has no class '{yes}'; "
                + $"its classes are {Names.Listed(ClassNames)}{Names.DidYouMean(yes, ClassNames)}");
        var target = Target.Binary(Target.Column, yes).Named(task);
        return new(target, target.ClassNames, Array.ConvertAll(codes, code => code < 0 ? -1L : code == which ? 1 : 0), []);
    }

    /// <summary>The labels of some rows, in the form that <see cref="TargetKind"/> states.</summary>
    public Tensor Labels(int[] rows, int[] train)
    {
        if (Target.Kind == TargetKind.Classes) return tensor(Array.ConvertAll(rows, row => codes[row]));
        if (Target.Kind == TargetKind.Binary) return tensor(Array.ConvertAll(rows, row => codes[row] < 0 ? float.NaN : codes[row]));
        var scale = Standardisation.Of(train.Select(row => numbers[row]));
        return tensor(Array.ConvertAll(rows, row => double.IsNaN(numbers[row]) ? float.NaN : scale.Applied(numbers[row])));
    }
}
