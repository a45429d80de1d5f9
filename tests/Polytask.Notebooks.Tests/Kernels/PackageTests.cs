using System.Text.Json.Nodes;

namespace Polytask.Notebooks.Tests.Kernels;

/// <summary>Packages with their lock file, and projects that are built.</summary>
[Collection("sessions")]
public sealed class PackageTests : IDisposable
{
    // In the machine's package folder already: the tests of this solution use it.
    private const string Directive = "#r \"nuget: FsCheck, 3.6.0\"";
    private readonly TemporaryFolder _folder = new();

    private string LockFile => _folder["nb.packages.lock.json"];

    public void Dispose() => _folder.Dispose();

    private Session NewSession() => new(_folder["nb.ipynb"]);

    [Fact]
    public void Packages_are_recorded_beside_the_notebook_and_held_to_the_record()
    {
        var session = NewSession();
        session.Run(Directive + "\ntypeof(FsCheck.Config).Name");
        Assert.Equal("FsCheck 3.6.0 is installed. nb.packages.lock.json records it.", session.Displayed[0].PlainText);
        var record = File.ReadAllText(LockFile);
        var json = JsonNode.Parse(record)!;
        Assert.Equal("3.6.0", (string?)json["Asked"]!["FsCheck"]);
        Assert.Equal("3.6.0", (string?)json["Resolved"]!["FsCheck"]!["Version"]);
        Assert.Equal(64, Convert.FromBase64String((string)json["Resolved"]!["FsCheck"]!["Sha512"]!).Length);
        Assert.Contains("FSharp.Core", json["Resolved"]!.AsObject().Select(p => p.Key));

        session = NewSession();
        Assert.Equal("Config", session.Run(Directive + "\ntypeof(FsCheck.Config).Name"));
        Assert.Equal("FsCheck 3.6.0 is installed, as nb.packages.lock.json says.", session.Displayed[0].PlainText);
        Assert.Equal(record, File.ReadAllText(LockFile));

        json["Resolved"]!["FsCheck"]!["Sha512"] = Convert.ToBase64String(new byte[64]);
        File.WriteAllText(LockFile, json.ToJsonString());
        var error = NewSession().Fail(Directive);
        Assert.Contains("FsCheck 3.6.0 is not what nb.packages.lock.json records (the same version with other content)", error.Message);
        Assert.Contains("delete that file", error.Message);

        File.WriteAllText(LockFile, "{\"Asked\": ");
        Assert.Contains("nb.packages.lock.json cannot be used", NewSession().Fail(Directive).Message);
    }

    [Fact]
    public void A_changed_line_changes_the_record()
    {
        File.WriteAllText(LockFile, """{"Asked":{"FsCheck":"2.0.0"},"Resolved":{"FsCheck":{"Version":"2.0.0","Sha512":"AA=="}}}""");
        var session = NewSession();
        session.Run(Directive);
        Assert.Equal("FsCheck 3.6.0 is installed. nb.packages.lock.json said 2.0.0 and records it now.", session.Displayed[0].PlainText);
        Assert.Equal("3.6.0", (string?)JsonNode.Parse(File.ReadAllText(LockFile))!["Resolved"]!["FsCheck"]!["Version"]);
    }

    [Fact]
    public void A_project_is_built_when_its_sources_changed_and_can_be_built_while_it_is_used()
    {
        var name = "Lib" + Guid.NewGuid().ToString("N")[..8];
        File.WriteAllText(_folder["Lib.csproj"], $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><AssemblyName>{name}</AssemblyName></PropertyGroup>
            </Project>
            """);
        File.WriteAllText(_folder["Lib.cs"], $"namespace {name}; public static class Answer {{ public static int Value => 42; }}");
        var reference = $"#r \"{_folder["Lib.csproj"]}\"";
        var session = new Session();
        Assert.Equal("42", session.Run($"{reference}\n{name}.Answer.Value"));
        Assert.Equal("42", session.Run($"{reference}\n{name}.Answer.Value", "fsharp"));

        File.WriteAllText(_folder["Lib.cs"], $"namespace {name}; public static class Answer {{ public static int Value => 43; }}");
        Assert.Contains("it was built anew, but this process holds what it was before", session.Fail(reference).Message);
        Assert.Equal("42", session.Run($"{name}.Answer.Value"));

        File.WriteAllText(_folder["Lib.cs"], "\nclass Broken { int X() => \"\"; }");
        Assert.Contains("Lib.cs(2,27): error CS0029", session.Fail(reference).Message);
        Assert.Contains("there is no file", session.Fail("#r \"Nowhere.csproj\"").Message);
    }
}
