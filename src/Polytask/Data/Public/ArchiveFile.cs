using System.Formats.Tar;
using System.IO.Compression;

namespace Polytask;

/// <summary>Reads the files in an archive one after the other, without writing any of them: what an entry is named leads nowhere.</summary>
internal static class ArchiveFile
{
    /// <summary>What a reader makes of one file of a zip archive.</summary>
    /// <exception cref="DataException">The archive is damaged or has no such file.</exception>
    public static T FromZip<T>(string path, string entry, Func<Stream, T> read) => FromZip(path, archive =>
    {
        var found = archive.GetEntry(entry) ?? throw new DataException(
            $"'{path}' has no file '{entry}'; it has {Names.Listed(archive.Entries.Take(8).Select(each => each.FullName))}");
        using var stream = found.Open();
        return read(stream);
    });

    /// <summary>What a reader makes of a zip archive.</summary>
    /// <exception cref="DataException">The archive is damaged.</exception>
    public static T FromZip<T>(string path, Func<ZipArchive, T> read) => Guarded(path, () =>
    {
        using var archive = ZipFile.OpenRead(path);
        return read(archive);
    });

    /// <summary>What a reader makes of every file of a tar archive whose name it wants; gzip and bzip2 are unpacked on the way.</summary>
    /// <exception cref="DataException">The archive is damaged.</exception>
    public static IReadOnlyList<T> FromTar<T>(string path, Func<string, bool> wanted, Func<string, Stream, T> read) => Guarded(path, () =>
    {
        using var stream = path.EndsWith(".bz2", StringComparison.Ordinal)
            ? new ICSharpCode.SharpZipLib.BZip2.BZip2InputStream(File.OpenRead(path))
            : DataFile.Open(path);
        using var archive = new TarReader(stream);
        var results = new List<T>();
        while (archive.GetNextEntry() is { } entry)
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && wanted(entry.Name))
                results.Add(read(entry.Name, entry.DataStream ?? Stream.Null)); // an empty file has none
        return results;
    });

    private static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or IOException or FormatException
            or ICSharpCode.SharpZipLib.SharpZipBaseException)
        {
            throw new DataException($"'{path}' cannot be read as an archive ({error.Message.TrimEnd('.')}); remove it and load again", error);
        }
    }
}
