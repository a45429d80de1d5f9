namespace Polytask.Tests.Training;

/// <summary>Repositories as git lays them out, made by hand: no git is needed.</summary>
public sealed class GitRevisionTests : IDisposable
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";
    private readonly string folder = Directory.CreateTempSubdirectory("revision").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    [Fact]
    public void A_branch_is_looked_up_loose_and_packed_and_from_a_folder_within()
    {
        Write(".git/HEAD", "ref: refs/heads/main\n");
        Write(".git/packed-refs", $"# pack-refs with: peeled fully-peeled sorted \n{Commit} refs/heads/main\n");
        Directory.CreateDirectory(Path.Combine(folder, "deep", "within"));
        Assert.StartsWith(Commit, GitRevision.Of(Path.Combine(folder, "deep", "within")));
        Write(".git/refs/heads/main", Commit.Replace('0', 'f') + "\n");
        Assert.StartsWith(Commit.Replace('0', 'f'), GitRevision.Of(folder));
    }

    [Fact]
    public void A_detached_head_and_a_worktree()
    {
        Write("main/.git/worktrees/other/HEAD", "ref: refs/heads/branch\n");
        Write("main/.git/worktrees/other/commondir", "../..\n");
        Write("main/.git/refs/heads/branch", Commit + "\n");
        Write("other/.git", $"gitdir: {Path.Combine(folder, "main", ".git", "worktrees", "other")}\n");
        Assert.StartsWith(Commit, GitRevision.Of(Path.Combine(folder, "other")));
        Write("detached/.git/HEAD", Commit + "\n");
        Assert.StartsWith(Commit, GitRevision.Of(Path.Combine(folder, "detached")));
    }

    [Fact]
    public void No_commit_yet()
    {
        Write(".git/HEAD", "ref: refs/heads/main\n");
        Assert.Null(GitRevision.Of(folder));
    }
}
