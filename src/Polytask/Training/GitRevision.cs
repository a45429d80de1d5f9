using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace Polytask;

/// <summary>The git revision of a folder, read from the repository's files; git itself is only asked whether anything changed.</summary>
internal static class GitRevision
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Asked once per folder and process: git takes longer to say it than a short run to train.
    private static readonly ConcurrentDictionary<string, string?> Known = [];

    /// <summary>That of the working directory.</summary>
    public static string? Current => Known.GetOrAdd(Directory.GetCurrentDirectory(), Of);

    /// <summary>"1a2b...", "1a2b...+changes", "1a2b...+unknown"; null where there is no repository or no commit.</summary>
    public static string? Of(string folder)
    {
        try
        {
            return RepositoryOf(folder) is { } repository && CommitOf(repository) is { } commit ? commit + Changes(folder) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? RepositoryOf(string folder)
    {
        for (var above = new DirectoryInfo(folder); above is not null; above = above.Parent)
        {
            var git = Path.Combine(above.FullName, ".git");
            if (Directory.Exists(git)) return git;
            // A worktree or a submodule: a file that says where.
            if (File.Exists(git) && File.ReadAllText(git) is var text && text.StartsWith("gitdir: ", StringComparison.Ordinal))
                return Path.GetFullPath(text["gitdir: ".Length..].Trim(), above.FullName);
        }
        return null;
    }

    private static string? CommitOf(string repository)
    {
        var head = File.ReadAllText(Path.Combine(repository, "HEAD")).Trim();
        if (!head.StartsWith("ref: ", StringComparison.Ordinal)) return head;
        var name = head["ref: ".Length..];
        // A worktree shares its branches with the repository that it belongs to.
        var shared = Path.Combine(repository, "commondir") is var common && File.Exists(common)
            ? Path.GetFullPath(File.ReadAllText(common).Trim(), repository)
            : repository;
        if (Path.Combine(shared, name) is var loose && File.Exists(loose)) return File.ReadAllText(loose).Trim();
        var packed = Path.Combine(shared, "packed-refs");
        return File.Exists(packed)
            ? File.ReadLines(packed).FirstOrDefault(line => line.EndsWith($" {name}", StringComparison.Ordinal))?.Split(' ')[0]
            : null;
    }

    private static string Changes(string folder)
    {
        try
        {
            var start = new ProcessStartInfo("git", ["--no-optional-locks", "status", "--porcelain", "--untracked-files=no"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
            };
            using var git = Process.Start(start)!;
            git.StandardInput.Close();
            var told = git.StandardOutput.ReadToEndAsync();
            if (!git.WaitForExit(Patience))
            {
                git.Kill();
                return "+unknown";
            }
            return git.ExitCode != 0 ? "+unknown" : told.Result.Length > 0 ? "+changes" : "";
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            return "+unknown";
        }
    }
}
