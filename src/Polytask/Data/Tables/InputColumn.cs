using System.Globalization;

namespace Polytask;

/// <summary>How categories become features.</summary>
internal enum CategoryForm
{
    /// <summary>A feature per level, 1 for the one that holds.</summary>
    OneHot,

    /// <summary>As one-hot without the first level, which all zeros then mean.</summary>
    Dummy,

    /// <summary>One feature that holds the level's number, for an embedding.</summary>
    Code,
}

/// <summary>An input column read from a table, ready to write its features for any split.</summary>
internal abstract class InputColumn(string name, int missing)
{
    public string Name => name;

    /// <summary>How many of its values are missing.</summary>
    public int Missing => missing;

    /// <summary>The levels, "missing" last where there are any; none for numbers.</summary>
    public abstract IReadOnlyList<string> Levels { get; }

    /// <summary>Name and cardinality of each feature; the cardinality of a number is 0.</summary>
    public abstract IReadOnlyList<(string Name, long Cardinality)> Features(CategoryForm form);

    /// <summary>A writer of a row's features from <c>features[at]</c> on; what it needs to know of the data it takes from <paramref name="train"/>
    /// alone.</summary>
    public abstract Action<int, float[], int> Writer(int[] train, CategoryForm form);

    /// <summary>Reads a declared column.</summary>
    /// <exception cref="DataException">A value is no number, or no declared level.</exception>
    public static InputColumn Read(CsvTable table, Column column, IReadOnlySet<string> missing) =>
        column.Kind == ColumnKind.Numeric ? ReadNumbers(table, column, missing) : ReadLevels(table, column, missing);

    private static NumberColumn ReadNumbers(CsvTable table, Column column, IReadOnlySet<string> missing)
    {
        var numbers = column.Scores is { } scores ? Scored(table, column.Name, scores, missing) : Numbers(table, column.Name, missing);
        return new NumberColumn(column, numbers, numbers.Count(double.IsNaN));
    }

    private static double[] Scored(CsvTable table, string name, IReadOnlyDictionary<string, double> scores, IReadOnlySet<string> missing)
    {
        var (levels, codes) = Coded(table, name, [.. scores.Keys], missing, "level");
        return Array.ConvertAll(codes, code => code < 0 ? double.NaN : scores[levels[code]]);
    }

    /// <summary>The numbers of a column, NaN where missing.</summary>
    public static double[] Numbers(CsvTable table, string name, IReadOnlySet<string> missing)
    {
        var cells = table[name];
        var numbers = new double[table.Rows];
        for (var row = 0; row < numbers.Length; row++)
        {
            var text = cells[row].Trim();
            if (missing.Contains(text)) numbers[row] = double.NaN;
            else if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[row]) || !double.IsFinite(numbers[row]))
                throw new DataException(
                    $"'{table.Path}', line {table.LineOf(row)}, column '{name}': '{text}' is not a finite number; correct it, "
                    + "leave the cell empty if it is missing (or name its mark in 'missing'), or declare the column as a category");
        }
        return numbers;
    }

    private static LevelColumn ReadLevels(CsvTable table, Column column, IReadOnlySet<string> missing)
    {
        var (levels, codes) = Coded(table, column.Name, column.Levels, missing, "level");
        var absent = codes.Count(code => code < 0);
        return new LevelColumn(column.Name, levels, codes, absent);
    }

    /// <summary>The levels of a column (as declared, else as found) and the number of each row's level, -1 where missing.</summary>
    public static (string[] Levels, long[] Codes) Coded(
        CsvTable table, string name, IReadOnlyList<string> declared, IReadOnlySet<string> missing, string what)
    {
        var cells = table[name];
        string[] levels = declared.Count > 0
            ? [.. declared]
            : [.. cells.Select(cell => cell.Trim()).Where(cell => !missing.Contains(cell)).Distinct().Order(StringComparer.Ordinal)];
        var numbers = new Dictionary<string, long>();
        for (var level = 0; level < levels.Length; level++)
            if (!numbers.TryAdd(levels[level], level))
                throw new DataException($"column '{name}': the {what} '{levels[level]}' is declared twice");
        var codes = new long[table.Rows];
        for (var row = 0; row < codes.Length; row++)
        {
            var text = cells[row].Trim();
            if (missing.Contains(text)) codes[row] = -1;
            else if (!numbers.TryGetValue(text, out codes[row]))
                throw new DataException(
                    $"'{table.Path}', line {table.LineOf(row)}, column '{name}': '{text}' is not a declared {what}; "
                    + $"declared are {Names.Listed(levels)}{Names.DidYouMean(text, levels)}");
        }
        return (levels, codes);
    }

    private sealed class NumberColumn(Column column, double[] numbers, int missing) : InputColumn(column.Name, missing)
    {
        private readonly bool isMarked = missing > 0 && column.IsMarked;

        public override IReadOnlyList<string> Levels => [];

        public override IReadOnlyList<(string Name, long Cardinality)> Features(CategoryForm form) =>
            isMarked ? [(Name, 0), ($"{Name} is missing", 0)] : [(Name, 0)];

        public override Action<int, float[], int> Writer(int[] train, CategoryForm form)
        {
            var standard = Standardisation.Of(train.Select(row => numbers[row]));
            var scale = column.IsStandardised ? standard : new(0, 1);
            return (row, features, at) =>
            {
                var isMissing = double.IsNaN(numbers[row]);
                features[at] = scale.Applied(isMissing ? standard.Mean : numbers[row]);
                if (isMarked) features[at + 1] = isMissing ? 1 : 0;
            };
        }
    }

    private sealed class LevelColumn(string name, string[] levels, long[] codes, int missing) : InputColumn(name, missing)
    {
        public override IReadOnlyList<string> Levels { get; } = missing > 0 ? [.. levels, "missing"] : levels;

        public override IReadOnlyList<(string Name, long Cardinality)> Features(CategoryForm form) => form == CategoryForm.Code
            ? [(Name, Levels.Count)]
            : [.. Levels.Skip(Left(form)).Select(level => ($"{Name} = {level}", 0))];

        public override Action<int, float[], int> Writer(int[] train, CategoryForm form) => (row, features, at) =>
        {
            var code = codes[row] < 0 ? levels.Length : (int)codes[row];
            if (form == CategoryForm.Code) features[at] = code;
            else if (code >= Left(form)) features[at + code - Left(form)] = 1;
        };

        // How many levels have no feature of their own.
        private static int Left(CategoryForm form) => form == CategoryForm.Dummy ? 1 : 0;
    }
}
