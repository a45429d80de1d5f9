using System.IO.Compression;

namespace Polytask;

/// <summary>A file of data, plain or gzipped, read with errors that name the file.</summary>
internal static class DataFile
{
    private const string Retry = "the file is damaged or was cut short while it was copied; copy it again";

    /// <summary>Opens a file; one that starts with gzip's two marker bytes is unpacked on the way, whatever its name.</summary>
    /// <exception cref="DataException">The file is missing or cannot be read.</exception>
    public static Stream Open(string path)
    {
        if (Directory.Exists(path)) throw new DataException($"'{path}' is a folder; give the path of a file in it");
        if (!File.Exists(path)) throw new DataException($"there is no file '{path}' (looked for as '{Path.GetFullPath(path)}'); check its path");
        try
        {
            var file = new BufferedStream(File.OpenRead(path));
            var isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
            file.Position = 0;
            return isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"'{path}' cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Runs a reader over an open file and puts what goes wrong with its bytes into words.</summary>
    public static T Reading<T>(string path, Func<Stream, T> read)
    {
        using var stream = Open(path);
        try
        {
            return read(stream);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new DataException($"'{path}' cannot be unpacked ({error.Message.TrimEnd('.')}): {Retry}", error);
        }
        catch (IOException error)
        {
            throw new DataException($"'{path}' cannot be read: {error.Message}", error);
        }
    }
}
