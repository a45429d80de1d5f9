using FSharp.Compiler.Syntax;

namespace Polytask.Notebooks.Kernels.FSharp.Assistance;

/// <summary>The identifier around a cursor in a line, which may be empty, only begun, or in double backticks.</summary>
/// <param name="Start">Its first column.</param>
/// <param name="End">The column after its last.</param>
/// <param name="Typed">Its part before the cursor, without backticks.</param>
/// <param name="IsQuoted">Whether it stands in backticks, the closing ones of which may be missing.</param>
internal readonly record struct FSharpWord(int Start, int End, string Typed, bool IsQuoted)
{
    private const string Quote = "``";

    public static FSharpWord At(string line, int column)
    {
        var open = -1;
        for (var at = line.IndexOf(Quote, StringComparison.Ordinal); at >= 0 && at < column;)
        {
            var close = line.IndexOf(Quote, at + 2, StringComparison.Ordinal);
            if (close < 0 || close + 2 > column)
            {
                open = at;
                break;
            }
            at = line.IndexOf(Quote, close + 2, StringComparison.Ordinal);
        }
        var (start, end) = (column, column);
        if (open >= 0)
        {
            var close = line.IndexOf(Quote, open + 2, StringComparison.Ordinal);
            var typed = line[Math.Min(open + 2, column)..column].TrimEnd('`');
            return new FSharpWord(open, close < 0 ? column : Math.Max(column, close + 2), typed, IsQuoted: true);
        }
        while (start > 0 && PrettyNaming.IsIdentifierPartCharacter(line[start - 1]))
            start--;
        while (end < line.Length && PrettyNaming.IsIdentifierPartCharacter(line[end]))
            end++;
        return new FSharpWord(start, end, line[start..column], IsQuoted: false);
    }

    /// <summary>The line with a quoted name as a plain one of the same length: the parser takes no quote that is open.</summary>
    public string Plain(string line) => IsQuoted
        ? line[..Start] + new string([.. line[Start..End].Select(c => PrettyNaming.IsIdentifierPartCharacter(c) ? c : '_')]) + line[End..]
        : line;
}
