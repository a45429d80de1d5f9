using Polytask.Notebooks.Jupyter;

namespace Polytask.Notebooks.Tests.Jupyter;

public sealed class InputHistoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private string Path => _folder["state/history.jsonl"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Earlier_sessions_are_found_again()
    {
        var first = new InputHistory(Path);
        first.Add(1, "var x = 1;\nx", "1");
        first.Add(2, "\"ä 😀\"", null);
        var second = new InputHistory(Path);
        second.Add(1, "y", "2");
        Assert.Equal([new(1, 1, "var x = 1;\nx"), new(1, 2, "\"ä 😀\""), new(2, 1, "y", "2")], second.Tail(5));
        Assert.Equal([new(1, 2, "\"ä 😀\""), new(2, 1, "y", "2")], second.Tail(2));
    }

    [Fact]
    public void A_range_is_of_one_session()
    {
        new InputHistory(Path).Add(1, "earlier", null);
        var history = new InputHistory(Path);
        for (var line = 1; line <= 4; line++)
            history.Add(line, $"cell {line}", null);
        Assert.Equal(["cell 2", "cell 3"], history.Range(0, 2, 4).Select(e => e.Input));
        Assert.Equal(["cell 3", "cell 4"], history.Range(2, 3, null).Select(e => e.Input));
        Assert.Equal(["earlier"], history.Range(-1, 0, null).Select(e => e.Input));
        Assert.Empty(history.Range(7, 0, null));
    }

    [Fact]
    public void A_search_takes_patterns()
    {
        var history = new InputHistory(Path);
        string[] inputs = ["let a = 1", "let b = 2", "let a = 1", "print(\"\\n\")", "LET"];
        for (var i = 0; i < inputs.Length; i++)
            history.Add(i + 1, inputs[i], null);
        Assert.Equal([1, 2, 3], history.Search("let*", null, unique: false).Select(e => e.Line));
        Assert.Equal([2, 3], history.Search("let ? = *", null, unique: true).Select(e => e.Line));
        Assert.Equal([3], history.Search("*a*", 1, unique: false).Select(e => e.Line));
        Assert.Equal([4], history.Search("*\\n*", null, unique: false).Select(e => e.Line));
    }

    [Fact]
    public void Damaged_lines_cost_only_themselves()
    {
        var history = new InputHistory(Path);
        history.Add(1, "kept", null);
        File.AppendAllText(Path, "{\"session\": 1, \"li\n[]\n{\"session\": \"x\", \"line\": 2, \"input\": \"y\"}\n");
        Assert.Equal(["kept"], new InputHistory(Path).Tail(9).Select(e => e.Input));
    }

    [Fact]
    public void The_file_does_not_grow_without_end_and_is_the_users_alone()
    {
        Directory.CreateDirectory(_folder["state"]);
        File.WriteAllLines(Path, Enumerable.Range(1, 20_000).Select(i => $"{{\"session\": 1, \"line\": {i}, \"input\": \"{i}\"}}"));
        Assert.Equal(["20000"], new InputHistory(Path).Tail(1).Select(e => e.Input));
        Assert.Equal(10_000, File.ReadLines(Path).Count());
        File.Delete(Path);
        new InputHistory(Path).Add(1, "secret", null);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }
}
