using System.Diagnostics;
using System.Security;
using System.Text.Json;

namespace Polytask.Notebooks.Kernels;

/// <summary>The files of a package and of what it depends on.</summary>
/// <param name="Compile">Assemblies to compile against.</param>
/// <param name="Run">Assemblies and native libraries that are needed when cells run.</param>
internal sealed record PackageFiles(IReadOnlyList<string> Compile, IReadOnlyList<string> Run);

/// <summary>Restores packages the way a project does, with the SDK and the machine's own NuGet configuration.</summary>
internal static class NuGetPackages
{
    /// <exception cref="InvalidOperationException">The restore failed; the message holds what it said.</exception>
    public static PackageFiles Restore(IReadOnlyDictionary<string, string> packages)
    {
        var folder = Directory.CreateTempSubdirectory("polytask-packages-").FullName;
        try
        {
            var items = packages.Select(p => $"    <PackageReference Include=\"{SecurityElement.Escape(p.Key)}\" Version=\"{SecurityElement.Escape(p.Value)}\" />");
            var project = Path.Combine(folder, "packages.csproj");
            File.WriteAllText(project, $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net{Environment.Version.Major}.{Environment.Version.Minor}</TargetFramework>
                    <ManagePackageVersionsCentrally>false</ManagePackageVersionsCentrally>
                  </PropertyGroup>
                  <ItemGroup>
                {string.Join('\n', items)}
                  </ItemGroup>
                </Project>
                """);
            var start = new ProcessStartInfo("dotnet")
            {
                ArgumentList =
                {
                    "msbuild", project, "-nologo", "-nodeReuse:false", "-restore", "-t:ResolvePackageAssets",
                    "-getItem:ResolvedCompileFileDefinitions,RuntimeCopyLocalItems,NativeCopyLocalItems,RuntimeTargetsCopyLocalItems",
                },
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
            };
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();

            // A failed restore still prints the items that it found: only the exit code tells.
            if (process.ExitCode != 0)
                throw new InvalidOperationException(Reason(output + errors.Result));
            using var json = JsonDocument.Parse(output);
            var found = json.RootElement.GetProperty("Items");
            return new PackageFiles(Paths(found, "ResolvedCompileFileDefinitions"), [.. Paths(found, "RuntimeCopyLocalItems"), .. Paths(found, "NativeCopyLocalItems")]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<string> Paths(JsonElement items, string name) =>
        items.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(i => i.GetProperty("FullPath").GetString()!)] : [];

    private static string Reason(string output)
    {
        var errors = output.Split('\n').Where(l => l.Contains("error ", StringComparison.Ordinal))
            .Select(l => l[l.IndexOf("error ", StringComparison.Ordinal)..].Split(" [", 2)[0].Trim()).Distinct().ToArray();
        return errors.Length > 0 ? string.Join("; ", errors) : output.Trim();
    }
}
