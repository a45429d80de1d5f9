using System.ComponentModel;
using System.Reflection;

namespace Polytask.Notebooks.Tests.Kernels.Assistance;

/// <summary>A session in which cells have run, for all tests that only look.</summary>
public sealed class CSharpSession
{
    public CSharpSession()
    {
        Session.Run("""
            var list = new List<int> { 1, 2 };
            string name = "abc";
            DayOfWeek day = DayOfWeek.Monday;
            int? maybe = 3;
            var pair = (First: 1, Second: "b");
            Func<int, string> show = i => $"{i}";
            /// <summary>Doubles a <paramref name="number"/>, unlike <see cref="Math.Max(int, int)"/>.</summary>
            /// <param name="number">What to double.</param>
            /// <returns>Twice as much.</returns>
            int Twice(int number, int factor = 2) => number * factor;
            /// <summary>A place.</summary>
            record Point(int X, int Y) { public string Label { get; set; } = ""; }
            class Aged { [Obsolete] public int Early; public int Late; private int hidden; internal static int Shared; }
            var points = new[] { new Point(1, 2) };
            int @class = 4;
            """);
        Session.Run("""
            namespace Geometry
            {
                /// <summary>More for numbers.</summary>
                public static class Extensions
                {
                    /// <summary>Three of it.</summary>
                    public static int Tripled(this int i) => 3 * i;
                }
                public class Shape
                {
                    public int Sides { get; set; }
                    public required string Title { get; init; }
                    public int Corners => Sides;
                    /// <summary>Draws it.</summary>
                    public virtual void Draw(int pen) { }
                }
                public class Square : Shape
                {
                    public override void Draw(int pen) { }
                }
            }
            """);
    }

    public Session Session { get; } = new();
}

[Collection("sessions")]
public sealed class CSharpCompletionTests(CSharpSession shared) : IClassFixture<CSharpSession>
{
    private readonly Session _session = shared.Session;

    [Theory]
    [InlineData("list.|", "Add Count Where Select ToString", "Empty")]
    [InlineData("list.Wh|", "Where", "Add Count")]
    [InlineData("list.wh|", "Where", "Add")]
    [InlineData("list.\n  Wh|", "Where", "Add")]
    [InlineData("name.|\nvar y = 1;", "Length Trim", "Empty")]
    [InlineData("name.|\nConsole.WriteLine(1);", "Length Trim", "Empty")]
    [InlineData("name.Trim().|", "Length", "IsNullOrEmpty")]
    [InlineData("name?.|", "Length Trim", "IsNullOrEmpty")]
    [InlineData("name?.Trim()?.Le|", "Length", "")]
    [InlineData("maybe?.|", "CompareTo", "HasValue")]
    [InlineData("maybe.|", "HasValue Value", "")]
    [InlineData("list[0].|", "CompareTo", "Add")]
    [InlineData("pair.|", "First Second", "")]
    [InlineData("(await Task.FromResult(name)).|", "Length", "Result")]
    [InlineData("new Point(1, 2).|", "X Label", "op_Equality <Clone>$ EqualityContract PrintMembers")]
    [InlineData("list.Select(p => p.|", "CompareTo", "Add")]
    [InlineData("points.Select(p => p.|).ToList()", "X Label", "Length")]
    [InlineData("foreach (var point in points) { point.| }", "X Y", "Length")]
    [InlineData("for (var i = 0; i < 3; i++) { i.| }", "CompareTo", "")]
    [InlineData("int[] array = { 1 }; array.|", "Length Sum", "Add")]
    [InlineData("Console.WriteLine(list.|", "Count", "")]
    [InlineData("$\"length {name.|} of it\"", "Length", "")]
    [InlineData("$\"length {name.|", "Length", "")]
    [InlineData("'c'.|", "CompareTo", "IsDigit")]
    [InlineData("char.|", "IsDigit", "CompareTo")]
    [InlineData("DayOfWeek.|", "Monday Sunday", "CompareTo value__")]
    [InlineData("System.Collections.|", "Generic IEnumerable ArrayList", "")]
    [InlineData("System.Collections.Generic.L|", "List LinkedList", "Dictionary")]
    [InlineData("new System.Collections.Generic.|", "List", "")]
    [InlineData("new Geometry.|", "Shape", "")]
    [InlineData("global::|", "System Geometry", "list")]
    [InlineData("using System.Te|", "Text", "")]
    [InlineData("using S|", "System", "String")]
    [InlineData("using static System.Ma|", "Math", "")]
    [InlineData("using Geometry;\n21.|", "Tripled CompareTo", "")]
    [InlineData("var fresh = new Aged(); fresh.|", "Late Early", "hidden Shared")]
    [InlineData("Aged.|", "", "Late")]
    [InlineData("static class Mine { public static string Shout(this string s) => s.ToUpper(); }\n\"a\".Sh|", "Shout", "Trim")]
    [InlineData("static class Mine { public static string Shout(this string s) => s.| }", "ToUpper", "")]
    [InlineData("static class Mine { extension(string s) { public string Loud => s.|; } }\n", "ToUpper", "")]
    [InlineData("namespace Other { class Inner { void Method() { this.| } } }", "Method", "list")]
    [InlineData("namespace Other { class Inner { public int Field; } }\nnew Other.Inner().|", "Field", "")]
    [InlineData("var (a, b) = name switch { \"x\" => (1, name), _ => (3, name) };\nb.|", "Length", "")]
    [InlineData("dynamic loose = 1; loose.|", "", "ToString")]
    [InlineData("unknown.|", "", "ToString")]
    public void Members_follow_a_dot(string marked, string offered, string absent) => Check(marked, offered, absent);

