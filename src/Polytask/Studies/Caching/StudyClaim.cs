using System.Globalization;

namespace Polytask;

/// <summary>
/// A cell that a process computes: a locked file, which is free again when that process ends, however it ends. It is gone when the claim is given
/// back, so what stands in one that is found is when processes took it that ended in the middle of their work. Where a file system has no locks,
/// two processes may compute one cell, to the same files.
/// </summary>
internal sealed class StudyClaim : IDisposable
{
    private readonly FileStream file;
    private readonly DateTimeOffset[] taken;

    private StudyClaim(FileStream file)
    {
        this.file = file;
        using var reader = new StreamReader(file, leaveOpen: true);
        taken = [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => DateTimeOffset.TryParse(line, CultureInfo.InvariantCulture, out var time) ? time : DateTimeOffset.MinValue)];
        using var writer = new StreamWriter(file, leaveOpen: true);
        writer.Write($"{DateTimeOffset.UtcNow:O}\n");
        writer.Flush();
    }

    /// <summary>Takes the file; null where another process has it.</summary>
    public static StudyClaim? TryTake(string path)
    {
        try
        {
            return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>How many processes ended since a moment while they had this cell.</summary>
    public int Deaths(DateTimeOffset since) => taken.Count(time => time >= since);

    public void Dispose() => file.Dispose();
}
