using System.Diagnostics;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Figures;
using Polytask.Notebooks.Jupyter;
using Polytask.Notebooks.Running;

namespace Polytask.Cli.Tests.Jupyter;

/// <summary>What of Jupyter is on this machine.</summary>
internal static class JupyterPeers
{
    public const string Python = "/usr/bin/python3";
    public const string NotebookServer = "/usr/bin/jupyter-notebook";

    private static readonly Lazy<string?> MissingClients = new(() =>
        JupyterKernel.Missing ?? (HasModules("jupyter_client", "nbclient", "nbconvert")
            ? null
            : "Jupyter's clients are not installed (apt-get install jupyter-client python3-nbclient python3-nbconvert)"));

    private static readonly Lazy<string?> MissingPage = new(() =>
    {
        using var renderer = FigureRenderer.TryCreate(out var notice);
        return MissingClients.Value ?? (renderer is null ? notice
            : File.Exists(NotebookServer) ? null : "the classic page is not installed (apt-get install jupyter-notebook)");
    });

    public static string? NoClients => MissingClients.Value;

    public static string? NoPage => MissingPage.Value;

    private static bool HasModules(params string[] names)
    {
        if (!File.Exists(Python))
            return false;
        using var process = Process.Start(
            new ProcessStartInfo(Python, ["-c", $"import {string.Join(", ", names)}"]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>A test with Jupyter's own clients; skipped with the reason where they are missing.</summary>
public sealed class JupyterFactAttribute : FactAttribute
{
    public JupyterFactAttribute() => Skip = JupyterPeers.NoClients;
}

/// <summary>The same with cases.</summary>
public sealed class JupyterTheoryAttribute : TheoryAttribute
{
    public JupyterTheoryAttribute() => Skip = JupyterPeers.NoClients;
}

/// <summary>A test with Jupyter's classic page in a browser; skipped with the reason where one is missing.</summary>
public sealed class ClassicPageFactAttribute : FactAttribute
{
    public ClassicPageFactAttribute() => Skip = JupyterPeers.NoPage;
}

/// <summary>Our kernels, installed by our command where only these tests find them.</summary>
public sealed class InstalledKernels : IDisposable
{
    public InstalledKernels()
    {
        foreach (var (name, folder) in new[] { ("JUPYTER_DATA_DIR", "data"), ("JUPYTER_CONFIG_DIR", "config"),
            ("JUPYTER_RUNTIME_DIR", "runtime"), ("XDG_STATE_HOME", "state") })
            Polytask.Variables[name] = Polytask.At(folder);
        Polytask.Variables["PYDEVD_DISABLE_FILE_VALIDATION"] = "1";
        var run = Polytask.Run("kernel", "install");
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
    }

    public CommandLine Polytask { get; } = new();

    /// <summary>Writes a notebook of code cells that names our kernel for C#.</summary>
    public void Write(string name, params Cell[] cells)
    {
        var notebook = Notebook.Empty();
        foreach (var cell in cells)
            notebook.Add(cell);
        CellLanguage.Describe(notebook);
        NotebookFile.Write(notebook, Polytask.At(name));
    }

    public void Dispose() => Polytask.Dispose();
}
