using System.Text.RegularExpressions;

namespace Polytask;

/// <summary>A pattern of tensors' names: <c>*</c> stands for any run of characters, dots too, and <c>?</c> for one.</summary>
internal static class NamePattern
{
    public static bool Matches(string pattern, string name) =>
        Regex.IsMatch(name, $"^{Regex.Escape(pattern).Replace(@"\*", ".*").Replace(@"\?", ".")}$",
            RegexOptions.Singleline | RegexOptions.CultureInvariant);
}
