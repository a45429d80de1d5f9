using Microsoft.Win32.SafeHandles;

namespace Polytask;

/// <summary>
/// A file that appears whole or not at all: written under another name in the same folder, flushed to the disk and renamed. Disposed before
/// <see cref="Complete"/> it leaves nothing behind, and an older file of its name as it was.
/// </summary>
internal sealed class PendingFile : IDisposable
{
    private readonly string path;
    private readonly string beside;
    private bool completed;

    /// <param name="path">The name that the file will have.</param>
    /// <param name="length">Its length: the space is taken now, so that a full disk is met before anything is written.</param>
    public PendingFile(string path, long length)
    {
        this.path = Path.GetFullPath(path);
        if (Directory.Exists(this.path)) throw new IOException($"'{path}' is a folder; give the path of a file");
        var folder = Path.GetDirectoryName(this.path)!;
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"'{path}' cannot be written: there is no folder '{folder}'");
        beside = Path.Combine(folder, $".{Path.GetFileName(this.path)}.{Guid.NewGuid():N}.tmp");
        Handle = File.OpenHandle(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, preallocationSize: length);
    }

    /// <summary>Where to write.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Makes the file appear under its name.</summary>
    public void Complete()
    {
        RandomAccess.FlushToDisk(Handle);
        Handle.Dispose();
        File.Move(beside, path, overwrite: true);
        completed = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Handle.Dispose();
        if (!completed) File.Delete(beside);
    }
}
