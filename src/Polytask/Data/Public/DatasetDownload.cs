using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Polytask;

/// <summary>
/// Files of public data sets, fetched once and kept in a folder of the user's: the one that the environment variable POLYTASK_DATA names, else
/// <c>polytask/data</c> in the folder for caches (XDG_CACHE_HOME, else ~/.cache). Every use verifies the SHA-256. Where a file's checksum is not
/// known beforehand, that of the first file seen is written beside it (<c>NAME.sha256</c>) and holds from then on.
/// <para>
/// A file has its name only when it is complete and verified. What has arrived of a broken transfer stays as <c>NAME.part</c> and is continued where
/// the server can say that the file is still the same; several processes that want one file wait for the first. Archives are read and never unpacked
/// into folders, so nothing in them can write anywhere.
/// </para>
/// </summary>
/// <param name="folder">The folder, made when it is first needed.</param>
public sealed class DatasetDownload(string folder)
{
    private const string Variable = "POLYTASK_DATA";
    private const int Attempts = 3;
    private static readonly HttpClient Client = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(15) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { UserAgent = { new ProductInfoHeaderValue("polytask", "1") } },
    };

    /// <summary>The user's folder.</summary>
    public static DatasetDownload Default => new(DefaultFolder);

    /// <summary>Where files are kept unless said otherwise.</summary>
    public static string DefaultFolder => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? named
        : Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } caches && Path.IsPathRooted(caches)
                ? caches
                : OperatingSystem.IsWindows()
                    ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                    : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "polytask", "data");

    /// <summary>The path of a file, verified, after fetching it if it is not there.</summary>
    /// <exception cref="DataException">It cannot be fetched (the message says what to put where by hand), or is another file than
    /// expected.</exception>
    public string PathOf(RemoteFile file)
    {
        var path = Path.Combine(folder, file.Name);
        Directory.CreateDirectory(folder);
        using var alone = Locked(Path.Combine(folder, $".{file.Name}.lock"));
        if (!File.Exists(path)) Fetch(file, path);
        else Verify(file, path, path, "remove it and load again, or put the right file in its place");
        return path;
    }

    // The system gives the lock back when its holder ends, however it ends.
    private static FileStream Locked(string path)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                Thread.Sleep(50);
            }
        }
    }

    private void Fetch(RemoteFile file, string path)
    {
        if (file.Url is null)
            throw new DataException($"'{file.Name}' is not in '{folder}', and its publisher wants it fetched by hand: {ByHand(file)}");
        var part = path + ".part";
        Exception? last = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                Transfer(file.Url, part);
                Verify(file, part, path, $"{file.Url} serves another file than the one that is known; nothing of it was kept");
                File.Move(part, path);
                File.Delete(part + ".tag");
                return;
            }
            catch (Exception error) when (error is HttpRequestException or IOException or TaskCanceledException)
            {
                last = error;
                if (error is HttpRequestException { StatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError }) break;
            }
            catch (DataException)
            {
                File.Delete(part);
                File.Delete(part + ".tag");
                throw;
            }
        }
        throw new DataException(
            $"'{file.Name}' is not in '{folder}' and cannot be fetched ({last!.Message.TrimEnd('.')}). "
            + $"To go on without a network: {ByHand(file)}", last);
    }

    private string ByHand(RemoteFile file) =>
        $"get it from {file.Page ?? file.Url?.ToString()} and put it into '{folder}' as '{file.Name}'; "
        + (file.Sha256 is { } known
            ? $"its SHA-256 is {known}"
            : "no checksum is known for it: that of the file you put there will be recorded and hold from then on")
        + $" ({Variable} names another folder)";

    // Continues what is there if the server says that the file has not changed, else starts again.
    private static void Transfer(Uri url, string part)
    {
        var tag = part + ".tag";
        var have = File.Exists(part) && File.Exists(tag) ? new FileInfo(part).Length : 0;
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (have > 0)
        {
            request.Headers.Range = new RangeHeaderValue(have, null);
            request.Headers.TryAddWithoutValidation("If-Range", File.ReadAllText(tag));
        }
        using var response = Client.Send(request, HttpCompletionOption.ResponseHeadersRead);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            File.Delete(part);
            throw new IOException("what was there of an earlier transfer does not fit the file; it starts again");
        }
        response.EnsureSuccessStatusCode();
        if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange?.From != have) have = 0;
        File.Delete(tag);
        var validator = response.Headers.ETag is { IsWeak: false } etag ? etag.ToString() : response.Content.Headers.LastModified?.ToString("R");
        using var file = new FileStream(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        file.SetLength(have);
        file.Position = have;
        if (validator is not null) File.WriteAllText(tag, validator);
        using var content = response.Content.ReadAsStream();
        content.CopyTo(file);
        file.Flush(flushToDisk: true);
        var promised = have + response.Content.Headers.ContentLength;
        if (promised is { } bytes && file.Length != bytes) throw new IOException($"the connection ended after {file.Length} of {bytes} bytes");
    }

    private static void Verify(RemoteFile file, string where, string path, string advice)
    {
        using var stream = File.OpenRead(where);
        var actual = Convert.ToHexStringLower(SHA256.HashData(stream));
        var record = path + ".sha256";
        var expected = file.Sha256 ?? (File.Exists(record) ? File.ReadAllText(record).Split(' ')[0].Trim() : null);
        if (expected is null)
        {
            // The format of sha256sum, so that it can be checked by hand too.
            File.WriteAllText(record + ".new", $"{actual}  {file.Name}\n");
            File.Move(record + ".new", record, overwrite: true);
        }
        else if (!string.Equals(actual, expected, StringComparison.OrdinalIgnoreCase))
        {
            var source = file.Sha256 is null ? $"'{record}', written when it was first seen," : "what is known of it";
            throw new DataException(
                $"'{file.Name}' is not the file that it should be: its SHA-256 is {actual}, but {source} says {expected}; {advice}");
        }
    }
}
