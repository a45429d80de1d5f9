using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;
using Polytask.Notebooks.Display;

namespace Polytask.Notebooks.Tests.Display;

[Collection("sessions")]
public sealed class FormatterTests : IDisposable
{
    public void Dispose() => Formatter.ResetToDefault();

    private sealed record Person(string Name, int Age);

    private class Animal;

    private sealed class Dog : Animal;

    private sealed class Talking
    {
        public override string ToString() => "I am <me>";
    }

    private sealed class Failing
    {
        public int Bad => throw new InvalidOperationException("no");
    }

    public static TheoryData<object?, string> Texts => new()
    {
        { null, "null" },
        { "text", "text" },
        { 1.5, "1.5" },
        { 1e-7, "1E-07" },
        { true, "True" },
        { new[] { 1, 2, 3 }, "[ 1, 2, 3 ]" },
        { new List<string>(), "[]" },
        { new[,] { { 1, 2 }, { 3, 4 } }, "[ [ 1, 2 ], [ 3, 4 ] ]" },
        { new Person("Ada", 36), "Person { Name = Ada, Age = 36 }" },
        { new { A = 1, B = new[] { 2 } }, "{ A = 1, B = [ 2 ] }" },
        { (1, "a"), "(1, a)" },
        { (1.5, new List<int> { 1, 2 }, (string?)null, (2, 'c')), "(1.5, [ 1, 2 ], null, (2, c))" },
        { new Talking(), "I am <me>" },
        { new Failing(), "Failing { Bad = System.InvalidOperationException: no }" },
        { Enumerable.Range(0, 100), "[ 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, ... ]" },
        { new[] { new Person("Ada", 36), new Person("Bo", 4) }, "Name  Age\nAda    36\nBo      4" },
        { new Dictionary<string, int> { ["one"] = 1 }, "key  value\none      1" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Values_have_readable_text(object? value, string expected) => Assert.Equal(expected, value.ToDisplayString());

    [Fact]
    public void Records_become_an_html_table_with_every_value_escaped()
    {
        var html = new[] { new Person("<script>alert('x')</script>&\"", 1) }.ToDisplayString("text/html");
        Assert.Contains("<th>Name</th><th>Age</th>", html);
        Assert.Contains("<td>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;</td>", html);
        Assert.DoesNotContain("<script", html);
    }

    [Theory]
    [InlineData("<b>")]
    [InlineData("a & b")]
    public void Texts_shown_as_html_are_escaped(string text) =>
        Assert.Equal($"<pre>{System.Net.WebUtility.HtmlEncode(text)}</pre>", text.ToDisplayString("text/html"));

    [Fact]
    public void Tables_have_text_and_html_and_plain_values_only_text()
    {
        Assert.Equal(["text/html", "text/plain"], Formatter.ToBundle(new[] { new Person("A", 1) }).Data.Select(d => d.Key).Order());
        Assert.Equal(["text/plain"], Formatter.ToBundle(3).Data.Select(d => d.Key));
        Assert.Equal(["text/html"], Formatter.ToBundle(Microsoft.DotNet.Interactive.Kernel.HTML("<i>")).Data.Select(d => d.Key));
        Assert.Equal("1", Formatter.ToBundle(new JsonObject { ["a"] = 1 }).Data["application/json"]!["a"]!.ToString());
    }

    [Fact]
    public void The_formatter_of_the_nearest_type_wins_and_of_equals_the_last()
    {
        Formatter.Register<object>(_ => "object");
        Formatter.Register<Animal>(_ => "animal");
        Assert.Equal("animal", new Dog().ToDisplayString());
        Formatter.Register<Dog>((_, writer) => writer.Write("dog"));
        Formatter.Register<Animal>(_ => "later animal");
        Assert.Equal("dog", new Dog().ToDisplayString());
        Assert.Equal("later animal", new Animal().ToDisplayString());
        Assert.Equal("object", 5.ToDisplayString());
    }

    [Fact]
    public void Formatters_of_open_generic_types_and_interfaces_apply()
    {
        Formatter.Register(typeof(List<>), (_, writer) => writer.Write("list"), "text/html");
        Formatter.Register<IDisposable>(_ => "disposable");
        Assert.Equal("list", new List<int>().ToDisplayString("text/html"));
        Assert.Equal("disposable", new StringReader("").ToDisplayString());
    }

    [Fact]
    public void A_registered_form_is_shown_beside_text_and_preferred_types_replace_both()
    {
        Formatter.Register<Person>(p => $"<p>{p.Name}</p>", "text/html");
        var bundle = Formatter.ToBundle(new Person("Ada", 1));
        Assert.Equal("<p>Ada</p>", (string?)bundle.Data["text/html"]);
        Assert.Equal("Person { Name = Ada, Age = 1 }", bundle.PlainText);
        Formatter.SetPreferredMimeTypesFor(typeof(Person), "application/json");
        bundle = Formatter.ToBundle(new Person("Ada", 1));
        Assert.Equal(["application/json"], bundle.Data.Select(d => d.Key));
        Assert.Equal("Ada", (string?)bundle.Data["application/json"]!["Name"]);
    }

    [Fact]
    public void A_bundle_formatter_gives_all_forms_at_once()
    {
        Formatter.RegisterBundle<Animal>(_ => MimeBundle.Text("a").WithJson("application/vnd.x+json", new JsonObject { ["n"] = double.NaN }).With("image/png", "aGk="));
        Assert.Equal(["application/vnd.x+json", "image/png", "text/plain"], Formatter.ToBundle(new Dog()).Data.Select(d => d.Key).Order());
    }

    [Fact]
    public void Display_shows_updates_in_place_and_is_not_shown_again_as_a_value()
    {
        var session = new Session();
        Assert.Null(session.Run("var shown = display(1);\nshown.Update(2);\nshown"));
        Assert.Equal("1", session.Displayed.Single().PlainText);
        Assert.Equal("2", session.Updates.Single().Bundle.PlainText);
        session.Run("\"<b>\".DisplayAs(\"text/html\"); 5.Display(); \"x\".Display(\"text/html\");");
        Assert.Equal("<b>", (string?)session.Displayed[0].Data["text/html"]);
        Assert.Equal("5", session.Displayed[1].PlainText);
        Assert.Equal("<pre>x</pre>", (string?)session.Displayed[2].Data["text/html"]);
    }

    [Fact]
    public void A_progress_bar_ends_as_one_line_of_text()
    {
        var session = new Session();
        session.Run("""
            using (var bar = new Polytask.Notebooks.Display.ProgressBar("train", 10))
                for (var i = 1; i <= 10; i++)
                    bar.Report(i, $"loss {i}");
            """);
        Assert.StartsWith("train  0/10", session.Displayed.Single().PlainText);
        Assert.Matches(@"^train  10/10  \d+\.\d s  loss 10$", session.Updates[^1].Bundle.PlainText!);
        Assert.True((bool)session.Updates[^1].Bundle.Data[ProgressBar.MimeType]!["finished"]!);
    }
}
