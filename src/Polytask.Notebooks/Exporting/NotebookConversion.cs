using System.Text;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Exporting;

/// <summary>Notebooks from one form to another, told by the ends of their names: .ipynb, .dib, .cs or .fsx, and .html to write.</summary>
public static class NotebookConversion
{
    /// <summary>The forms that can be written.</summary>
    public const string Forms = ".ipynb, .dib, .cs, .fsx or .html";

    /// <summary>Reads a notebook in any form but HTML.</summary>
    /// <exception cref="NotebookFormatException">The file cannot be used; the message says where and why.</exception>
    public static Notebook Read(string path)
    {
        if (!ScriptText.IsScript(path))
            return NotebookFile.Read(path);
        if (!File.Exists(path))
            throw new NotebookFormatException($"{path} does not exist");
        try
        {
            return ScriptText.Read(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path)), LanguageOf(path), path);
        }
        catch (DecoderFallbackException fault)
        {
            throw new NotebookFormatException($"{path} is not UTF-8 text: byte {fault.Index} is not valid", fault);
        }
    }

    /// <summary>Writes a notebook, whole or not at all.</summary>
    /// <exception cref="NotebookFormatException">The form is not known, or cannot hold the notebook.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(Notebook notebook, string path)
    {
        var extension = Path.GetExtension(path);
        if (extension is ".html" or ".htm")
            AtomicFile.WriteAllText(path, HtmlPage.Of(notebook, Path.GetFileNameWithoutExtension(path)));
        else if (ScriptText.IsScript(path))
            AtomicFile.WriteAllText(path, ScriptText.Write(notebook, LanguageOf(path)));
        else if (extension is ".ipynb" or ".dib")
            NotebookFile.Write(notebook, path);
        else
            throw new NotebookFormatException($"{path}: the name should end with {Forms}");
    }

    private static string LanguageOf(string path) => Path.GetExtension(path) is ".fsx" or ".fs" ? "fsharp" : "csharp";
}