    [Theory]
    [InlineData("|", "list name Twice Point Console System if using int Geometry", "hidden")]
    [InlineData("li|", "list List LinkedList", "name")]
    [InlineData("name\nli|", "list List", "li")]
    [InlineData("ret|", "return", "")]
    [InlineData("var x = ne|", "new", "namespace")]
    [InlineData("nameof(li|", "list List", "")]
    [InlineData("typeof(str|", "String StringBuilder string", "")]
    [InlineData("typeof(|", "Point int", "list Twice")]
    [InlineData("new List<|", "Point int", "list")]
    [InlineData("new Dictionary<string, Po|", "Point", "points")]
    [InlineData("try { } catch (Exc|", "Exception", "")]
    [InlineData("class Derived : Po|", "Point", "points")]
    [InlineData("class Holder { pu|", "public", "")]
    [InlineData("class Holder { int P { g|", "get", "")]
    [InlineData("[Obso|\nclass Old { }", "Obsolete", "list")]
    [InlineData("int Add(int left, int right) { int sum; return | }", "left right sum list", "")]
    [InlineData("list.Where(item => |", "item list", "")]
    [InlineData("list.Where(item => Twice(it|", "item", "")]
    [InlineData("{ int inner = 1; |", "inner list", "")]
    [InlineData("void F(int given) { if (given > |", "given list", "")]
    [InlineData("from item in list where |", "item list", "")]
    [InlineData("(int left, int right) => left + ri|", "right", "")]
    [InlineData("foreach (var point in po|) { }", "points", "")]
    [InlineData("point is|", "", "")]
    [InlineData("name i|", "is in", "if int list")]
    [InlineData("cl|", "@class class", "")]
    [InlineData("new Str|", "StringBuilder StreamReader", "Stream")]
    public void Names_in_scope_are_offered(string marked, string offered, string absent) => Check(marked, offered, absent);

    [Theory]
    [InlineData("var lo|")]
    [InlineData("int |")]
    [InlineData("List<int> fre|")]
    [InlineData("Point pla|")]
    [InlineData("class Na|")]
    [InlineData("void Meth|")]
    [InlineData("int F(int num|")]
    [InlineData("12|")]
    [InlineData("\"name.|\"")]
    [InlineData("\"name.|")]
    [InlineData("$\"name.|\"")]
    [InlineData("$\"{name:na|}\"")]
    [InlineData("@\"\nname.|\n\"")]
    [InlineData("\"\"\"\nname.|\n\"\"\"")]
    [InlineData("'n|'")]
    [InlineData("// name.|")]
    [InlineData("/// <summary>na|")]
    [InlineData("var s = name.Length; /* na| */")]
    [InlineData("/* na|")]
    [InlineData("#region na|")]
    public void Nothing_is_offered_in_texts_comments_and_new_names(string marked) => Assert.Empty(_session.Complete(marked));

    [Theory]
    [InlineData("day = |", "DayOfWeek.Friday DayOfWeek.Monday")]
    [InlineData("day = Fri|", "DayOfWeek.Friday")]
    [InlineData("if (day == |)", "DayOfWeek.Friday DayOfWeek.Monday")]
    [InlineData("if (day != D|)", "DayOfWeek.Friday")]
    [InlineData("var z = day switch { |", "DayOfWeek.Friday")]
    [InlineData("var z = day switch { DayOfWeek.Monday => 1, | }", "DayOfWeek.Friday")]
    [InlineData("switch (day) { case |", "DayOfWeek.Friday")]
    [InlineData("day is |", "DayOfWeek.Friday")]
    [InlineData("day is DayOfWeek.Monday or |", "DayOfWeek.Friday")]
    [InlineData("bool Free(DayOfWeek d) => true;\nFree(|)", "DayOfWeek.Friday")]
    [InlineData("bool Free(int x, DayOfWeek d) => true;\nFree(d: |)", "DayOfWeek.Friday")]
    [InlineData("DayOfWeek Next() { return | }", "DayOfWeek.Friday")]
    [InlineData("DayOfWeek Next() => |", "DayOfWeek.Friday")]
    [InlineData("DayOfWeek? other = |", "DayOfWeek.Friday")]
    [InlineData("Point place = new |", "Point")]
    [InlineData("Dictionary<string, int> map = new |", "Dictionary<string,")]
    [InlineData("new Point(1, 2) { |", "Label X Y")]
    [InlineData("new Geometry.Shape { Si|", "Sides")]
    [InlineData("new Geometry.Shape { Sides = 1, |", "Title")]
    [InlineData("points[0] with { |", "Label X Y")]
    [InlineData("name is { Len|", "Length")]
    [InlineData("points[0] is { X: 1, |", "Label Y")]
    [InlineData("new List<int> { Cap|", "Capacity")]
    [InlineData("Twice(|", "factor: number:")]
    [InlineData("Twice(1, fa|", "factor:")]
    [InlineData("Twice(number: 1, |", "factor:")]
    [InlineData("new Point(|", "X: Y:")]
    public void What_the_place_asks_for_comes_first(string marked, string first)
    {
        var offered = _session.Complete(marked);
        var expected = first.Split(' ');
        Assert.Equal(expected, offered.Select(o => o.Split(' ')[0]).Where(expected.Contains).Take(expected.Length).ToArray());
        Assert.Contains(offered.Take(7), o => o.StartsWith(expected[0], StringComparison.Ordinal));
    }

