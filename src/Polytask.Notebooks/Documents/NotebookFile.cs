using System.Text;

namespace Polytask.Notebooks.Documents;

/// <summary>Notebooks on disk.</summary>
public static class NotebookFile
{
    /// <summary>Whether a path names a .dib file; every other one is taken for .ipynb.</summary>
    public static bool IsDib(string path) => Path.GetExtension(path).Equals(".dib", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads an .ipynb or .dib file.</summary>
    /// <exception cref="NotebookFormatException">The file is missing, unreadable or not a notebook of format 4.</exception>
    public static Notebook Read(string path)
    {
        if (Directory.Exists(path))
            throw new NotebookFormatException($"{path} is a folder; name an .ipynb or .dib file in it");
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
        if (bytes.Length == 0)
            throw new NotebookFormatException($"{path} is not JSON: the file is empty");
        return Notebook.Parse(Decode(bytes, path), path);
    }

    /// <summary>Writes an .ipynb file atomically, byte for byte as nbformat does, or a .dib file, which holds no outputs.</summary>
    /// <exception cref="IOException">The file cannot be written; what was there before is untouched.</exception>
    /// <exception cref="NotebookFormatException">A .dib cannot hold the notebook.</exception>
    public static void Write(Notebook notebook, string path) => AtomicFile.WriteAllText(path, IsDib(path) ? DibText.Write(notebook, path) : notebook.ToText());

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
