using System.Diagnostics;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Figures;
using Polytask.Notebooks.Tests.Jupyter;

namespace Polytask.Cli.Tests.Jupyter;

/// <summary>Jupyter's classic notebook page in a browser, as a person has it.</summary>
public sealed class ClassicPageTests(InstalledKernels kernels) : IClassFixture<InstalledKernels>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [ClassicPageFact]
    public async Task It_opens_a_notebook_runs_its_cells_and_shows_what_they_give()
    {
        kernels.Write("page.ipynb",
            Cell.Code("Console.WriteLine(\"printed\");\n6 * 7"),
            Cell.Code("#!fsharp\n[ 1; 2 ] |> List.map ((*) 3)"),
            Cell.Code("using Plotly.NET.CSharp;\nChart.Line<double, double, string>(new[] { 1.0, 2, 3 }, new[] { 3.0, 1, 2 })"),
            Cell.Code("using Polytask;\nusing Polytask.Analysis;\n"
                + "Model.Named(\"small\").Input(features: 4).Backbone(Block.Mlp(8)).Task(\"label\", Head.Classify(2)).Diagram()"),
            Cell.Code("throw new InvalidOperationException(\"broken\");"));
        var port = Ports.Free(1)[0];
        using var server = kernels.Polytask.StartProgram(JupyterPeers.NotebookServer,
            "--no-browser", "--allow-root", "--ip=127.0.0.1", $"--port={port}",
            "--port-retries=0", "--NotebookApp.token=", "--NotebookApp.password=", $"--notebook-dir={kernels.Polytask.Folder}");
        server.ErrorDataReceived += (_, _) => { };
        server.BeginErrorReadLine();
        try
        {
            using var browser = await ChromiumProcess.Start(ChromiumProcess.Find(Environment.GetEnvironmentVariable("PATH")!)!);
            using var page = await DevTools.Open(browser.Address);
            await Until(() => Task.FromResult(Ports.IsListenedOn(port)));
            await page.Send("Page.navigate", new JsonObject { ["url"] = $"http://127.0.0.1:{port}/notebooks/page.ipynb" });
            await Until(() => Holds(page, "Jupyter.notebook.kernel.is_connected() && Jupyter.notebook._fully_loaded"));
            await Until(() => Holds(page, "document.querySelector('.kernel_indicator_name').innerText.trim() === 'Polytask (C#)'"));
            await page.Evaluate("Jupyter.notebook.execute_all_cells(); undefined");
            await Until(() => Holds(page, "Jupyter.notebook.get_cells().every(c => typeof c.input_prompt_number === 'number')"));
            await Until(() => Holds(page, "!Jupyter.notebook.kernel_busy"));

            Assert.Equal(["printed\n", "42", "[3; 6]"], await Texts(page, ".output_stdout pre, .output_text.output_result pre"));
            await Until(() => Holds(page, "document.querySelector('.output_png img').naturalWidth > 0"));
            Assert.Equal("600", (string?)await page.Evaluate("document.querySelector('.output_png img').getAttribute('width')"));
            Assert.Contains("small", (string?)await page.Evaluate("document.querySelector('.output_svg svg').textContent"));
            Assert.Contains("InvalidOperationException: broken", (await Texts(page, ".output_error pre"))[0]);
            await page.Evaluate("Jupyter.notebook.kernel.kill(); undefined");
        }
        finally
        {
            // Asked in order, it ends the kernels that it has started.
            Process.Start("kill", ["-TERM", $"{server.Id}"]).WaitForExit();
            if (!server.WaitForExit(TimeSpan.FromSeconds(20)))
                server.Kill(entireProcessTree: true);
        }
    }

    private static async Task<string[]> Texts(DevTools page, string selector) =>
        [.. ((JsonArray)(await page.Evaluate($"[...document.querySelectorAll('{selector}')].map(e => e.textContent)"))!).Select(t => (string)t!)];

    private static async Task<bool> Holds(DevTools page, string condition)
    {
        try
        {
            return (bool?)await page.Evaluate($"!!({condition})") ?? false;
        }
        catch (Exception early) when (early is ScriptException or InvalidOperationException)
        {
            // The page is not there yet.
            return false;
        }
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        for (var clock = Stopwatch.StartNew(); !await condition(); await Task.Delay(100))
            Assert.True(clock.Elapsed < Patience, "what the page was to show did not come");
    }
}
