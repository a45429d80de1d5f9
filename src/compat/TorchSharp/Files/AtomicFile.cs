namespace TorchSharp;

/// <summary>Files that are written whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside the file, flushes to the disk and renames: a full disk or a kill leaves the old file as it was.</summary>
    public static void Write(string location, Action<BinaryWriter> write)
    {
        var beside = $"{location}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = File.Create(beside))
            {
                using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                write(writer);
                writer.Flush();
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, location, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>Reads a file; what is wrong with its content is said with its name.</summary>
    public static T Read<T>(string location, Func<BinaryReader, T> read)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        try
        {
            return read(reader);
        }
        catch (InvalidDataException problem)
        {
            throw new InvalidDataException($"{location}: {problem.Message}", problem);
        }
    }
}
