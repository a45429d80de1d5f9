using Polytask.Notebooks.Kernels;

namespace Polytask.Notebooks.Tests.Kernels.Assistance;

[Collection("sessions")]
public sealed class CSharpCompletenessTests
{
    private readonly Session _session = new();

    [Theory]
    [InlineData("1 + 2")]
    [InlineData("var x = 1;")]
    [InlineData("list\n  .Where(x => x > 1)")]
    [InlineData("using System;")]
    [InlineData("using var f = g;")]
    [InlineData("if (x) { } else { }")]
    [InlineData("if (x) { }\n")]
    [InlineData("try { } catch { } finally { }")]
    [InlineData("namespace A;")]
    [InlineData("namespace A { class B { } }\nvar x = 1;")]
    [InlineData("static class A { public static int F(this int i) => i; }\n1.F()")]
    [InlineData("// comment")]
    [InlineData("undeclared + 1")]
    [InlineData("int x = \"text\";")]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("#!who")]
    [InlineData("#r \"x.dll\"")]
    [InlineData("#!markdown\n# Title (")]
    public void A_cell_that_can_run_is_complete(string source) => Assert.Equal(Completeness.Complete, _session.IsComplete(source));

    [Theory]
    [InlineData("foo(")]
    [InlineData("foo(1,")]
    [InlineData("var x =")]
    [InlineData("var x = 1")]
    [InlineData("1 +")]
    [InlineData("x.")]
    [InlineData("if (x) {")]
    [InlineData("if (x)")]
    [InlineData("if (x) { }")]
    [InlineData("if (x) { } else")]
    [InlineData("if (x) { } else if (y) { }")]
    [InlineData("try { }")]
    [InlineData("try { } catch { }")]
    [InlineData("do { } while (x)")]
    [InlineData("foreach (var")]
    [InlineData("int F(int a)\n{\n    return a;")]
    [InlineData("class A")]
    [InlineData("class A {\n")]
    [InlineData("record P(int X)")]
    [InlineData("[Obsolete]")]
    [InlineData("var l = new[] { 1,")]
    [InlineData("list.Where(x =>")]
    [InlineData("x switch")]
    [InlineData("x switch {\n  1 => 2,")]
    [InlineData("switch (x) { case 1:")]
    [InlineData("@\"text")]
    [InlineData("\"\"\"\ntext")]
    [InlineData("$\"\"\"\ntext {x")]
    [InlineData("$@\"text {x")]
    [InlineData("/* comment")]
    [InlineData("#if DEBUG\nvar x = 1;")]
    [InlineData("namespace A {")]
    [InlineData("namespace A { class B { } }\nvar x =")]
    [InlineData("static class A { public static int F(this int i) => i;")]
    [InlineData("static class A { public static int F(this int i) => i; }\n1.F(")]
    [InlineData("using var f = ")]
    [InlineData("#!time")]
    [InlineData("#!csharp")]
    [InlineData("#!who\nfoo(")]
    public void A_cell_that_must_go_on_is_not(string source) => Assert.Equal(Completeness.Incomplete, _session.IsComplete(source));

    [Theory]
    [InlineData(") foo")]
    [InlineData("}")]
    [InlineData("x = = 3")]
    [InlineData("int 5x;")]
    [InlineData("foo(1 2)")]
    [InlineData("foo(1;\nbar()")]
    [InlineData("\"text\nfoo()")]
    [InlineData("else { }")]
    [InlineData("foo(\n#!who")]
    [InlineData("foo(\n#!markdown\ntext")]
    public void A_cell_that_nothing_can_mend_is_invalid(string source) => Assert.Equal(Completeness.Invalid, _session.IsComplete(source));

    [Fact]
    public void A_function_is_incomplete_until_its_last_line()
    {
        const string Function = "int Sum(int[] all)\n{\n    var sum = 0; /* all\n of them */\n    foreach (var one in all)\n    {\n"
            + "        sum += one;\n    }\n    var text = $\"\"\"\n        {sum} in\n        all\n        \"\"\";\n"
            + "    return text.Length switch { > 3 => sum, _ => 0 };\n}";
        for (var end = Function.IndexOf('\n'); end > 0; end = Function.IndexOf('\n', end + 1))
            Assert.Equal((end, Completeness.Incomplete), (end, _session.IsComplete(Function[..end])));
        Assert.Equal(Completeness.Complete, _session.IsComplete(Function));
    }
}
