using System.Text.Encodings.Web;

// The two names that .NET Interactive's HTML(...) gives back live in this namespace.
namespace Microsoft.AspNetCore.Html;

/// <summary>Content that is HTML already.</summary>
public interface IHtmlContent
{
    /// <summary>Writes the HTML.</summary>
    void WriteTo(TextWriter writer, HtmlEncoder encoder);
}

/// <summary>A text that is HTML already and is not escaped.</summary>
public sealed class HtmlString(string? value) : IHtmlContent
{
    /// <summary>The HTML.</summary>
    public string? Value { get; } = value;

    /// <inheritdoc />
    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(Value);

    /// <inheritdoc />
    public override string ToString() => Value ?? "";
}
