using System.Globalization;
using System.Text.RegularExpressions;

namespace Polytask.Notebooks.Running.Comparing;

/// <summary>
/// Whether two lines of text say the same: times, dates, identifiers and memory addresses stand for each other, numbers may be apart by a
/// tolerance, and white space counts only as such, for the columns of a table move with the length of their numbers.
/// </summary>
internal static partial class TextComparison
{
    public static bool Same(string a, string b, double tolerance) => a == b || SameNumbers(Masked(a), Masked(b), tolerance);

    /// <summary>Whether two numbers are as close as the tolerance asks, relative to the larger.</summary>
    public static bool Close(double a, double b, double tolerance) =>
        a.Equals(b) || Math.Abs(a - b) <= tolerance * Math.Max(Math.Abs(a), Math.Abs(b));

    private static bool SameNumbers(string a, string b, double tolerance)
    {
        var (left, right) = (Numbers().Split(a), Numbers().Split(b));
        return left.SequenceEqual(right)
               && Numbers().Matches(a).Zip(Numbers().Matches(b)).All(pair => Close(Value(pair.First), Value(pair.Second), tolerance));
    }

    private static double Value(Match number) => double.Parse(number.Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    private static string Masked(string line)
    {
        line = Guids().Replace(line, "<id>");
        line = Addresses().Replace(line, "<address>");
        line = Ids().Replace(line, "<id>");
        line = Dates().Replace(line, "<time>");
        line = Clocks().Replace(line, "<time>");
        line = Durations().Replace(line, "<time>");
        return Spaces().Replace(line, " ").Trim();
    }

    [GeneratedRegex(@"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", RegexOptions.IgnoreCase)]
    private static partial Regex Guids();

    [GeneratedRegex(@"\b0x[0-9a-f]{6,16}\b", RegexOptions.IgnoreCase)]
    private static partial Regex Addresses();

    /// <summary>What a display and the parts of a drawing are called, and processes and threads.</summary>
    [GeneratedRegex(@"\b(?:display|clip|legend|clipPath|gradient)-?[0-9a-f]{4,}\b|\bdisplay-\d+\b|\b(?:pid|PID|process id|thread id)[ :=]+\d+")]
    private static partial Regex Ids();

    [GeneratedRegex(@"\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?\b")]
    private static partial Regex Dates();

    [GeneratedRegex(@"\b\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)\b")]
    private static partial Regex Clocks();

    [GeneratedRegex(@"(?<![\w.])\d+(?:[.,]\d+)* ?(?:ns|µs|us|ms|s|sec|seconds?|min|minutes?|h|hours?)(?![\w/])")]
    private static partial Regex Durations();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    /// <summary>Not inside a word: x1 is a name.</summary>
    [GeneratedRegex(@"(?<![\w.])[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?")]
    private static partial Regex Numbers();
}
