using System.Text.RegularExpressions;

namespace Polytask.Notebooks.Exporting;

/// <summary>Text that was made for a terminal.</summary>
internal static partial class Terminal
{
    /// <summary>Without the sequences that set colours and move the cursor (ECMA-48).</summary>
    public static string Plain(string text) => Sequences().Replace(text, "");

    [GeneratedRegex(@"\x1b\[[0-?]*[ -/]*[@-~]")]
    private static partial Regex Sequences();
}
