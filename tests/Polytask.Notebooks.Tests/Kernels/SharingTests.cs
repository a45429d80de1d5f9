using Polytask.Notebooks.Kernels;

namespace Polytask.Notebooks.Tests.Kernels;

/// <summary>Values of one language in the other, by reference.</summary>
[Collection("sessions")]
public sealed class SharingTests(FSharpSession shared) : IClassFixture<FSharpSession>
{
    private readonly Session _session = shared.Session;

    private string? CSharp(string source) => _session.Run(source);

    private string? FSharp(string source) => _session.Run(source, "fsharp");

    [Fact]
    public void Csharp_values_reach_fsharp_as_the_same_object()
    {
        CSharp("var numbers = new List<int> { 1, 2 }; IEnumerable<int> lazily = numbers.Where(n => n > 1); int[,] grid = new int[2, 3]; "
               + "Dictionary<string, List<double>[]> nested = new() { [\"a\"] = [[1.5]] }; Func<int, int> twice = i => 2 * i; int? none = null; var pair = (1, \"x\");");
        Assert.Equal("3", FSharp("#!share --from csharp numbers\nnumbers.Add 3\nnumbers |> Seq.length"));
        Assert.Equal("3", CSharp("numbers.Count"));
        Assert.Equal("seq [2; 3]", FSharp("#!share lazily --from csharp\nlazily"));
        Assert.Equal("3", FSharp("#!share --from csharp grid --as matrix\nArray2D.length2 matrix"));
        Assert.Equal("1.5", FSharp("#!share --from csharp nested\nnested.[\"a\"].[0].[0]"));
        Assert.Equal("10", FSharp("#!share --from csharp twice\ntwice.Invoke 5"));
        Assert.Equal("false", FSharp("#!share --from csharp none\nnone.HasValue"));
        Assert.Equal("\"x\"", FSharp("#!share --from csharp pair\nlet struct (_, text) = pair\ntext"));
    }

    [Fact]
    public void Fsharp_values_reach_csharp_as_the_same_object()
    {
        FSharp("let items = System.Collections.Generic.List [1; 2]\nlet words = [\"a\"; \"b\"]\nlet some = Some 3\nlet add a b = a + b + 1\nlet pair = (1, \"x\")\n"
               + "type Local = { Size: int }\nlet local = { Size = 7 }\nlet locals = [local]");
        Assert.Equal("3", CSharp("#!share --from fsharp items\nitems.Add(3); items.Count"));
        Assert.Equal("3", FSharp("items.Count"));
        Assert.Equal("b", CSharp("#!share --from fsharp words\nwords.Last()"));
        Assert.Equal("3", CSharp("#!share --from fsharp some\nsome.Value"));
        Assert.Equal("6", CSharp("#!share --from fsharp add\nadd.Invoke(2).Invoke(3)"));
        Assert.Equal("x", CSharp("#!share --from fsharp pair --as both\nboth.Item2"));
        Assert.Equal("7", CSharp("#!share --from fsharp local\n(int)local.Size"));
        Assert.Equal("7", CSharp("#!share --from fsharp locals\n(int)locals[0].Size"));

        // And back again, though no C# source can name the type.
        Assert.Equal("8", FSharp("#!share --from csharp local --as again\nagain.Size + 1"));
        Assert.Equal("true", FSharp("#!share --from csharp words --as back\nobj.ReferenceEquals(back, words)"));
    }

    [Fact]
    public void Types_of_a_library_cell_are_both_languages_types()
    {
        CSharp("namespace Solids { public record Box(int Side); public static class Boxes { public static int Volume(this Box b) => b.Side * b.Side * b.Side; } }");
        CSharp("using Solids;\nvar box = new Box(2); var boxes = new List<Box> { box };");
        Assert.Equal("8", FSharp("#!share --from csharp box --as cube\nopen Solids\nBoxes.Volume cube"));
        Assert.Equal("27", FSharp("#!share --from csharp boxes\nboxes.Add(Box 3)\nboxes.[1].Volume()"));
        Assert.Equal("2", CSharp("boxes.Count"));
        FSharp("let made = Box 5");
        Assert.Equal("125", CSharp("#!share --from fsharp made\nmade.Volume()"));
    }

