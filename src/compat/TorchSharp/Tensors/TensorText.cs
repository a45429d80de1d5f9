using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A tensor on the CPU as text, in TorchSharp's styles.</summary>
internal sealed class TensorText(Tensor values, string head, string format, CultureInfo culture, string newLine)
{
    private const string Ellipsis = "...";

    private readonly StringBuilder text = new();
    private readonly long[] shape = values.shape;
    private readonly Func<long, string> element = Elements(values, format, culture);

    private int Dimensions => shape.Length;

    // ---- Julia: matrices with aligned columns, as many as fit the line; the matrices of a larger tensor one after the other

    public string Julia(int width)
    {
        text.Append(head);
        if (Dimensions == 0) return text.Append(", value = ").Append(element(0)).ToString();
        if (Dimensions <= 2)
        {
            text.Append(newLine);
            WriteMatrix(0, Dimensions == 1 ? 1 : shape[0], shape[^1], width, aligned: Dimensions == 2);
            return text.ToString();
        }
        var size = shape[^2] * shape[^1];
        var matrices = shape[..^2].TotalSize();
        for (long matrix = 0; matrix < matrices; matrix++)
        {
            text.Append(newLine).Append('[').AppendJoin(',', Position(matrix)).Append(",..,..] =").Append(newLine);
            WriteMatrix(matrix * size, shape[^2], shape[^1], width, aligned: true);
        }
        return text.ToString();
    }

    private void WriteMatrix(long first, long rows, long columns, int width, bool aligned)
    {
        var cells = new List<string>[rows];
        for (long row = 0; row < rows; row++) cells[row] = Fitting(first + row * columns, columns, width);
        var shown = rows == 0 ? 0 : cells.Min(row => row.Count);
        for (long row = 0; row < rows; row++)
        {
            for (var column = 0; column < shown; column++)
                text.Append(' ').Append(cells[row][column].PadLeft(aligned ? cells.Max(other => other[column].Length) : 0));
            if (shown < columns) text.Append(' ').Append(Ellipsis);
            text.Append(newLine);
        }
    }

    /// <summary>The texts of a row's first elements, as many as leave room for the ellipsis.</summary>
    private List<string> Fitting(long first, long columns, int width)
    {
        var row = new List<string>();
        for (long column = 0; column < columns; column++)
        {
            var cell = element(first + column);
            if (width - cell.Length - Ellipsis.Length - 1 < 0) break;
            row.Add(cell);
            width -= cell.Length + 1;
        }
        return row;
    }

    private long[] Position(long matrix)
    {
        var position = new long[Dimensions - 2];
        for (var k = position.Length - 1; k >= 0; k--)
        {
            position[k] = matrix % shape[k];
            matrix /= shape[k];
        }
        return position;
    }

    // ---- NumPy: nested brackets, long dimensions cut in the middle

    public string Numpy(int maxRows, int maxColumns)
    {
        if (Dimensions == 0) return element(0);
        WriteNested(0, 0, maxRows, maxColumns, '[', ']', "", depth => string.Concat(Enumerable.Repeat(newLine, Dimensions - depth - 1)));
        return text.ToString();
    }

    // ---- C#: an array initialiser

    public string CSharp(int maxRows, int maxColumns)
    {
        text.Append(head).Append(", value = ");
        if (Dimensions == 0) return text.Append(element(0)).ToString();
        var (name, suffix) = Literal(values.dtype);
        var lines = Dimensions > 1;
        if (lines) text.Append(newLine);
        text.Append(name).Append(" [").Append(',', Dimensions - 1).Append("] ");
        if (!lines)
        {
            WriteNested(0, 0, maxRows, maxColumns, '{', '}', suffix, _ => "");
            return text.ToString();
        }
        text.Append('{').Append(newLine).Append(' ');
        WriteParts(0, 0, maxRows, maxColumns, '{', '}', suffix, _ => "," + newLine, newLine);
        return text.Append(newLine).Append('}').ToString();
    }

    private static (string Name, string Suffix) Literal(ScalarType type) => type switch
    {
        ScalarType.Bool => ("bool", ""),
        ScalarType.Byte => ("byte", ""),
        ScalarType.Int8 => ("sbyte", ""),
        ScalarType.Int16 => ("short", ""),
        ScalarType.Int32 => ("int", ""),
        ScalarType.Int64 => ("long", "L"),
        ScalarType.Float32 => ("float", "f"),
        ScalarType.Float64 => ("double", ""),
        ScalarType.BFloat16 => ("bfloat16", "f"),
        ScalarType.Float16 => ("float16", "f"),
        ScalarType.ComplexFloat32 => ("complex32", ""),
        _ => ("complex64", ""),
    };

    // ---- nesting

    private void WriteNested(int depth, long first, int maxRows, int maxColumns, char open, char close, string suffix, Func<int, string> between)
    {
        text.Append(open);
        if (depth == Dimensions - 1) WriteRow(first, shape[depth], maxColumns, suffix);
        else WriteParts(depth, first, maxRows, maxColumns, open, close, suffix, between, between(depth));
        text.Append(close);
    }

    private void WriteRow(long first, long count, int most, string suffix)
    {
        for (long k = 0; k < count; k++)
        {
            if (count > most && k == most - most / 2)
            {
                text.Append(Ellipsis).Append(' ');
                k = count - most / 2;
            }
            text.Append(element(first + k)).Append(suffix);
            if (k < count - 1) text.Append(", ");
        }
    }

    private void WriteParts(
        int depth, long first, int maxRows, int maxColumns, char open, char close, string suffix, Func<int, string> between, string afterEllipsis)
    {
        var count = shape[depth];
        var size = shape[(depth + 1)..].TotalSize();
        for (long k = 0; k < count; k++)
        {
            if (count > maxRows && k == maxRows - maxRows / 2)
            {
                text.Append(' ', depth).Append(' ').Append(Ellipsis).Append(afterEllipsis);
                k = count - maxRows / 2;
            }
            // The first part stands right behind the bracket, the others under it.
            if (k > 0) text.Append(' ', depth + 1);
            WriteNested(depth + 1, first + k * size, maxRows, maxColumns, open, close, suffix, between);
            if (k < count - 1) text.Append(between(depth));
        }
    }

    // ---- elements

    private static Func<long, string> Elements(Tensor values, string format, CultureInfo culture)
    {
        switch (values.dtype)
        {
            case ScalarType.Bool:
                var truths = values.data<bool>();
                return k => truths[k].ToString(culture);
            case ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64:
                var integers = values.to(ScalarType.Int64).data<long>();
                return k => integers[k].ToString(culture);
            case ScalarType.ComplexFloat32:
                var singles = values.data<(float Real, float Imaginary)>();
                return k => Complex(singles[k].Real, singles[k].Imaginary, singles[k].Real.ToString(format, culture), singles[k].Imaginary.ToString(format, culture));
            case ScalarType.ComplexFloat64:
                var doubles = values.data<System.Numerics.Complex>();
                return k => Complex(doubles[k].Real, doubles[k].Imaginary, doubles[k].Real.ToString(format, culture), doubles[k].Imaginary.ToString(format, culture));
            case ScalarType.Float64:
                var reals = values.data<double>();
                return k => reals[k].ToString(format, culture);
            default:
                var numbers = values.to(ScalarType.Float32).data<float>();
                return k => numbers[k].ToString(format, culture);
        }
    }

    private static string Complex(double real, double imaginary, string realText, string imaginaryText) =>
        imaginary == 0 ? realText : real == 0 ? imaginaryText + "i" : $"{realText}+{imaginaryText}i";
}
