using System.Security.Cryptography;

namespace Polytask.Tests.Data;

/// <summary>These set an environment variable, which all tests of the process see: they run alone.</summary>
[CollectionDefinition("environment variables", DisableParallelization = true)]
public class EnvironmentVariables;

[Collection("environment variables")]
public sealed class DatasetFilesTests : IDisposable
{
    private const string Variable = "POLYTASK_DATASETS";
    private readonly string? before = Environment.GetEnvironmentVariable(Variable);
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, before);
        folder.Dispose();
    }

    private string Refusal(Func<object> load)
    {
        Environment.SetEnvironmentVariable(Variable, folder.Path);
        return Assert.Throws<DataException>(load).Message;
    }

    [Fact]
    public void A_folder_without_checksums_is_refused() =>
        Assert.Equal($"POLYTASK_DATASETS is '{folder.Path}', but that folder holds no SHA256SUMS; point it at the repository's datasets folder", Refusal(Datasets.Linnerud));

    [Fact]
    public void A_missing_file_is_named()
    {
        folder.Write("SHA256SUMS", "");
        Assert.Contains("lacks 'linnerud.csv.gz'; restore it", Refusal(Datasets.Linnerud));
    }

    [Fact]
    public void A_file_without_a_checksum_is_refused()
    {
        folder.Write("SHA256SUMS", "");
        folder.Write("linnerud.csv.gz", "anything");
        Assert.Contains("has no line for 'linnerud.csv.gz'", Refusal(Datasets.Linnerud));
    }

    [Fact]
    public void A_changed_file_is_refused_with_both_checksums()
    {
        var expected = new string('a', 64);
        folder.Write("SHA256SUMS", $"{expected}  linnerud.csv.gz\n");
        folder.Write("linnerud.csv.gz", "abc");
        // The SHA-256 of "abc", from FIPS 180-2.
        Assert.Contains($"its SHA-256 is ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad, but SHA256SUMS says {expected}; restore it with 'git checkout -- datasets/linnerud.csv.gz'",
            Refusal(Datasets.Linnerud));
    }

    [Fact]
    public void The_folder_is_found_above_the_program_too()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        var here = Directory.GetCurrentDirectory();
        try
        {
            Directory.SetCurrentDirectory(folder.Path);
            Assert.Equal("linnerud", Datasets.Linnerud().Name);
        }
        finally
        {
            Directory.SetCurrentDirectory(here);
        }
    }

    // The datasheet is for people, SHA256SUMS for the program: they must not drift apart.
    [Fact]
    public void The_datasheet_states_every_checksum()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        var datasets = Ancestors(AppContext.BaseDirectory).Select(each => Path.Combine(each, "datasets")).First(each => File.Exists(Path.Combine(each, "SHA256SUMS")));
        var datasheet = File.ReadAllText(Path.Combine(datasets, "README.md"));
        var lines = File.ReadAllLines(Path.Combine(datasets, "SHA256SUMS"));
        Assert.Equal(Directory.GetFiles(datasets, "*.gz").Select(Path.GetFileName).Order(), lines.Select(line => line[66..]).Order());
        foreach (var line in lines)
        {
            Assert.Equal(line[..64], Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(datasets, line[66..])))));
            Assert.Contains(line[..64], datasheet);
            Assert.Contains(line[66..], datasheet);
        }
    }

    private static IEnumerable<string> Ancestors(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent) yield return folder.FullName;
    }
}
