using System.Security.Cryptography;

namespace Polytask;

/// <summary>
/// The files of the repository's <c>datasets</c> folder, checked against <c>datasets/SHA256SUMS</c> whenever one is loaded. The folder is the one
/// that the environment variable POLYTASK_DATASETS names, else the nearest above the current directory, else the nearest above the program.
/// </summary>
internal static class DatasetFiles
{
    private const string Variable = "POLYTASK_DATASETS";
    private const string Checksums = "SHA256SUMS";

    /// <summary>The path of a data set's file, once its checksum has been found right.</summary>
    /// <exception cref="DataException">No folder, no file, no checksum for it, or another checksum.</exception>
    public static string Verified(string fileName)
    {
        var folder = Folder();
        var path = Path.Combine(folder, fileName);
        if (!File.Exists(path))
            throw new DataException($"the folder '{folder}' lacks '{fileName}'; restore it from the repository's datasets folder");
        var expected = ChecksumOf(folder, fileName);
        var actual = DataFile.Reading(path, _ => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
        if (actual != expected)
            throw new DataException(
                $"'{path}' is not the file that it should be: its SHA-256 is {actual}, but {Checksums} says {expected}; "
                + $"restore it with 'git checkout -- datasets/{fileName}'");
        return path;
    }

    /// <summary>The folder of the data sets.</summary>
    /// <exception cref="DataException">There is none; the message says where it was looked for.</exception>
    public static string Folder()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return File.Exists(Path.Combine(named, Checksums))
                ? named
                : throw new DataException(
                    $"{Variable} is '{named}', but that folder holds no {Checksums}; point it at the repository's datasets folder");
        var starts = new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory };
        return starts.SelectMany(Upwards).Select(folder => Path.Combine(folder, "datasets"))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, Checksums)))
            ?? throw new DataException(
                $"no folder 'datasets' with a {Checksums} in or above '{starts[0]}' or '{starts[1]}'; "
                + $"run from within the repository, or set {Variable} to its datasets folder");
    }

    private static IEnumerable<string> Upwards(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent) yield return folder.FullName;
    }

    // The format of sha256sum: 64 hexadecimal digits, two spaces, the file's name.
    private static string ChecksumOf(string folder, string fileName) =>
        File.ReadLines(Path.Combine(folder, Checksums)).Select(line => line.Split("  ", 2))
            .FirstOrDefault(parts => parts.Length == 2 && parts[1] == fileName)?[0]
        ?? throw new DataException(
            $"'{Path.Combine(folder, Checksums)}' has no line for '{fileName}'; restore it with 'git checkout -- datasets/{Checksums}'");
}
