using System.ComponentModel;
using System.Reflection;
using Polytask.Notebooks.Kernels;

namespace Polytask.Notebooks.Tests.Kernels.Assistance;

/// <summary>A session in which cells of both languages have run, for all tests that only look.</summary>
public sealed class FSharpLookSession
{
    public FSharpLookSession()
    {
        Session.Run("namespace Shared { public static class Sizes { public static int Grow(int by) => by; } }");
        Session.Run("""
            let list = [1; 2; 3]
            let name = "abc"
            let big = [| 1.0 .. 100.0 |]
            let some = Some 3
            /// <summary>Doubles a number.</summary>
            /// <param name="number">What to double.</param>
            /// <returns>Twice as much.</returns>
            let twice number = 2 * number
            /// Adds them.
            let plus a b = a + b
            type Point = { X: int; Y: string }
            type Shape = | Circle of radius: float | Square
            let place = { X = 1; Y = "b" }
            let ``odd name`` = 4
            type Aged() =
                [<System.Obsolete>] member _.Early = 1
                member _.Late = 2
            """, "fsharp");
    }

    public Session Session { get; } = new();
}

[Collection("sessions")]
public sealed class FSharpAssistanceTests(FSharpLookSession shared) : IClassFixture<FSharpLookSession>
{
    private readonly Session _session = shared.Session;