    [Fact]
    public void A_type_of_a_csharp_cell_is_refused_with_what_to_do()
    {
        CSharp("record Point(int X); var point = new Point(1); var unnamed = new { A = 1 }; var points = new[] { point };");
        foreach (var (name, shown) in (ReadOnlySpan<(string, string)>)[("point", "of type Point"), ("unnamed", "of an anonymous type"), ("points", "of type Point[]")])
        {
            var error = _session.Fail($"#!share --from csharp {name}", "fsharp");
            Assert.Contains($"'{name}' is {shown}, which F# cannot import", error.Message);
            Assert.Contains("library cell (a C# cell with a namespace", error.Message);
        }
    }

    [Theory]
    [InlineData("5", "Int32", "5")]
    [InlineData("5000000000", "Int64", "5000000000")]
    [InlineData("-0.5", "Double", "-0.5")]
    [InlineData("true", "Boolean", "True")]
    [InlineData("word", "String", "word")]
    [InlineData("\"5\"", "String", "5")]
    [InlineData("\"two words\"", "String", "two words")]
    public void Set_declares_a_variable(string value, string type, string text)
    {
        Assert.Equal($"{type} {text}", CSharp($"#!set --name given --value {value}\n$\"{{given.GetType().Name}} {{given}}\""));
        Assert.Equal($"\"{type} {text}\"", FSharp($"#!set --name given --value {value}\nsprintf \"%s %O\" (given.GetType().Name) given"));
    }

    [Fact]
    public void Set_takes_a_value_of_the_other_language()
    {
        FSharp("let source = [|1; 2|]");
        Assert.Equal("2", CSharp("#!set --value @fsharp:source --name target\ntarget.Length"));
    }

    [Theory]
    [InlineData("#!share nothing --from csharp", "csharp has no value 'nothing'; it has ")]
    [InlineData("#!share x --from python", "there is no kernel 'python' here; values can come from: csharp, fsharp")]
    [InlineData("#!share x", "say which value of which language: #!share --from fsharp name")]
    [InlineData("#!share --from csharp x --mime-type text/plain", "there is no option --mime-type; there are --from, --as")]
    [InlineData("#!share --from", "--from needs a value")]
    [InlineData("#!set --name \"x", "a quote does not end")]
    [InlineData("#!set --name x", "a name and a value are expected: #!set --name x --value 5")]
    [InlineData("#!set --name \"a b\" --value 5", "'a b' is not a name that F# takes")]
    public void What_cannot_be_shared_is_said(string source, string message)
    {
        var error = _session.Fail(source, "fsharp");
        Assert.Equal("MagicCommandError", error.Name);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void Languages_can_follow_each_other_in_one_cell()
    {
        Assert.Equal("12", CSharp("var a = 5;\n#!fsharp\n#!share --from csharp a\nlet b = a + 1\n#!csharp\n#!share --from fsharp b\n2 * b"));
        var error = _session.Fail("var a = 5;\n#!fsharp\nlet b = 1\nlet c: string = b\n");
        Assert.Equal((4, 17), (error.Line, error.Column));
    }

    [Fact]
    public void Who_lists_both_languages()
    {
        var session = new Session();
        session.Run("var one = 1;");
        session.Run("let two = [2]", "fsharp");
        session.Run("#!who");
        Assert.Equal("csharp: one\nfsharp: two", session.Displayed[0].PlainText);
        session.Run("#!whos", "fsharp");
        Assert.Matches(@"one +csharp +Int32 +1\ntwo +fsharp +FSharpList<Int32> +\[2\]$", session.Displayed[0].PlainText!);
    }
}
