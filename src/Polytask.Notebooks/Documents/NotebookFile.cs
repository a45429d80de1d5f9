using System.Text;

namespace Polytask.Notebooks.Documents;

/// <summary>Notebooks on disk.</summary>
public static class NotebookFile
{
    /// <summary>Whether a path names a .dib file.</summary>
    public static bool IsDib(string path) => Path.GetExtension(path).Equals(".dib", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a file of that name has a place for outputs: neither a .dib nor a script; every other one is taken for .ipynb.</summary>
    public static bool HoldsOutputs(string path) => !IsDib(path) && ScriptDocument.LanguageOf(path) is null;

    /// <summary>Reads an .ipynb or .dib file, or a script of C# (.csx) or F# (.fsx), which is a notebook of one cell.</summary>
    /// <exception cref="NotebookFormatException">The file is missing, unreadable or not a notebook of format 4.</exception>
    public static Notebook Read(string path)
    {
        if (Directory.Exists(path))
            throw new NotebookFormatException($"{path} is a folder; name an .ipynb or .dib file or a script in it");
        if (!File.Exists(path))
            throw new NotebookFormatException($"{path} does not exist");
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NotebookFormatException($"{path} cannot be read: {error.Message}", error);
        }
        if (IsDib(path))
            return DibText.Parse(Decode(bytes, path), path);
        if (ScriptDocument.LanguageOf(path) is { } language)
            return ScriptDocument.Parse(Decode(bytes, path), language);
        if (bytes.Length == 0)
            throw new NotebookFormatException($"{path} is not JSON: the file is empty");
        return Notebook.Parse(Decode(bytes, path), path);
    }

    /// <summary>Writes an .ipynb file atomically, byte for byte as nbformat does, or a .dib file, which holds no outputs.</summary>
    /// <exception cref="IOException">The file cannot be written; what was there before is untouched.</exception>
    /// <exception cref="NotebookFormatException">A .dib or a script cannot hold the notebook.</exception>
    public static void Write(Notebook notebook, string path)
    {
        if (ScriptDocument.LanguageOf(path) is not null)
            throw new NotebookFormatException($"{path} is a script, which holds no notebook; name an .ipynb or .dib file");
        AtomicFile.WriteAllText(path, IsDib(path) ? DibText.Write(notebook, path) : notebook.ToText());
    }

    private static string Decode(byte[] bytes, string path)
    {
        var start = bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.AsSpan(start));
        }
        catch (DecoderFallbackException fault)
        {
            throw new NotebookFormatException($"{path} is not UTF-8 text: byte {start + fault.Index} is not valid", fault);
        }
    }
}
