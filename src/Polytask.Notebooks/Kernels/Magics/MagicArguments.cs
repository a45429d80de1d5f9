namespace Polytask.Notebooks.Kernels.Magics;

/// <summary>The words and options of a magic command: <c>#!share --from fsharp name --as other</c>.</summary>
internal sealed class MagicArguments
{
    private readonly List<string> _words = [];
    private readonly Dictionary<string, string> _options = [];

    /// <param name="text">What stands after the command.</param>
    /// <param name="options">The options that it takes, each with a value.</param>
    /// <exception cref="InvalidOperationException">Another option, one without its value, or a quote that does not end.</exception>
    public MagicArguments(string text, params string[] options)
    {
        var tokens = Tokens(text);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Quoted || !tokens[i].Text.StartsWith("--", StringComparison.Ordinal))
                _words.Add(tokens[i].Text);
            else if (!options.Contains(tokens[i].Text))
                throw new InvalidOperationException($"there is no option {tokens[i].Text}; there are {string.Join(", ", options)}");
            else if (i + 1 == tokens.Count)
                throw new InvalidOperationException($"{tokens[i].Text} needs a value");
            else
            {
                _options[tokens[i].Text] = tokens[i + 1].Text;
                if (tokens[++i].Quoted)
                    Quoted.Add(tokens[i - 1].Text);
            }
        }
    }

    /// <summary>The words that belong to no option.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>The options whose value stands in quotes.</summary>
    public HashSet<string> Quoted { get; } = [];

    /// <summary>An option's value, or null.</summary>
    public string? this[string option] => _options.GetValueOrDefault(option);

    private static List<(string Text, bool Quoted)> Tokens(string text)
    {
        var tokens = new List<(string, bool)>();
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }
            var quoted = text[i] == '"';
            var end = quoted ? text.IndexOf('"', i + 1) : i;
            if (end < 0)
                throw new InvalidOperationException("a quote does not end");
            var inQuotes = false;
            for (; !quoted && end < text.Length && (inQuotes || !char.IsWhiteSpace(text[end])); end++)
            {
                // A prompt may hold spaces: @input:"Your name".
                if (text[end] == '"' && (inQuotes || text[end - 1] == ':'))
                    inQuotes = !inQuotes;
            }
            if (inQuotes)
                throw new InvalidOperationException("a quote does not end");
            tokens.Add((quoted ? text[(i + 1)..end] : text[i..end], quoted));
            i = quoted ? end + 1 : end;
        }
        return tokens;
    }
}