    [Theory]
    [InlineData("list.‸", "Length Head IsEmpty", "map Aggregated")]
    [InlineData("List.‸", "map fold empty", "Head")]
    [InlineData("List.ma‸", "map mapi max", "fold")]
    [InlineData("list |> List.‸", "map", "")]
    [InlineData("list |> List.map (fun x -> x.‸)", "CompareTo", "Length")]
    [InlineData("name.‸\nlet y = 1", "Length Trim", "IsNullOrEmpty")]
    [InlineData("name.Trim().‸", "Length", "let")]
    [InlineData("place.‸", "X Y", "Length")]
    [InlineData("{ place with ‸ }", "X Y", "let list")]
    [InlineData("{ X = 1; ‸}", "Y", "")]
    [InlineData("Shape.‸", "Circle Square", "")]
    [InlineData("Aged().‸", "Late", "Early let")]
    [InlineData("System.Collections.‸", "Generic ArrayList", "list")]
    [InlineData("open System.Te‸", "Text", "")]
    [InlineData("System.DayOfWeek.‸", "Monday Sunday", "")]
    [InlineData("Shared.‸", "Sizes", "")]
    [InlineData("Shared.Sizes.‸", "Grow", "")]
    [InlineData("‸", "list name twice let System", "")]
    [InlineData("let a = 3\n\n‸", "a list", "")]
    [InlineData("let f given =\n    gi‸", "given", "list")]
    [InlineData("li‸", "list", "name")]
    [InlineData("wh‸", "while when", "list")]
    [InlineData("``od‸", "``odd name``", "list")]
    [InlineData("``odd na‸me`` + 1", "``odd name``", "")]
    [InlineData("od‸", "``odd name``", "")]
    [InlineData("$\"length {name.‸}\"", "Length", "")]
    [InlineData("task { let! x = Task.FromResult \"a\" in return x.‸ }", "Length", "")]
    [InlineData("type Foo() =\n    member this.Bar = 1\n    member this.Baz = this.‸", "Bar", "")]
    [InlineData("System.Text.StringBuilder(cap‸)", "capacity", "")]
    public void Names_are_offered(string marked, string offered, string absent)
    {
        var found = Complete(marked);
        Assert.Equal("", string.Join(' ', Words(offered).Except(found)));
        Assert.Equal("", string.Join(' ', Words(absent).Intersect(found)));
        Assert.Equal(found.Distinct(), found);

        // Names with a space are one word here.
        static string[] Words(string text) => text.StartsWith('`') ? [text] : text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    [Theory]
    [InlineData("\"name.‸\"")]
    [InlineData("\"name.‸")]
    [InlineData("\"\"\"\nname.‸\n\"\"\"")]
    [InlineData("$\"name.‸\"")]
    [InlineData("// name.‸")]
    [InlineData("(* (* a *)\nname.‸ *)")]
    [InlineData("12‸")]
    [InlineData("12.‸")]
    [InlineData("'n‸'")]
    [InlineData("unknown.‸")]
    public void Nothing_is_offered_in_texts_comments_and_numbers(string marked) => Assert.Empty(Complete(marked));

    [Fact]
    public void The_best_come_first()
    {
        Assert.Equal(["X", "Y"], Complete("{ X = 1; ‸ }").Where(n => n is "X" or "Y" or "list").Take(2));
        Assert.Equal(["Friday", "Monday", "Saturday", "Sunday", "Thursday", "Tuesday", "Wednesday"], Complete("System.DayOfWeek.‸").Take(7));
        Assert.Equal(["Equals", "GetHashCode", "GetType", "ToString"], Complete("place.‸").TakeLast(4));
    }

    [Theory]
    [InlineData("list.‸", "")]
    [InlineData("List.ma‸p id", "map")]
    [InlineData("``odd na‸me`` + 1", "``odd name``")]
    [InlineData("``odd na‸", "``odd na")]
    [InlineData("let a' = 1\r\n\r\nlet b = a'‸", "a'")]
    [InlineData("#!csharp\nvar x = 1;\n#!fsharp\nlis‸", "lis")]
    public void The_word_at_the_cursor_is_replaced(string marked, string word)
    {
        var found = _session.Completions(marked, "fsharp");
        Assert.Equal(word, marked.Replace("‸", "")[found.Start..found.End]);
        Assert.NotEmpty(found.Items);
    }

    [Theory]
    [InlineData("List.‸", "ListModule")]
    [InlineData("Option.‸", "OptionModule")]
    [InlineData("String.‸", "StringModule")]
    public void All_functions_of_a_module_are_offered(string marked, string module)
    {
        var type = typeof(Microsoft.FSharp.Collections.FSharpList<>).Assembly.GetTypes().Single(t => t.Name == module && t.IsPublic);
        var names = type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(m => !m.IsDefined(typeof(EditorBrowsableAttribute)) && !m.IsDefined(typeof(ObsoleteAttribute)))
            .Select(m => m.GetCustomAttribute<Microsoft.FSharp.Core.CompilationSourceNameAttribute>()?.SourceName ?? m.Name);
        Assert.Empty(names.Except(Complete(marked)));
    }

    [Theory]
    [InlineData("twi‸ce 3", "val twice: number: int -> int")]
    [InlineData("twice ‸", "val twice: number: int -> int")]
    [InlineData("list‸", "val list: int list = [1; 2; 3]")]
    [InlineData("name‸", "val name: string = \"abc\"")]
    [InlineData("some‸", "val some: int option = Some 3")]
    [InlineData("big‸", "val big: float array = [1.0; 2.0; 3.0; 4.0; 5.0; 6.0; 7.0; 8.0; 9.0; 10.0; ... (100 items)]")]
    [InlineData("place‸", "val place: Point")]
    [InlineData("``odd na‸me``", "val ``odd name`` : int = 4")]
    [InlineData("let local = 3 in loc‸al", "val local: int")]
    [InlineData("place.X‸", "Point.X: int")]
    [InlineData("Cir‸cle 2.0", "union case Shape.Circle: radius: float -> Shape")]
    [InlineData("name.Len‸gth", "property String.Length: int with get")]
    [InlineData("list |> List.ma‸p id", "val map: mapping: ('T -> 'U) -> list: 'T list -> 'U list")]
    [InlineData("System.Math.Ma‸x(1, 2)", "Math.Max(val1: int, val2: int) : int")]
    [InlineData("Shared.Sizes.Gr‸ow 1", "Shared.Sizes.Grow(by: int) : int")]
    public void Signatures_are_those_of_the_source(string marked, string signature) => Assert.Equal(signature, Inspect(marked)?.Signature);

    [Theory]
    [InlineData("System.Math.Max(‸")]
    [InlineData("System.Math.Max(1, ‸)")]
    [InlineData("let a = System.Math.Max((1 + 2), \"x‸\")")]
    public void Inside_its_arguments_all_overloads_of_a_method_are_shown(string marked)
    {
        var signatures = Inspect(marked)!.Signature.Split('\n');
        Assert.Equal(typeof(Math).GetMethods().Count(m => m.Name == "Max"), signatures.Length);
        Assert.Contains("Math.Max(val1: int, val2: int) : int", signatures);
    }

    [Theory]
    [InlineData("// li‸st")]
    [InlineData("\"li‸st\"")]
    [InlineData("unkno‸wn")]
    [InlineData("‸")]
    public void Where_nothing_is_named_nothing_is_known(string marked) => Assert.Null(Inspect(marked));

    [Fact]
    public void Documentation_is_that_of_the_declaration()
    {
        Assert.Equal("Doubles a number.\n\nParameters:\n  number: What to double.\n\nReturns: Twice as much.", Inspect("twi‸ce 3")!.Documentation);
        Assert.Equal("Adds them.", Inspect("plu‸s")!.Documentation);
        Assert.StartsWith("Builds a new collection whose elements are the results of applying", Inspect("List.ma‸p")!.Documentation);
        Assert.StartsWith("Marks a text as HTML", Inspect("HT‸ML \"\"")!.Documentation);
        Assert.Equal("Introduces a looping construct.", Inspect("wh‸ile")!.Documentation);
    }

    private IReadOnlyList<string> Complete(string marked) => _session.Complete(marked, "fsharp");

    private Inspection? Inspect(string marked) => _session.Inspect(marked, "fsharp");
}
