using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;
using Polytask.Notebooks.Display;

namespace Microsoft.DotNet.Interactive;

/// <summary>What a cell can call without a prefix, under .NET Interactive's names.</summary>
public static class Kernel
{
    /// <summary>Shows a value, as the given mime types or as those that its type prefers.</summary>
    /// <returns>A handle that updates the shown value in place.</returns>
    public static DisplayedValue display(object? value, params string[] mimeTypes)
    {
        var shown = new DisplayedValue(mimeTypes);
        CellOutput.Required.Display(Formatter.ToBundle(value, mimeTypes), shown.Id);
        return shown;
    }

    /// <summary>Asks the person in front of the notebook, and waits.</summary>
    /// <param name="prompt">What is asked.</param>
    /// <param name="typeHint">"password" hides what is typed; every other answer is text.</param>
    /// <exception cref="InputUnavailableException">Nobody can answer: the notebook is run by a program.</exception>
    public static Task<string> GetInputAsync(string prompt = "", string typeHint = "text") =>
        Task.FromResult(CellInput.Ask(prompt, hidden: typeHint == "password"));

    /// <summary>Asks for a text that is not to be seen.</summary>
    /// <inheritdoc cref="GetInputAsync" path="/param|/exception" />
    public static Task<PasswordString> GetPasswordAsync(string prompt = "") =>
        Task.FromResult(new PasswordString(CellInput.Ask(prompt, hidden: true)));

    /// <summary>Marks a text as HTML, so that showing it does not escape it.</summary>
    public static IHtmlContent HTML(string content) => new HtmlString(content);
}

/// <summary>The same as methods of the values.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows the value; see <see cref="Kernel.display" />.</summary>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) => Kernel.display(value, mimeTypes);

    /// <summary>Shows a text as it is under a mime type, such as text/html or text/markdown.</summary>
    public static DisplayedValue DisplayAs(this string value, string mimeType)
    {
        var shown = new DisplayedValue([mimeType]);
        CellOutput.Required.Display(new MimeBundle().With(mimeType, value), shown.Id);
        return shown;
    }
}

/// <summary>A value that was shown and can be replaced where it stands.</summary>
public sealed class DisplayedValue
{
    private readonly string[] _mimeTypes;

    internal DisplayedValue(string[] mimeTypes) => _mimeTypes = mimeTypes;

    internal string Id { get; } = CellOutput.NewId();

    /// <summary>Shows another value in the same place. The saved notebook holds only the last one.</summary>
    public void Update(object? updatedValue)
    {
        var mimeTypes = updatedValue is string ? _mimeTypes : [];
        var bundle = mimeTypes is [var mime] ? new MimeBundle().With(mime, (string)updatedValue!) : Formatter.ToBundle(updatedValue, mimeTypes);
        CellOutput.Required.Update(bundle, Id);
    }
}
