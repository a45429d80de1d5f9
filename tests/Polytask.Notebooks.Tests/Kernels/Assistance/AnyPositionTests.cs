using FsCheck;
using FsCheck.Fluent;
using Polytask.Notebooks.Kernels;
using Polytask.Notebooks.Kernels.CSharp;
using Polytask.Notebooks.Kernels.FSharp;

namespace Polytask.Notebooks.Tests.Kernels.Assistance;

/// <summary>Any source at any position gets an answer. The kernels are asked directly: a session would hide what they throw.</summary>
[Collection("sessions")]
public sealed class AnyPositionTests
{
    private static readonly string[] CSharpSources =
    [
        "var (a, b) = x switch { 1 => (1, $\"{y:0.0} {\"z\"}\"), _ => throw new() };\n"
            + "foreach (ref readonly var q in s[1..^2]) { q?.Foo?[0]!.Bar<int>(out var r, n: 1); }",
        "namespace N; [A(1, B = 2)] public record R<T>(T X = default) : Base(1), I<T> where T : class, new()\n"
            + "{ public int P { get => field; init; } = 3; ~R() { } }",
        "static class E { extension<T>(T[] a) { public int N => a.| } } #if X\n"
            + "int F(this int i) => i switch { > 1 and < 3 or not 4 when i is { A.B: [1, .., 2] } => 1 };",
        "using var x = @\"a\"\"b\n\"; /* open \n var s = \"\"\"\n {{x}} \"\"\"; 'c' '\\u12' \"\\x\" 1.5e-3f 0x_ff ?. :: -> => ?? ??= ..",
        "unsafe { int* p = stackalloc int[3]; p->X(); delegate*<int, void> f = &G; } goto case 1;\n"
            + "yield return await (from i in l group i by i.K into g orderby g.Key select new { g.K }",
        "{{{((([[[<<<;;;,,,...}}})))]]]>>> @ # $ \\ ` ~ \u00e9\U0001F600 \u2028 \r\n \t \0 using static global::A.B<C>; using X = (int, string)",
    ];

    private static readonly string[] FSharpSources =
    [
        "let rec f (x: 'a when 'a : comparison) : int =\n"
            + "  match x with | Some (y & { A = [1; _]; B.C = z }) when y > 1 -> f y | _ -> failwithf \"%s\" $\"{x:N}\"",
        "type U<'T> = | A of b: int * c: 'T | B\n    member this.P with get () = 1 and set v = ()\nmodule M =\n    let inline (+.) a b = a + b\n",
        "task {\n    let! x = async { return 1 } |> Async.StartAsTask\n    use y = new Z(a = 1, ?b = c)\n"
            + "    for i in [| 1..2..9 |] do\n        yield! x.[i..].Foo<int>().Bar",
        "(* (* \"*)\" *) let ``a b`` = @\"\\\" + \"\"\"\"a\"\"\" #if X\n#else\n// c\n'c' 'd 1.5e-3f 0x_ff 1L..3 ``open \"text",
        "{{{((([[[|||<<<@@;;,,...>>>|||])))]]}}} _.X <@ @> :> :?> -> <- => ~~ \u00e9\U0001F600 \t \0 #r \"x\" ;; query { for x in y do where (x.",
    ];

