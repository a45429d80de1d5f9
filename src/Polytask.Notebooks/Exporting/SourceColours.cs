using System.Text;
using System.Text.RegularExpressions;

namespace Polytask.Notebooks.Exporting;

/// <summary>C# and F# source as HTML with comments, texts, numbers and the words of the languages marked: by their look, not by a parser.</summary>
internal static partial class SourceColours
{
    private static readonly string[] Classes = ["comment", "text", "magic", "number", "word"];

    public static string Of(string source)
    {
        var html = new StringBuilder();
        var at = 0;
        foreach (Match match in Tokens().Matches(source))
        {
            html.Append(HtmlPage.Escape(source[at..match.Index]));
            var name = Classes.First(c => match.Groups[c].Success);
            html.Append($"<span class=\"{name}\">").Append(HtmlPage.Escape(match.Value)).Append("</span>");
            at = match.Index + match.Length;
        }
        return html.Append(HtmlPage.Escape(source[at..])).ToString();
    }

    [GeneratedRegex(
        """
        (?<comment>//[^\n]*|/\*.*?\*/|\(\*(?!\)).*?\*\))
        |(?<text>\$?"{3}.*?"{3}|[$@]{0,2}"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])')
        |(?<magic>^[ \t]*\#[!a-z][^\n]*)
        |(?<number>\b\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?[a-zA-Z]?\b)
        |\b(?<word>abstract|and|as|async|await|base|bool|break|case|catch|char|class|const|continue|decimal|default|do|done|double|else|elif|enum|false|finally|fixed|float|for|foreach
        |fun|function|get|if|in|inherit|init|int|interface|internal|is|let|lock|long|match|member|module|mutable|namespace|new|not|null|object|of|open|operator|or|out|override|params|private
        |protected|public|readonly|rec|record|ref|return|sealed|set|static|string|struct|switch|then|this|throw|to|true|try|type|typeof|unit|use|using|val|var|void|when|where|while|with|yield)\b
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Tokens();
}
