using System.Diagnostics;

namespace Polytask.Notebooks.Tests.Kernels;

[Collection("sessions")]
public sealed class MagicCommandTests
{
    private readonly Session _session = new();

    [Fact]
    public void Markdown_and_html_show_what_follows_and_csharp_switches_back()
    {
        Assert.Equal("4", _session.Run("#!markdown\n# Title *here*\n#!html\n<b>x</b>\n#!csharp\n2 + 2"));
        Assert.Equal("# Title *here*", (string?)_session.Displayed[0].Data["text/markdown"]);
        Assert.Equal("<b>x</b>", (string?)_session.Displayed[1].Data["text/html"]);
    }

    [Fact]
    public void Time_says_how_long_the_cell_took()
    {
        _session.Run("#!time\nawait Task.Delay(30);");
        var text = Assert.Single(_session.Displayed).PlainText!;
        Assert.Matches(@"^Wall time: \d+\.\d ms$", text);
        Assert.True(double.Parse(text.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture) >= 29);
    }

    [Fact]
    public void Who_and_whos_list_the_variables()
    {
        _session.Run("var beta = 2.5; var alpha = new List<int> { 1, 2 };");
        _session.Run("#!who");
        Assert.Equal("alpha\nbeta", _session.Displayed[0].PlainText);
        _session.Run("#!whos");
        Assert.Matches(@"alpha +csharp +List<Int32> +\[ 1, 2 \]", _session.Displayed[0].PlainText!);
        Assert.Matches(@"beta +csharp +Double +2\.5", _session.Displayed[0].PlainText!);
        Assert.Contains("<td>alpha</td>", (string?)_session.Displayed[0].Data["text/html"]);
    }

    [Fact]
    public void Lsmagic_lists_every_command_that_is_accepted()
    {
        _session.Run("#!lsmagic");
        var listed = _session.Displayed[0].PlainText!.Split('\n').Select(l => l.Split(' ')[0]).ToArray();
        Assert.Equal(["#!about", "#!csharp", "#!fsharp", "#!html", "#!import", "#!javascript", "#!lsmagic", "#!markdown", "#!set", "#!share", "#!time", "#!who", "#!whos", "#load", "#r"], listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void About_says_what_runs_and_what_the_host_adds()
    {
        _session.Run("#!about");
        Assert.Contains(".NET 10", _session.Displayed[0].PlainText);
        Assert.EndsWith("the tests", _session.Displayed[0].PlainText);
    }

    [Theory]
    [InlineData("var a = 1;\n#!pwsh\nls", 2, "#!pwsh is not supported; what is: #!about, #!csharp")]
    [InlineData("#!connect mssql", 1, "#!connect is not supported: cells run in this process")]
    [InlineData("var a = 1;\n#!set --name x --value @input:question", 2, "#!set asks a person for a value")]
    [InlineData("#i \"nuget:https://example.org\"", 1, "#i is not supported")]
    [InlineData("#r nothing", 1, "a name in double quotes is expected")]
    [InlineData("#r \"none.dll\"", 1, "there is no file none.dll")]
    [InlineData("#r \"nuget: A, 1, 2\"", 1, "a package is written as \"nuget: Name, 1.2.3\"")]
    [InlineData("#r \"nuget: A\"", 1, "say which version")]
    [InlineData("\n#load \"none.csx\"", 2, "there is no such file")]
    public void What_is_not_supported_is_refused_by_name_before_anything_runs(string source, int line, string message)
    {
        var error = _session.Fail(source);
        Assert.Equal("MagicCommandError", error.Name);
        Assert.StartsWith($"cell-1:line {line}: ", error.Message);
        Assert.Contains(message, error.Message);
        _session.Run("#!who");
        Assert.Equal("", _session.Displayed[0].PlainText);
    }

    [Fact]
    public void A_language_without_a_kernel_is_refused() =>
        Assert.Contains("there is no kernel for 'kql' here; cells can be in: csharp, fsharp", _session.Fail("let x = 1", "kql").Message);

    [Fact]
    public void A_supplied_package_is_accepted_with_a_note()
    {
        Assert.Equal("3", _session.Run("#r \"nuget: Supplied, 9.9.9\"\n1 + 2"));
        Assert.Equal("Supplied is here already.", Assert.Single(_session.Displayed).PlainText);
    }

    [Fact]
    public void A_package_that_does_not_exist_is_refused_with_what_the_restore_said() =>
        Assert.Contains("NU1101", _session.Fail("#r \"nuget: No.Such.Package.Anywhere, 1.0.0\"").Message);

    [Fact]
    public void A_package_is_restored_and_used()
    {
        // In the machine's package folder already: other projects of the solution use it.
        Assert.Equal("{\"a\":1}", _session.Run("#r \"nuget: Newtonsoft.Json, 13.0.4\"\nNewtonsoft.Json.JsonConvert.SerializeObject(new { a = 1 })"));
    }

    [Fact]
    public void A_referenced_assembly_is_loaded_once_and_found_with_what_lies_beside_it()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["Lib.csproj"], """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><AssemblyName>Some.Library</AssemblyName></PropertyGroup>
            </Project>
            """);
        File.WriteAllText(folder["Lib.cs"], "namespace Some; public static class Counter { public static int Count; }");
        using (var build = Process.Start(new ProcessStartInfo("dotnet", ["build", folder["Lib.csproj"], "-nodeReuse:false", "-o", folder["out"]]) { RedirectStandardOutput = true })!)
        {
            build.StandardOutput.ReadToEnd();
            build.WaitForExit();
            Assert.Equal(0, build.ExitCode);
        }
        var reference = $"#r \"{folder["out"]}/Some.Library.dll\"";
        _session.Run($"{reference}\nSome.Counter.Count = 5;");
        Assert.Equal("5", _session.Run($"{reference}\nSome.Counter.Count"));
        Assert.Equal("5", new Session().Run($"{reference}\nSome.Counter.Count"));
    }

    [Fact]
    public void A_loaded_script_runs_and_its_errors_carry_its_own_name()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["good.csx"], "int Triple(int i) => 3 * i;\nstatic class Ext { public static int Plus(this int i, int j) => i + j; }");
        File.WriteAllText(folder["bad.csx"], "\nint x = \"\";");
        Assert.Equal("7", _session.Run($"#load \"{folder["good.csx"]}\"\nTriple(2).Plus(1)"));
        Assert.StartsWith($"{folder["bad.csx"]}:line 2, column 9: CS0029", _session.Fail($"#load \"{folder["bad.csx"]}\"").Message);
    }
}
