namespace Polytask.Notebooks.Tests.Kernels.Assistance;

[Collection("sessions")]
public sealed class CSharpInspectionTests(CSharpSession shared) : IClassFixture<CSharpSession>
{
    private readonly Session _session = shared.Session;

    [Theory]
    [InlineData("li|st", "(variable) List<int> list = [1, 2]")]
    [InlineData("name|", "(variable) string name = \"abc\"")]
    [InlineData("|day", "(variable) DayOfWeek day = Monday")]
    [InlineData("pair|", "(variable) (int First, string Second) pair = (1, \"b\")")]
    [InlineData("points|", "(variable) Point[] points = 1 item")]
    [InlineData("show|", "(variable) Func<int, string> show")]
    [InlineData("points[0].X|", "int Point.X { get; init; }")]
    [InlineData("name.Length|", "int string.Length { get; }")]
    [InlineData("Math.P|I", "double Math.PI = 3.141592653589793")]
    [InlineData("var ne|w1 = list;", "(variable) List<int> new1")]
    [InlineData("va|r x = list;", "class System.Collections.Generic.List<int>")]
    [InlineData("int F(int a) { int b = a; return b|; }", "(local variable) int b")]
    [InlineData("int F(int a) => a|;", "(parameter) int a")]
    [InlineData("list.Where(x => x| > 1)", "(parameter) int x")]
    [InlineData("from i in list select i|", "(range variable) int i")]
    [InlineData("List|", "class System.Collections.Generic.List<T>")]
    [InlineData("Po|int", "record Point")]
    [InlineData("Day|OfWeek", "enum System.DayOfWeek { Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday }")]
    [InlineData("Fun|c<int, string>", "delegate string System.Func<int, string>(int arg)")]
    [InlineData("System.Coll|ections", "namespace System.Collections")]
    [InlineData("in|t x = 1;", "int")]
    [InlineData("[Obso|lete] class Old { }", "class System.ObsoleteAttribute")]
    [InlineData("Twi|ce(3)", "int Twice(int number, int factor = 2)")]
    [InlineData("Twice(|", "int Twice(int number, int factor = 2)")]
    [InlineData("Twice(3, |)", "int Twice(int number, int factor = 2)")]
    [InlineData("Twice(\"text|\")", "int Twice(int number, int factor = 2)")]
    [InlineData("Console.WriteLine(Twice(1, 2|))", "int Twice(int number, int factor = 2)")]
    [InlineData("new Point(|", "Point.Point(int X, int Y)")]
    [InlineData("new Po|int(1, 2)", "record Point\nPoint.Point(int X, int Y)")]
    [InlineData("show(|1)", "string Func<int, string>.Invoke(int arg)")]
    [InlineData("list[|0]", "int List<int>.this[int index] { get; set; }")]
    [InlineData("using Geometry;\n3.Trip|led()", "int int.Tripled()")]
    [InlineData("new Geometry.Square().Dr|aw(1)", "void Square.Draw(int pen)")]
    [InlineData("static class Mine { public static string Shout(this string s) => s.ToUpper(); }\n\"a\".Sho|ut()", "string string.Shout()")]
    [InlineData("static class Mine { public static string Shout(this string s) => s|.ToUpper(); }", "(parameter) string s")]
    public void Signatures_are_those_of_the_source(string marked, string signature) => Assert.Equal(signature, _session.Inspect(marked)?.Signature);

    [Theory]
    [InlineData("// li|st")]
    [InlineData("\"li|st\"")]
    [InlineData("(1 + |2)")]
    [InlineData("unkno|wn")]
    [InlineData("|")]
    public void Where_nothing_is_named_nothing_is_known(string marked) => Assert.Null(_session.Inspect(marked));

    [Theory]
    [InlineData("Math.Max(1, 2|)", "int Math.Max(int val1, int val2)")]
    [InlineData("Math.Max(1, |", "int Math.Max(int val1, int val2)")]
    [InlineData("Math.Ma|x(1.5, 2)", "double Math.Max(double val1, double val2)")]
    public void All_overloads_are_shown_and_the_one_that_is_meant_first(string marked, string first)
    {
        var signatures = _session.Inspect(marked)!.Signature.Split('\n');
        Assert.Equal(first, signatures[0]);
        Assert.Equal(typeof(Math).GetMethods().Count(m => m.Name == "Max"), signatures.Length);
    }

    [Fact]
    public void Documentation_is_that_of_the_declaration()
    {
        const string Twice = "Doubles a number, unlike Math.Max.\n\nParameters:\n  number: What to double.\n\nReturns: Twice as much.";
        Assert.Equal(Twice, _session.Inspect("Twi|ce(3)")!.Documentation);
        Assert.Equal("A place.", _session.Inspect("Poi|nt")!.Documentation);
        Assert.Equal("A place.", _session.Inspect("new Point(|1, 2)")!.Documentation);
        Assert.Equal("Three of it.", _session.Inspect("using Geometry; 3.Tri|pled()")!.Documentation);
        Assert.Equal("Draws it.", _session.Inspect("new Geometry.Square().Dr|aw(1)")!.Documentation);
        Assert.Null(_session.Inspect("list|")!.Documentation);
    }

    [Fact]
    public void Documentation_lies_beside_assemblies() =>
        Assert.StartsWith("Marks a text as HTML, so that showing it does not escape it.", _session.Inspect("HT|ML(\"\")")!.Documentation);

    [ReferencePackFact]
    public void The_framework_is_documented_where_an_sdk_is_installed()
    {
        Assert.StartsWith("Removes all leading and trailing white-space characters", _session.Inspect("name.Tr|im()")!.Documentation);
        Assert.Contains("predicate: A function to test each element for a condition.", _session.Inspect("list.Whe|re(x => true)")!.Documentation);
        Assert.StartsWith("Represents a strongly typed list of objects", _session.Inspect("Lis|t<int> x;")!.Documentation);
    }

    [Fact]
    public void To_look_at_a_value_runs_nothing_of_a_cell()
    {
        _session.Run("""
            int calls = 0;
            class Spy : IEnumerable<int> { public Action Told = () => { }; public override string ToString() { Told(); return "spy"; }
                public IEnumerator<int> GetEnumerator() { Told(); return new List<int>().GetEnumerator(); }
                System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator(); }
            var spy = new Spy { Told = () => calls++ };
            var spies = new List<Spy> { spy };
            var hidden = new object[] { spy };
            var wrapped = new System.Collections.ObjectModel.ReadOnlyCollection<object>(hidden);
            var boxed = Tuple.Create<object>(spy);
            var query = list.Select(i => { calls++; return i; });
            var late = new Lazy<object>(() => { calls++; return spy; });
            """);
        Assert.Equal("(variable) List<Spy> spies = 1 item", _session.Inspect("spies|")!.Signature);
        foreach (var name in (string[])["spy", "hidden", "wrapped", "boxed", "query", "late"])
            _session.Inspect(name + "|");
        Assert.Equal("0", _session.Run("calls"));
    }
}

/// <summary>A test that needs the framework's reference documentation, which comes with an SDK.</summary>
public sealed class ReferencePackFactAttribute : FactAttribute
{
    public ReferencePackFactAttribute()
    {
        var framework = System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory();
        if (!Directory.Exists(Path.Combine(framework, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref")))
            Skip = "no reference pack beside the framework";
    }
}
