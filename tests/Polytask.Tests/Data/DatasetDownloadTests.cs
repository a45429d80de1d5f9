using System.Security.Cryptography;

namespace Polytask.Tests.Data;

public sealed class DatasetDownloadTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31 ^ i >> 7))];
    private static readonly string Sum = Convert.ToHexStringLower(SHA256.HashData(Content));
    private readonly TemporaryFolder folder = new();
    private readonly FileServer server = new(Content);

    private DatasetDownload Download => new(folder.Path);

    private RemoteFile Known => new("set.bin", server.Url, Sum);

    private RemoteFile Unknown => new("set.bin", server.Url, null);

    public void Dispose()
    {
        server.Dispose();
        folder.Dispose();
    }

    private string[] Files => [.. Directory.GetFiles(folder.Path).Select(file => Path.GetFileName(file)).Where(file => !file.EndsWith(".lock")).Order()];

    private string Refusal(RemoteFile file) => Assert.Throws<DataException>(() => Download.PathOf(file)).Message;

    [Fact]
    public void A_file_is_fetched_once_and_kept()
    {
        var path = Download.PathOf(Known);
        Assert.Equal(Content, File.ReadAllBytes(path));
        Assert.Equal(path, Download.PathOf(Known));
        Assert.Single(server.Starts);
        Assert.Equal(["set.bin"], Files);
    }

    [Fact]
    public void A_broken_transfer_is_continued_where_it_broke()
    {
        server.BreaksAfter = 120_000;
        Assert.Equal(Content, File.ReadAllBytes(Download.PathOf(Known)));
        Assert.Equal(3, server.Starts.Count);
        Assert.Equal(0, server.Starts[0]);
        Assert.True(server.Starts[2] > server.Starts[1] && server.Starts[1] > 0);
        Assert.Equal(["set.bin"], Files);
    }

    [Fact]
    public void What_arrived_before_the_end_is_never_taken_for_the_file_and_serves_the_next_run()
    {
        server.BreaksAfter = 20_000;
        var message = Refusal(Known);
        Assert.Contains("cannot be fetched", message);
        Assert.Contains($"get it from {server.Url} and put it into '{folder.Path}' as 'set.bin'; its SHA-256 is {Sum}", message);
        Assert.Equal(["set.bin.part", "set.bin.part.tag"], Files);
        server.BreaksAfter = null;
        server.Starts.Clear();
        Assert.Equal(Content, File.ReadAllBytes(Download.PathOf(Known)));
        Assert.True(server.Starts[0] > 0);
        Assert.Equal(["set.bin"], Files);
    }

    [Fact]
    public void A_file_that_changed_meanwhile_starts_again()
    {
        server.BreaksAfter = 20_000;
        Refusal(Unknown);
        (server.BreaksAfter, server.ETag, server.Content) = (null, "\"two\"", [.. Content.Reverse()]);
        server.Starts.Clear();
        Assert.Equal(server.Content, File.ReadAllBytes(Download.PathOf(Unknown)));
        Assert.Equal([0L], server.Starts);
    }

    [Fact]
    public void Without_a_version_from_the_server_nothing_is_continued()
    {
        (server.BreaksAfter, server.ETag) = (20_000, null);
        Refusal(Known);
        Assert.Equal([0L, 0, 0], server.Starts);
    }

    [Fact]
    public void Another_file_than_the_known_one_is_refused_and_not_kept()
    {
        server.Content = [1, 2, 3];
        var message = Refusal(Known);
        Assert.Contains($"its SHA-256 is {Convert.ToHexStringLower(SHA256.HashData([1, 2, 3]))}, but what is known of it says {Sum}", message);
        Assert.Contains("nothing of it was kept", message);
        Assert.Empty(Files);
    }

    [Fact]
    public void An_unknown_checksum_is_written_down_and_holds_from_then_on()
    {
        var path = Download.PathOf(Unknown);
        Assert.Equal($"{Sum}  set.bin\n", File.ReadAllText(path + ".sha256"));
        File.WriteAllBytes(path, [1, 2, 3]);
        Assert.Contains("set.bin.sha256', written when it was first seen, says", Refusal(Unknown));
        File.Delete(path);
        Assert.Equal(Content, File.ReadAllBytes(Download.PathOf(Unknown)));
    }

    [Fact]
    public void A_file_that_was_put_there_by_hand_needs_no_server()
    {
        folder.Write("set.bin", Content);
        Assert.Equal(Content, File.ReadAllBytes(Download.PathOf(new("set.bin", null, Sum))));
        Assert.Empty(server.Starts);
        folder.Write("set.bin", [1]);
        Assert.Contains("put the right file in its place", Refusal(Known));
    }

    [Fact]
    public void What_only_a_person_can_fetch_says_from_where() =>
        Assert.Contains("wants it fetched by hand: get it from https://example.org/terms and put it into", Refusal(new("set.bin", null, null, "https://example.org/terms")));

    [Fact]
    public void A_refusing_server_is_asked_once()
    {
        server.Status = 404;
        Assert.Contains("404", Refusal(Known));
        Assert.Single(server.Starts);
        Assert.Empty(Files);
    }

    [Fact]
    public void No_server_is_a_clear_message()
    {
        server.Dispose();
        Assert.Contains("no checksum is known for it: that of the file you put there will be recorded", Refusal(Unknown));
    }

    [Fact]
    public async System.Threading.Tasks.Task Several_that_want_one_file_fetch_it_once()
    {
        var paths = await System.Threading.Tasks.Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => System.Threading.Tasks.Task.Run(() => Download.PathOf(Known))));
        Assert.Single(server.Starts);
        Assert.All(paths, path => Assert.Equal(Content, File.ReadAllBytes(path)));
    }
}

[Collection("environment variables")]
public class DatasetFolderTests
{
    [Theory]
    [InlineData("/somewhere/mine", "/caches", "/somewhere/mine")]
    [InlineData(null, "/caches", "/caches/polytask/data")]
    public void The_folder_is_the_named_one_else_in_the_caches(string? named, string? caches, string expected)
    {
        string[] variables = ["POLYTASK_DATA", "XDG_CACHE_HOME"];
        var before = variables.Select(Environment.GetEnvironmentVariable).ToArray();
        try
        {
            Environment.SetEnvironmentVariable(variables[0], named);
            Environment.SetEnvironmentVariable(variables[1], caches);
            Assert.Equal(expected, DatasetDownload.DefaultFolder);
        }
        finally
        {
            foreach (var (variable, value) in variables.Zip(before)) Environment.SetEnvironmentVariable(variable, value);
        }
    }
}
