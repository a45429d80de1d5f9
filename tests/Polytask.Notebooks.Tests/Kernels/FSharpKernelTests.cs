using System.Text.Json.Nodes;
using Polytask.Notebooks.Kernels;

namespace Polytask.Notebooks.Tests.Kernels;

/// <summary>One session with an F# kernel for all tests that need no new one: it takes seconds to start.</summary>
public sealed class FSharpSession
{
    public Session Session { get; } = new();
}

[Collection("sessions")]
public sealed class FSharpKernelTests(FSharpSession shared) : IClassFixture<FSharpSession>
{
    private readonly Session _session = shared.Session;

    private string? Run(string source) => _session.Run(source, "fsharp");

    private CellError Fail(string source) => _session.Fail(source, "fsharp");

    [Fact]
    public void Values_are_printed_as_fsi_prints_them()
    {
        var reference = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "fsi.json")))!.AsArray();
        Assert.True(reference.Count > 40);
        foreach (var value in reference)
            Assert.Equal(((string)value!["source"]!, (string?)value["printed"]), ((string)value["source"]!, Run((string)value["source"]!)));
    }

    [Fact]
    public void Functions_are_shown_by_their_types()
    {
        Assert.Equal("x: int -> y: string -> string", Run("fun (x: int) (y: string) -> y"));
        Assert.Equal("('a -> 'a)", Run("id"));
        Run("let named a = a + 1");
        Assert.Equal("(int -> int)", Run("named"));
        Assert.Null(Run("let another = named"));
    }

    [Fact]
    public void Records_are_tables_and_unions_are_not()
    {
        Run("type Row = { Name: string; Size: int option }\ntype Either = | Left of int | Right of string");
        Run("[{ Name = \"<a>\"; Size = Some 1 }; { Name = \"b\"; Size = None }]");
        var html = (string)_session.Result!.Data["text/html"]!;
        Assert.Contains("<th>Name</th><th>Size</th>", html);
        Assert.Contains("<td>&lt;a&gt;</td><td>Some 1</td>", html);
        Run("[Left 1; Right \"x\"]");
        Assert.Null(_session.Result!.Data["text/html"]);
        Assert.Equal("Right \"x\"", Run("Right \"x\""));
        Assert.Null(_session.Result!.Data["text/html"]);
        Run("Some { Name = \"b\"; Size = None }");
        Assert.Null(_session.Result!.Data["text/html"]);
    }

    [Fact]
    public void Later_cells_see_and_redeclare_what_earlier_ones_declared()
    {
        Assert.Null(Run("let x = 20\nlet twice i = 2 * i\ntype Measured = { At: int }"));
        Assert.Equal("42", Run("twice (x + 1)"));
        Assert.Equal("\"text\"", Run("let x = \"text\"\nx"));
        Assert.Equal("{ At = 3 }", Run("{ At = 3 }"));
        Assert.Equal("4", Run("let mutable count = 1\ncount <- count + 3\ncount"));
    }

    [Fact]
    public void Tasks_are_awaited()
    {
        Assert.Equal("5", Run("task {\n    do! Task.Delay 1\n    return 5\n}"));
        Assert.Null(Run("task { do! Task.Delay 1 }"));
        Assert.Null(Run("Task.Delay 1"));
        Assert.Equal("None", Run("task { return (None: int option) }"));
        var error = Fail("task {\n    do! Task.Delay 1\n    failwith \"late\"\n    return 5\n}");
        Assert.Equal(("System.Exception", "late", 3), (error.Name, error.Message, error.Line));
    }

    [Fact]
    public void Namespaces_of_the_host_are_open_and_display_works()
    {
        Assert.Equal("\"a,b\"", Run("String.Join(\",\", List<string> [\"a\"; \"b\"])"));
        Assert.Null(Run("let shown = display \"first\"\nshown.Update \"second\"\ndisplay [1; 2] |> ignore"));
        Assert.Equal("first", _session.Displayed[0].PlainText);
        Assert.Equal("second", _session.Updates[^1].Bundle.PlainText);
        Assert.Equal("[1; 2]", _session.Displayed[1].PlainText);
        Run("HTML \"<b>x</b>\"");
        Assert.Equal("<b>x</b>", (string?)_session.Result!.Data["text/html"]);
        Run("type Coin = { Cents: int }\nFormatter.Register<Coin>(fun coin -> $\"{coin.Cents} ct\")");
        Assert.Equal("5 ct", Run("{ Cents = 5 }"));
        Run("\"# title\".DisplayAs(\"text/markdown\")");
        Assert.Equal("# title", (string?)_session.Displayed[0].Data["text/markdown"]);
    }

    [Fact]
    public void A_progress_bar_leaves_its_final_line()
    {
        Run("using (new Polytask.Notebooks.Display.ProgressBar(\"steps\", 3.0)) (fun bar -> for i in 1..3 do bar.Report(float i))");
        Assert.StartsWith("steps  3/3  ", _session.Updates[^1].Bundle.PlainText);
    }

    [Theory]
    [InlineData("let a =\n  b + 1", 2, 3, "FS0039")]
    [InlineData("1 +", 1, 3, "FS3156")]
    [InlineData("let z = 5\nlet s: string = 3", 2, 17, "FS0001")]
    [InlineData("#!time\nlet z = 5\n\nundefined", 4, 1, "FS0039")]
    public void Compile_errors_name_cell_line_and_column(string source, int line, int column, string code)
    {
        var error = Fail(source);
        Assert.Equal("CompilationError", error.Name);
        Assert.Matches($"^cell-\\d+:line {line}, column {column}: {code}: ", error.Message);
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Equal("    " + source.Split('\n')[line - 1], error.Traceback[1]);
        Assert.Equal(4 + column - 1, error.Traceback[2].IndexOf('^'));
        Assert.DoesNotContain("parse error", string.Join("\n", error.Traceback));
    }

    [Fact]
    public void Runtime_traces_name_cells_and_lines_only()
    {
        Run("let divide a =\n    100 / a");
        var error = Fail("let zero = 0\n[1; zero]\n|> List.map (fun i ->\n    divide i)");
        Assert.Equal("System.DivideByZeroException", error.Name);
        Assert.Equal(4, error.Line);
        Assert.Matches(@"^   at divide\(Int32\) in cell-\d+:line 2$", error.Traceback[1]);
        Assert.Matches(@"^   at the cell \(lambda\) in cell-\d+:line 4$", error.Traceback[2]);
        Assert.Matches(@"^   at the cell in cell-\d+:line 3$", error.Traceback[^1]);
        Assert.DoesNotContain(error.Traceback, t => t.Contains("FSI_") || t.Contains("Polytask.") || t.Contains(".fs:line") || t.Contains('@'));
    }

    [Fact]
    public void An_expression_that_only_throws_is_run_once()
    {
        Run("let mutable runs = 0");
        var error = Fail("runs <- runs + 1\nfailwith \"no\"");
        Assert.Equal(("System.Exception", "no", 2), (error.Name, error.Message, error.Line));
        Assert.Equal("1", Run("runs"));
        Assert.Equal(("System.ArgumentException", 1), (Fail("if runs > 0 then\n    invalidArg \"a\" \"b\"\nelse\n    failwith \"c\"") is var e ? e.Name : "", 1));
    }

    [Fact]
    public void A_cell_that_fails_binds_nothing_and_leaves_what_was()
    {
        Run("let before = 1");
        Fail("let before = 2\nlet broken = failwith<int> \"stop\"");
        Assert.Equal("1", Run("before"));
    }

    [Fact]
    public void A_namespace_is_refused_with_what_to_do() => Assert.Contains("#load it", Fail("namespace Shapes\ntype S = int").Message);
}
