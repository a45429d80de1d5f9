using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Polytask.Notebooks.Documents;

/// <summary>
/// Reads JSON as Python's <c>json.loads</c> does, with the line and column of the first fault. It takes what notebooks hold and strict
/// readers refuse: NaN and Infinity in chart data, halves of surrogate pairs, whole numbers of any length.
/// </summary>
internal sealed class JsonText
{
    private const int MaximumDepth = 500;
    private readonly string _text;
    private int _at;
    private int _depth;

    private JsonText(string text) => _text = text;

    /// <exception cref="FormatException">The text is not JSON; the message says where ("line 3, column 7: ...").</exception>
    public static JsonNode? Parse(string text)
    {
        var reader = new JsonText(text);
        reader.SkipSpace();
        var value = reader.Value();
        reader.SkipSpace();
        if (reader._at < text.Length)
            throw reader.Fault($"the document should end here but goes on with {reader.Here()}");
        return value;
    }

    private JsonNode? Value()
    {
        if (_at >= _text.Length)
            throw Fault("a value is missing: the file ends here");
        switch (_text[_at])
        {
            case '{': return Object();
            case '[': return Array();
            case '"': return JsonValue.Create(String());
            case 't' when Take("true"): return JsonValue.Create(true);
            case 'f' when Take("false"): return JsonValue.Create(false);
            case 'n' when Take("null"): return null;
            case 'N' when Take("NaN"): return JsonValue.Create(double.NaN);
            case 'I' when Take("Infinity"): return JsonValue.Create(double.PositiveInfinity);
            case '-' when Take("-Infinity"): return JsonValue.Create(double.NegativeInfinity);
            case '-' or (>= '0' and <= '9'): return Number();
            default: throw Fault($"a value is expected, not {Here()}");
        }
    }

    private JsonObject Object()
    {
        var start = Enter();
        var result = new JsonObject();
        if (Closes('}'))
            return result;
        while (true)
        {
            if (_at >= _text.Length)
                throw Unclosed("an object", start);
            if (_text[_at] != '"')
                throw Fault($"a name in double quotes is expected, not {Here()}");
            var name = String();
            SkipSpace();
            if (_at >= _text.Length)
                throw Unclosed("an object", start);
            if (_text[_at] != ':')
                throw Fault($"':' is expected after the name \"{name}\", not {Here()}");
            _at++;
            SkipSpace();
            result[name] = Value();
            if (Next('}', "an object", start))
                return result;
        }
    }

    private JsonArray Array()
    {
        var start = Enter();
        var result = new JsonArray();
        if (Closes(']'))
            return result;
        while (true)
        {
            result.Add(Value());
            if (Next(']', "a list", start))
                return result;
        }
    }

    private int Enter()
    {
        if (++_depth > MaximumDepth)
            throw Fault($"values are nested deeper than {MaximumDepth} levels");
        return _at++;
    }

    private bool Closes(char end)
    {
        SkipSpace();
        if (_at >= _text.Length || _text[_at] != end)
            return false;
        _at++;
        _depth--;
        return true;
    }

    private bool Next(char end, string what, int start)
    {
        if (Closes(end))
            return true;
        if (_at >= _text.Length)
            throw Unclosed(what, start);
        if (_text[_at] != ',')
            throw Fault($"',' or '{end}' is expected, not {Here()}");
        _at++;
        SkipSpace();
        return false;
    }

    private string String()
    {
        var start = _at++;
        StringBuilder? built = null;
        var from = _at;
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c == '"')
            {
                var tail = _text.AsSpan(from, _at++ - from);
                return built is null ? tail.ToString() : built.Append(tail).ToString();
            }
            if (c < ' ')
                throw Fault($"a control character (U+{(int)c:X4}) stands inside a text; it must be escaped");
            if (c != '\\')
            {
                _at++;
                continue;
            }
            (built ??= new StringBuilder()).Append(_text.AsSpan(from, _at - from)).Append(Escaped());
            from = _at;
        }
        throw Unclosed("a text", start);
    }

    private char Escaped()
    {
        _at++;
        var c = _at < _text.Length ? _text[_at++] : '\0';
        switch (c)
        {
            case '"' or '\\' or '/': return c;
            case 'n': return '\n';
            case 't': return '\t';
            case 'r': return '\r';
            case 'b': return '\b';
            case 'f': return '\f';
            case 'u' when _at + 4 <= _text.Length
                          && ushort.TryParse(_text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return (char)code;
            default:
                _at = Math.Min(_at, _text.Length) - 1;
                throw Fault("the escape after '\\' is not one that JSON knows");
        }
    }

    private JsonValue Number()
    {
        var start = _at;
        if (_text[_at] == '-')
            _at++;
        var zero = _at < _text.Length && _text[_at] == '0';
        var digits = Digits();
        if (digits == 0 || digits > 1 && zero)
            throw Fault("a number needs a digit here and does not start with 0");
        var whole = true;
        if (_at < _text.Length && _text[_at] == '.')
        {
            whole = false;
            _at++;
            if (Digits() == 0)
                throw Fault("a digit is expected after the decimal point");
        }
        if (_at < _text.Length && _text[_at] is 'e' or 'E')
        {
            whole = false;
            _at++;
            if (_at < _text.Length && _text[_at] is '+' or '-')
                _at++;
            if (Digits() == 0)
                throw Fault("a digit is expected in the exponent");
        }
        var token = _text.AsSpan(start, _at - start);
        if (!whole)
            return JsonValue.Create(double.Parse(token, CultureInfo.InvariantCulture));
        if (long.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            return JsonValue.Create(value);
        using var big = JsonDocument.Parse(token.ToString());
        return JsonValue.Create(big.RootElement.Clone())!;
    }

    private int Digits()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
            _at++;
        return _at - start;
    }

    private bool Take(string word)
    {
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0)
            return false;
        _at += word.Length;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\n' or '\r' or '\t')
            _at++;
    }

    private string Here() => _at >= _text.Length ? "the end of the file" : _text[_at] < ' ' ? $"U+{(int)_text[_at]:X4}" : $"'{_text[_at]}'";

    private FormatException Unclosed(string what, int start)
    {
        var (line, column) = Place(start);
        return Fault($"the file ends inside {what} that begins at line {line}, column {column}");
    }

    private FormatException Fault(string message)
    {
        var (line, column) = Place(_at);
        return new FormatException($"line {line}, column {column}: {message}");
    }

    private (int Line, int Column) Place(int at)
    {
        var before = _text.AsSpan(0, Math.Min(at, _text.Length));
        return (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }
}
