using System.Text;

namespace Polytask.Notebooks.Documents;

/// <summary>Files that are either the old ones or the new ones in full, whenever the process or the machine stops.</summary>
public static class AtomicFile
{
    /// <summary>Two writes of one file, by notebooks that run at once, share the temporary file's name.</summary>
    private static readonly Lock Gate = new();

    /// <summary>Writes to a temporary file in the same folder, flushes it to the disk, then renames it over the target.</summary>
    /// <exception cref="IOException">The folder is missing or read-only, or the disk is full; the target is as it was.</exception>
    public static void WriteAllText(string path, string text) => WriteAllBytes(path, new UTF8Encoding(false).GetBytes(text));

    /// <inheritdoc cref="WriteAllText"/>
    public static void WriteAllBytes(string path, byte[] bytes)
    {
        var target = Path.GetFullPath(path);

        // A link stays one: it is the file behind it that changes.
        if (new FileInfo(target).LinkTarget is not null)
            target = File.ResolveLinkTarget(target, returnFinalTarget: true)!.FullName;
        var temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Environment.ProcessId}.tmp");
        using var alone = Gate.EnterScope();
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                if (!OperatingSystem.IsWindows() && File.Exists(target))
                    File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
            throw new IOException($"{path} cannot be written: {error.Message}", error);
        }
    }
}
