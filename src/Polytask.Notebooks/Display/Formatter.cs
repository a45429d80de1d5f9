using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Html;
using Polytask.Notebooks.Display;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>
/// Turns values into text, HTML and other forms, under .NET Interactive's names. The formatter of the nearest type wins
/// (the type itself, its base classes, its interfaces, object), and of equals the one registered last.
/// </summary>
public static class Formatter
{
    /// <summary>Mime type of plain text.</summary>
    public const string PlainTextMimeType = "text/plain";
    /// <summary>Mime type of HTML.</summary>
    public const string HtmlMimeType = "text/html";
    /// <summary>Mime type of JSON.</summary>
    public const string JsonMimeType = "application/json";

    private static readonly Lock Gate = new();
    private static readonly List<(Type Type, string MimeType, Action<object, TextWriter> Write)> Writers = [];
    private static readonly List<(Type Type, Func<object, MimeBundle> Bundle)> Bundles = [];
    private static readonly List<(Type Type, string[] MimeTypes)> Preferred = [];

    /// <summary>How many items of a sequence are shown.</summary>
    public static int ListExpansionLimit { get; set; } = 20;

    /// <summary>Registers a formatter that gives a text.</summary>
    public static void Register<T>(Func<T, string> formatter, string mimeType = PlainTextMimeType) =>
        Register(typeof(T), (value, writer) => writer.Write(formatter((T)value)), mimeType);

    /// <summary>Registers a formatter that writes.</summary>
    public static void Register<T>(Action<T, TextWriter> formatter, string mimeType = PlainTextMimeType) =>
        Register(typeof(T), (value, writer) => formatter((T)value, writer), mimeType);

    /// <summary>Registers a formatter for a type, which may be an open generic such as <c>typeof(List&lt;&gt;)</c>.</summary>
    public static void Register(Type type, Action<object, TextWriter> formatter, string mimeType = PlainTextMimeType)
    {
        lock (Gate)
            Writers.Add((type, mimeType, formatter));
    }

    /// <summary>Registers a formatter that gives all forms of a value at once. (Not a member of .NET Interactive's formatter.)</summary>
    public static void RegisterBundle<T>(Func<T, MimeBundle> formatter)
    {
        lock (Gate)
            Bundles.Add((typeof(T), value => formatter((T)value)));
    }

    /// <summary>Says which forms of a type's values are shown.</summary>
    public static void SetPreferredMimeTypesFor(Type type, params string[] preferredMimeTypes)
    {
        lock (Gate)
            Preferred.Add((type, preferredMimeTypes));
    }

    /// <summary>Forgets every registration.</summary>
    public static void ResetToDefault()
    {
        lock (Gate)
        {
            Writers.Clear();
            Bundles.Clear();
            Preferred.Clear();
        }
        ListExpansionLimit = 20;
    }

    /// <summary>A value's form under a mime type.</summary>
    public static string ToDisplayString(this object? value, string mimeType = PlainTextMimeType)
    {
        if (value is not null && Nearest(Writers, value.GetType(), w => w.Type, w => w.MimeType == mimeType) is { Item.Write: { } write })
        {
            using var text = new StringWriter();
            write(value, text);
            return text.ToString();
        }
        return mimeType switch
        {
            HtmlMimeType => HtmlForm(value),
            JsonMimeType => value is JsonNode json ? json.ToJsonString() : JsonSerializer.Serialize(value),
            _ => value is IHtmlContent html ? html.ToString() ?? "" : PlainText.Of(value),
        };
    }

    /// <summary>The forms of a value that are shown: those asked for, else those its type prefers or has formatters for, else text and, for tables, HTML.</summary>
    public static MimeBundle ToBundle(object? value, params string[] mimeTypes)
    {
        if (value is MimeBundle ready)
            return ready;
        if (mimeTypes.Length > 0)
            return Bundle(value, mimeTypes);
        if (value is null)
            return MimeBundle.Text(PlainText.Of(null));

        var type = value.GetType();
        var preferred = Nearest(Preferred, type, p => p.Type, _ => true);
        var bundle = Nearest(Bundles, type, b => b.Type, _ => true);
        var writer = Nearest(Writers, type, w => w.Type, _ => true);
        if (preferred is { } p && p.Distance <= (bundle?.Distance ?? int.MaxValue))
            return Bundle(value, p.Item.MimeTypes);
        if (bundle is { } b && b.Distance <= (writer?.Distance ?? int.MaxValue))
            return b.Item.Bundle(value);
        if (writer is not null)
            return Bundle(value, [.. RegisteredFor(type), PlainTextMimeType]);
        return value switch
        {
            IHtmlContent => new MimeBundle().With(HtmlMimeType, HtmlForm(value)),
            JsonNode or JsonElement or JsonDocument => Bundle(value, [JsonMimeType, PlainTextMimeType]),
            _ when ValueTable.Of(value) is { } table => MimeBundle.Text(PlainText.Of(value)).With(HtmlMimeType, table.ToHtml()),
            _ => MimeBundle.Text(PlainText.Of(value)),
        };
    }

    /// <summary>The forms of a cell's value. Unlike what is displayed, a text or nothing is printed as the language prints values.</summary>
    internal static MimeBundle ToResult(object? value, Func<string?> print)
    {
        var plain = value is null || value is string && Nearest(Writers, typeof(string), w => w.Type, _ => true) is null;
        return plain && print() is { } text ? MimeBundle.Text(text) : ToBundle(value);
    }

    private static MimeBundle Bundle(object? value, IEnumerable<string> mimeTypes)
    {
        var bundle = new MimeBundle();
        foreach (var mimeType in mimeTypes.Distinct())
            bundle.With(mimeType, value.ToDisplayString(mimeType));
        return bundle;
    }

    private static string HtmlForm(object? value)
    {
        switch (value)
        {
            case IHtmlContent html:
                using (var writer = new StringWriter())
                {
                    html.WriteTo(writer, HtmlEncoder.Default);
                    return writer.ToString();
                }
            case not null when ValueTable.Of(value) is { } table:
                return table.ToHtml();
            default:
                return "<pre>" + ValueTable.Escape(PlainText.Of(value)) + "</pre>";
        }
    }

    private static List<string> RegisteredFor(Type type)
    {
        lock (Gate)
            return [.. Writers.Where(w => Distance(type, w.Type) < int.MaxValue).Select(w => w.MimeType)];
    }

    private static (T Item, int Distance)? Nearest<T>(List<T> registered, Type type, Func<T, Type> typeOf, Func<T, bool> suits)
    {
        lock (Gate)
        {
            (T Item, int Distance)? best = null;
            foreach (var item in registered)
                if (suits(item) && Distance(type, typeOf(item)) is var distance and < int.MaxValue && distance <= (best?.Distance ?? int.MaxValue))
                    best = (item, distance);
            return best;
        }
    }

    /// <summary>0 for the type itself, 1, 2, ... up its base classes, then interfaces, then object; int.MaxValue where it does not match.</summary>
    private static int Distance(Type type, Type registered)
    {
        if (registered == typeof(object))
            return 2000;
        var depth = 0;
        for (var at = type; at is not null; at = at.BaseType, depth++)
            if (Same(at, registered))
                return depth;
        return registered.IsInterface && type.GetInterfaces().Any(i => Same(i, registered)) ? 1000 : int.MaxValue;
    }

    private static bool Same(Type type, Type registered) =>
        type == registered || registered.IsGenericTypeDefinition && type.IsGenericType && type.GetGenericTypeDefinition() == registered;
}