    private static CSharpKernel NewCSharp()
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var kernel = new CSharpKernel(new AssemblyHub(), references, KernelOptions.CommonUsings);
        string[] cells =
        [
            "int x = 1; var y = 2.0; var s = new[] { 1 }; var l = new List<string>(); int Twice(int i) => 2 * i; record Point(int X);",
            "namespace Lib { public static class Ext { public static int Area(this int i) => i; } }",
        ];
        foreach (var cell in cells)
            kernel.Run(new CellCode(cell, "cell"));
        return kernel;
    }

    [Fact]
    public void CSharp_answers_at_any_position() => AnswersAtAnyPosition(NewCSharp(), CSharpSources, step: 3);

    [Fact]
    public void CSharp_answers_for_any_pieces() => AnswersForAnyPieces(NewCSharp(), CSharpSources, tests: 150);

    [Fact]
    public void Nothing_is_said_of_a_name_that_is_missing() =>
        Assert.Null(NewCSharp().Inspect("ecord R< 'c' '\\u12' \"\\x\" 1.5e-3f 0x_ff ?. :: -public int N => a.| } } #if X\nint F", 11));

    [Fact]
    public void A_session_answers_where_the_compiler_fails()
    {
        const string Source = "A: int Inner() { int number; number = | }";
        var position = Source.IndexOf('|');
        Assert.Throws<NullReferenceException>(() => NewCSharp().Complete(Source.Remove(position, 1), position));
        var session = new Session();
        Assert.Empty(session.Complete(Source));
        Assert.Equal("3", session.Run("1 + 2"));
    }

    [Fact]
    public void CSharp_stays_as_it_was()
    {
        var kernel = NewCSharp();
        var (latest, submissions, names) = (kernel.Latest, kernel.Submissions.ToArray(), Names(kernel));
        const string Source = "namespace Lib { public class Fresh { } }\nvar z = new Lib.Fresh(); var y = 5; int W() => 3; z.";
        Assert.NotEmpty(kernel.Complete(Source, Source.Length).Items);
        Assert.NotNull(kernel.Inspect(Source, Source.Length - 1));
        kernel.IsComplete("var q = 5;");
        Assert.Same(latest, kernel.Latest);
        Assert.Equal(submissions, kernel.Submissions);
        Assert.Equal(names, Names(kernel));
        Assert.Equal(2.0, kernel.Run(new CellCode("y", "cell-3")).Value);
        Assert.Equal(4, kernel.Run(new CellCode("using Lib; 4.Area()", "cell-4")).Value);
        Assert.Contains("CS0103", Assert.Throws<CellFailedException>(() => kernel.Run(new CellCode("z", "cell-5"))).Message);
    }

    /// <summary>One session for all of its tests: it takes seconds to start.</summary>
    private static readonly Lazy<FSharpKernel> FSharp = new(() =>
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var kernel = new FSharpKernel(new AssemblyHub(), references, KernelOptions.CommonUsings);
        const string Cell = "let x = 1\nlet y = 2.0\nlet twice i = 2 * i\ntype Point = { X: int; Y: string }\nlet p = { X = 1; Y = \"\" }";
        kernel.Run(new CellCode(Cell, "cell-1"));
        return kernel;
    });

    [Fact]
    public void FSharp_answers_at_any_position() => AnswersAtAnyPosition(FSharp.Value, FSharpSources, step: 7);

    [Fact]
    public void FSharp_answers_for_any_pieces() => AnswersForAnyPieces(FSharp.Value, FSharpSources, tests: 60);

    [Fact]
    public void FSharp_stays_as_it_was()
    {
        var kernel = FSharp.Value;
        var names = Names(kernel);
        const string Source = "let z = 5\nlet x = \"text\"\ntype Fresh = { Z: int }\nz.";
        Assert.NotEmpty(kernel.Complete(Source, Source.Length).Items);
        Assert.NotNull(kernel.Inspect(Source, Source.Length - 1));
        kernel.IsComplete("let q = 5");
        Assert.Equal(names, Names(kernel));
        Assert.Equal(1, kernel.Run(new CellCode("x", "cell-2")).Value);
        Assert.Contains("FS0039", Assert.Throws<CellFailedException>(() => kernel.Run(new CellCode("z", "cell-3"))).Message);
    }

    private static string[] Names(ICellKernel kernel) => [.. kernel.Variables.Select(v => $"{v.Type} {v.Name} = {v.Value}")];

    private static void AnswersAtAnyPosition(ICellKernel kernel, string[] sources, int step)
    {
        foreach (var source in sources)
            for (var position = 0; position <= source.Length; position += step)
                Answers(kernel, source, position);
    }

    /// <summary>Beginnings, ends and joined pieces of the sources, at random positions.</summary>
    private static void AnswersForAnyPieces(ICellKernel kernel, string[] sources, int tests)
    {
        var piece = from source in Gen.Elements(sources)
                    from start in Gen.Choose(0, source.Length)
                    from length in Gen.Choose(0, 60)
                    select source.Substring(start, Math.Min(length, source.Length - start));
        var cells = from pieces in piece.ListOf(3)
                    let text = string.Concat(pieces)
                    from position in Gen.Choose(0, text.Length)
                    select (text, position);
        Prop.ForAll(cells.ToArbitrary(), cell => Answers(kernel, cell.text, cell.position)).Check(Config.QuickThrowOnFailure.WithMaxTest(tests));
    }

    private static void Answers(ICellKernel kernel, string source, int position)
    {
        try
        {
            Answer(kernel, source, position);
        }
        catch (Exception failure) when (IsCompilers(failure))
        {
        }
    }

    /// <summary>
    /// The compilers fail on some sources that are no programs, such as a local function behind a label in C#. What they say of their
    /// arguments is not their failure but ours.
    /// </summary>
    private static bool IsCompilers(Exception failure) =>
        failure is not ArgumentException && failure.TargetSite?.Module.Assembly.GetName().Name is { } thrower
        && (thrower.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) || thrower == "FSharp.Compiler.Service");

    private static void Answer(ICellKernel kernel, string source, int position)
    {
        var found = kernel.Complete(source, position);
        Assert.InRange(position, found.Start, found.End);
        Assert.InRange(found.End, position, source.Length);
        Assert.All(found.Items, item => Assert.True(item.Text.Length > 0 && item.Kind.Length > 0));
        Assert.All(found.Items, item => Assert.DoesNotContain(CSharpCell.HiddenMark, item.Text));
        Assert.NotEqual("", kernel.Inspect(source, position)?.Signature);
        kernel.IsComplete(source[..position]);
    }
}