    [Fact]
    public void An_initialiser_offers_only_what_can_be_set()
    {
        Assert.Equal(["Sides", "Title"], _session.Complete("new Geometry.Shape { |"));
        Assert.Equal(["Title"], _session.Complete("new Geometry.Shape { Sides = 3, |"));
    }

    [Fact]
    public void The_best_come_first()
    {
        Assert.Equal(["Equals", "GetHashCode", "GetType", "ToString"], _session.Complete("points[0].|").TakeLast(4));
        Assert.Equal("Early", _session.Complete("new Aged().|")[^1]);
        Assert.Equal(["list", "LinkedList", "LinkedListNode", "List"], _session.Complete("li|"));
        Assert.Equal(["LinkedList", "LinkedListNode", "List", "list"], _session.Complete("Li|"));
    }

    [Theory]
    [InlineData("list.|", "")]
    [InlineData("list.Wh|ere(x => x > 1)", "Where")]
    [InlineData("x = li|", "li")]
    [InlineData("x = @cl|ass", "@class")]
    [InlineData("if (day == Fri|)", "Fri")]
    [InlineData("a\r\n\r\nb = li|st;", "list")]
    [InlineData("#!time\r\nlis|", "lis")]
    [InlineData("#!fsharp\nlet x = 1\n\n#!csharp\nname.Le| + 1", "Le")]
    public void The_word_at_the_cursor_is_replaced(string marked, string word)
    {
        var found = _session.Completions(marked);
        Assert.Equal(word, marked.Remove(marked.IndexOf('|'), 1)[found.Start..found.End]);
        Assert.NotEmpty(found.Items);
    }

    [Theory]
    [InlineData("\"\".", typeof(string), BindingFlags.Instance)]
    [InlineData("new List<int>().", typeof(List<int>), BindingFlags.Instance)]
    [InlineData("new Uri(\"\").", typeof(Uri), BindingFlags.Instance)]
    [InlineData("typeof(int).", typeof(Type), BindingFlags.Instance)]
    [InlineData("new DateTime().", typeof(DateTime), BindingFlags.Instance)]
    [InlineData("Task.FromResult(1).", typeof(Task<int>), BindingFlags.Instance)]
    [InlineData("string.", typeof(string), BindingFlags.Static)]
    [InlineData("Math.", typeof(Math), BindingFlags.Static)]
    [InlineData("DateTime.", typeof(DateTime), BindingFlags.Static)]
    [InlineData("File.", typeof(File), BindingFlags.Static)]
    [InlineData("DayOfWeek.", typeof(DayOfWeek), BindingFlags.Static)]
    public void All_public_members_are_offered_and_of_the_types_no_others(string source, Type type, BindingFlags kind)
    {
        // By reflection: names with a < or a dot are compilers', op_ and accessors are special.
        var members = type.GetMembers(BindingFlags.Public | kind | BindingFlags.FlattenHierarchy)
            .Where(m => m is not (ConstructorInfo or Type) && m is not (MethodBase { IsSpecialName: true } or FieldInfo { IsSpecialName: true })
                        && m is not PropertyInfo { } indexer || m is PropertyInfo property && property.GetIndexParameters().Length == 0)
            .Where(m => m.GetCustomAttribute<EditorBrowsableAttribute>()?.State != EditorBrowsableState.Never && !m.Name.Contains('.'))
            .Select(m => m.Name).Distinct().Order(StringComparer.Ordinal).ToArray();
        var offered = _session.Completions(source + "|").Items;
        Assert.Empty(members.Except(offered.Select(o => o.Text)));

        // Extension methods aside, some of which have the names of static members, and the statics of System.Object.
        var others = offered.Select(o => o.Text).Where(o => kind == BindingFlags.Static || type.GetMember(o).Length > 0).Except(members);
        Assert.Empty(others.Except(typeof(Enumerable).GetMethods().Select(m => m.Name)).Except(["Equals", "ReferenceEquals"]));
    }

    private void Check(string marked, string offered, string absent)
    {
        var found = _session.Complete(marked);
        Assert.Equal("", string.Join(' ', Words(offered).Except(found)));
        Assert.Equal("", string.Join(' ', Words(absent).Intersect(found)));
        Assert.Equal(found.Distinct(), found);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
