namespace Polytask.Notebooks.Tests.Kernels.Assistance;

[Collection("sessions")]
public sealed class MagicAssistanceTests : IDisposable
{
    private readonly Session _session = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("#!ti|", "#!time")]
    [InlineData("  #!ti|", "#!time")]
    [InlineData("#!TI|me", "#!time")]
    [InlineData("#!m|", "#!markdown")]
    [InlineData("#lo|", "#load")]
    [InlineData("#!markdown\n# Title\n#!ti|", "#!time")]
    [InlineData("#!share --fr|", "--from")]
    [InlineData("#!share --from |", "csharp fsharp")]
    [InlineData("#!share --from csharp |", "--as first second")]
    [InlineData("#!share sec| --from csharp", "second")]
    [InlineData("#!share --from csharp first --as |", "")]
    [InlineData("#!share --from nowhere |", "--as")]
    [InlineData("#!set --na|", "--name")]
    [InlineData("#!set --name |", "first second")]
    [InlineData("#!set --name x --value |", "@csharp: @fsharp: false true")]
    [InlineData("#!set --name x --value @csharp:f|", "@csharp:first")]
    [InlineData("#!set --name x --value @csharp:|", "@csharp:first @csharp:second")]
    [InlineData("#!time |", "")]
    [InlineData("#!who\n#!unknown |", "")]
    [InlineData("#r \"nuget: |", "")]
    [InlineData("#r \"nuget:|\"", "")]
    [InlineData("#!markdown\n# Ti|", "")]
    public void Commands_and_their_arguments_are_offered(string marked, string offered)
    {
        _session.Run("var first = 1; var second = 2;");
        Assert.Equal(offered, string.Join(' ', _session.Complete(marked)));
    }

    [Fact]
    public void Every_command_is_offered_and_described()
    {
        _session.Run("#!lsmagic");
        var listed = _session.Displayed[0].PlainText!.Split('\n').Select(l => l.Split("  ", 2)).ToDictionary(l => l[0], l => l[1]);
        Assert.Equal(listed.Keys.Order(StringComparer.OrdinalIgnoreCase), _session.Complete("#|"));
        foreach (var (name, description) in listed)
            Assert.Equal((name, description), (_session.Inspect($"{name}| x")!.Signature, _session.Inspect($"1\n{name}|")!.Documentation));
        Assert.Null(_session.Inspect("#!unknown|"));
    }

    [Fact]
    public void Paths_are_offered_part_by_part()
    {
        var folder = _folder.Path;
        Directory.CreateDirectory(Path.Combine(folder, "inner"));
        foreach (var file in (string[])["a.dll", "b.csproj", "c.cs", "d.fsx", "e.ipynb", "f.txt", ".hidden.cs"])
            File.WriteAllText(Path.Combine(folder, file), "");
        Assert.Equal("a.dll b.csproj inner/", string.Join(' ', _session.Complete($"#r \"{folder}/|\"")));
        Assert.Equal("a.dll", string.Join(' ', _session.Complete($"#r @\"{folder}/A|")));
        Assert.Equal("c.cs d.fsx inner/", string.Join(' ', _session.Complete($"#load \"{folder}/|")));
        Assert.Equal("c.cs d.fsx e.ipynb inner/", string.Join(' ', _session.Complete($"#!import {folder}/|")));
        Assert.Equal(".hidden.cs", string.Join(' ', _session.Complete($"#!import \"{folder}/.|\"")));
        Assert.Empty(_session.Complete($"#r \"{folder}/absent/|\""));
        Assert.Empty(_session.Complete("#r \"a\0b/|\""));
        Assert.Empty(_session.Complete("#r |"));

        var marked = $"#r \"{folder}/in|ner\"";
        var found = _session.Completions(marked);
        Assert.Equal("inner", marked.Replace("|", "")[found.Start..found.End]);
    }

    [Fact]
    public void A_folder_that_may_not_be_read_offers_nothing()
    {
        // Whoever may read everything reads this too: then there is a folder in it to be seen.
        var closed = Directory.CreateDirectory(Path.Combine(_folder.Path, "closed", "inner")).Parent!;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(closed.FullName, UnixFileMode.None);
        Assert.True(_session.Complete($"#r \"{closed.FullName}/|\"") is [] or ["inner/"]);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(closed.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
