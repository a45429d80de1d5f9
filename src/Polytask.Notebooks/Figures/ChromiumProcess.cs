using System.Diagnostics;
using System.Globalization;

namespace Polytask.Notebooks.Figures;

/// <summary>A headless Chromium with a profile of its own that listens for its debugging protocol on loopback.</summary>
internal sealed class ChromiumProcess : IDisposable
{
    /// <summary>Names under which distributions install the browser.</summary>
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

    /// <summary>
    /// A shell keeps watch: when its input closes, because this process disposes of the browser or dies in any way, it ends
    /// the browser and removes the profile. A second one says, by a file in the profile, that the browser has ended by itself.
    /// The first argument is the profile, the rest the browser's command line.
    /// </summary>
    private const string Watch = """
        profile=$1; shift
        trap '' INT
        (
          "$@" >/dev/null 2>"$profile/stderr.txt" &
          trap "kill $! 2>/dev/null" TERM
          wait $!; wait $!
          : >"$profile/ended"
        ) &
        browser=$!
        read -r _
        kill "$browser" 2>/dev/null
        wait "$browser"
        # The browser's own children may write for a moment after its end.
        for _ in 1 2 3 4 5 6 7 8; do rm -rf "$profile" 2>/dev/null; sleep 0.1; [ -e "$profile" ] || break; done
        """;

    /// <summary>An ordinary start takes a second or two; a busy machine may need several times as long.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process shell;
    private readonly DirectoryInfo profile;

    private ChromiumProcess(Process shell, DirectoryInfo profile)
    {
        this.shell = shell;
        this.profile = profile;
    }

    /// <summary>The address of the browser's debugging protocol.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The browser's path, or null where none is installed.</summary>
    public static string? Find(string searchPath) =>
        (from name in Names
         from folder in searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
         let path = Path.Combine(folder, name)
         where File.Exists(path)
         select path).FirstOrDefault();

    /// <exception cref="InvalidOperationException">The browser did not start; the message has the last line that it wrote.</exception>
    public static async Task<ChromiumProcess> Start(string executable)
    {
        var profile = Directory.CreateTempSubdirectory("polytask-chromium-");
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true };
        string[] command = ["-c", Watch, "sh", profile.FullName, executable, .. Flags(profile)];
        foreach (var argument in command) start.ArgumentList.Add(argument);
        var process = new ChromiumProcess(Process.Start(start)!, profile);
        try
        {
            process.Address = await process.WaitForAddress().ConfigureAwait(false);
            return process;
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    private static IEnumerable<string> Flags(DirectoryInfo profile)
    {
        string[] flags =
        [
            "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--disable-dev-shm-usage", $"--user-data-dir={profile.FullName}", "--remote-debugging-port=0",
            // The same picture on every machine and at every run.
            "--force-color-profile=srgb", "--font-render-hinting=none", "--disable-lcd-text", "--hide-scrollbars",
        ];
        // Chromium refuses to run as root with its sandbox, and root is who runs containers.
        return Environment.UserName == "root" ? [.. flags, "--no-sandbox", "about:blank"] : [.. flags, "about:blank"];
    }

    /// <summary>Chromium writes the port and path that it listens on into its profile.</summary>
    private async Task<Uri> WaitForAddress()
    {
        var portFile = Path.Combine(profile.FullName, "DevToolsActivePort");
        var ended = false;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < StartLimit && !ended; await Task.Delay(20).ConfigureAwait(false))
        {
            ended = File.Exists(Path.Combine(profile.FullName, "ended"));
            if (!File.Exists(portFile)) continue;
            var lines = await File.ReadAllLinesAsync(portFile).ConfigureAwait(false);
            if (lines.Length == 2) return new Uri(string.Create(CultureInfo.InvariantCulture, $"ws://127.0.0.1:{lines[0]}{lines[1]}"));
        }
        var log = Path.Combine(profile.FullName, "stderr.txt");
        var last = File.Exists(log) ? (await File.ReadAllLinesAsync(log).ConfigureAwait(false)).LastOrDefault(line => line.Length > 0) : null;
        var how = ended ? "Chromium ended at its start." : $"Chromium did not start within {StartLimit.TotalSeconds:0} s.";
        throw new InvalidOperationException($"{how} {last ?? "It wrote no message."}");
    }

    public void Dispose()
    {
        shell.StandardInput.Close();
        if (!shell.WaitForExit(TimeSpan.FromSeconds(5))) shell.Kill(entireProcessTree: true);
        shell.Dispose();
    }
}
