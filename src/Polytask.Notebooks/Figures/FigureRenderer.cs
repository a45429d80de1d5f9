using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Polytask.Notebooks.Figures;

/// <summary>
/// Draws plotly figures as images with plotly.js in one headless Chromium, which starts at the first figure and ends with
/// the renderer or the process. The same figure gives the same bytes at every run.
/// </summary>
public sealed partial class FigureRenderer : IDisposable
{
    private const string ScriptFile = "plotly.min.js";

    /// <summary>Random numbers that start anew for every figure, because plotly.js makes the ids of its clip paths from them.</summary>
    private const string Prelude = """
        (() => {
          let state = 1;
          globalThis.restartRandom = () => { state = 1; };
          Math.random = () => { state = (state * 48271) % 2147483647; return state / 2147483647; };
          globalThis.drawFigure = async (json, format, width, height, scale) => {
            const { data, layout } = JSON.parse(json);
            restartRandom();
            return await Plotly.toImage({ data, layout: layout ?? {}, config: {} }, { format, width, height, scale, imageDataOnly: true });
          };
          globalThis.validateFigure = json => {
            const { data, layout } = JSON.parse(json);
            // The checker of 4.1.2 throws on the style of a legend that is not shown.
            if (layout?.legend) layout.showlegend = true;
            return (Plotly.validate(data, layout ?? {}) ?? []).map(problem => problem.msg);
          };
        })()
        """;

    private readonly string executable;
    private readonly string script;
    private readonly Lock gate = new();
    private ChromiumProcess? browser;
    private DevTools? page;

    private FigureRenderer(string executable, string script)
    {
        this.executable = executable;
        this.script = script;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>Where plotly.js is, if it was there at build time.</summary>
    internal static string ScriptPath => File.Exists(Path.Combine(AppContext.BaseDirectory, ScriptFile))
        ? Path.Combine(AppContext.BaseDirectory, ScriptFile)
        : Path.Combine(Path.GetDirectoryName(typeof(FigureRenderer).Assembly.Location)!, ScriptFile);

    /// <summary>A renderer, or null with one line that says what is missing and how to get it.</summary>
    public static FigureRenderer? TryCreate(out string notice) => TryCreate(Environment.GetEnvironmentVariable("PATH") ?? "", out notice);

    /// <param name="searchPath">The folders in which Chromium is looked for.</param>
    /// <param name="notice">What is missing; empty where nothing is.</param>
    internal static FigureRenderer? TryCreate(string searchPath, out string notice)
    {
        var script = ScriptPath;
        var executable = ChromiumProcess.Find(searchPath);
        notice = (executable is not null, File.Exists(script)) switch
        {
            (true, true) => "",
            (false, true) => "Figures have no images: Chromium is not installed (apt-get install chromium).",
            (true, false) => "Figures have no images: plotly.js was not there at build time (apt-get install npm, then build again).",
            (false, false) => "Figures have no images: Chromium is not installed, and plotly.js was not there at build time (apt-get install "
                + "chromium npm, then build again).",
        };
        return notice.Length == 0 ? new FigureRenderer(executable!, script) : null;
    }

    /// <summary>The figure as PNG.</summary>
    /// <param name="plotlyJson">{"data": [...], "layout": {...}}, as Plotly.NET's toFigureJson and toJson give it.</param>
    /// <param name="width">The width of the figure in CSS pixels; the image has scale times as many.</param>
    /// <param name="height">The height of the figure in CSS pixels.</param>
    /// <param name="scale">Image pixels per CSS pixel.</param>
    /// <exception cref="ArgumentException">The JSON is not a figure, plotly.js refuses it, or the size is not positive.</exception>
    /// <exception cref="InvalidOperationException">Chromium failed; the next figure starts a new one.</exception>
    public byte[] Png(string plotlyJson, int width, int height, double scale = 2)
    {
        var data = Draw(plotlyJson, "png", width, height, scale);
        return OpaquePng.Of(Convert.FromBase64String(data));
    }

    /// <summary>The figure as SVG text.</summary>
    /// <inheritdoc cref="Png" path="/param|/exception"/>
    public string Svg(string plotlyJson, int width, int height) => Draw(plotlyJson, "svg", width, height, 1);

    /// <summary>The figure as a PDF page of its size, with embedded fonts; 96 CSS pixels are an inch.</summary>
    /// <inheritdoc cref="Png" path="/param|/exception"/>
    public byte[] Pdf(string plotlyJson, int width, int height)
    {
        var svg = Svg(plotlyJson, width, height);
        return Run(async tools =>
        {
            await tools.Evaluate($"document.body.style.margin = '0'; document.body.innerHTML = {JsonSerializer.Serialize(svg)}; undefined").ConfigureAwait(false);
            var printed = await tools.Send("Page.printToPDF", new()
            {
                ["printBackground"] = true,
                ["paperWidth"] = width / 96.0,
                ["paperHeight"] = height / 96.0,
                ["marginTop"] = 0,
                ["marginBottom"] = 0,
                ["marginLeft"] = 0,
                ["marginRight"] = 0,
                ["pageRanges"] = "1",
            }).ConfigureAwait(false);
            // plotly.js avoids the ids that the page already has, so what stayed here would change the next figure's.
            await tools.Evaluate("document.body.innerHTML = ''; undefined").ConfigureAwait(false);
            return WithoutDates(Convert.FromBase64String(printed["data"]!.GetValue<string>()));
        });
    }

    /// <summary>What plotly.js's own schema objects to in a figure; empty where it accepts everything.</summary>
    /// <exception cref="ArgumentException">The JSON is not a figure.</exception>
    public IReadOnlyList<string> Validate(string plotlyJson)
    {
        CheckFigure(plotlyJson);
        return Run(async tools =>
        {
            var problems = await tools.Evaluate($"validateFigure({JsonSerializer.Serialize(plotlyJson)})").ConfigureAwait(false);
            return problems!.AsArray().Select(problem => problem!.GetValue<string>()).ToArray();
        });
    }

    private string Draw(string plotlyJson, string format, int width, int height, double scale)
    {
        CheckFigure(plotlyJson);
        if (width <= 0 || height <= 0 || !(scale > 0))
            throw new ArgumentException($"A figure needs a positive size; got {width} x {height} pixels at scale {scale}.");
        var call = FormattableString.Invariant($"drawFigure({JsonSerializer.Serialize(plotlyJson)}, '{format}', {width}, {height}, {scale})");
        return Run(async tools => (await tools.Evaluate(call).ConfigureAwait(false))!.GetValue<string>());
    }

    private static void CheckFigure(string plotlyJson)
    {
        try
        {
            if (JsonNode.Parse(plotlyJson) is not JsonObject figure || figure["data"] is not JsonArray)
                throw new ArgumentException("A plotly figure is a JSON object with an array 'data' of traces and an object 'layout'.",
                    nameof(plotlyJson));
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"The figure is not JSON: {e.Message}", nameof(plotlyJson), e);
        }
    }

    /// <summary>Runs one job on the page, which is started first where there is none. One figure at a time.</summary>
    private T Run<T>(Func<DevTools, Task<T>> job)
    {
        lock (gate)
        {
            try
            {
                return Task.Run(async () => await job(page ??= await Start().ConfigureAwait(false)).ConfigureAwait(false)).GetAwaiter().GetResult();
            }
            catch (ScriptException e)
            {
                throw new ArgumentException($"The figure cannot be drawn: plotly.js says: {e.Message}", e);
            }
            catch (Exception e) when (e is InvalidOperationException or TimeoutException or System.Net.WebSockets.WebSocketException or IOException
                                          or System.ComponentModel.Win32Exception)
            {
                Stop();
                throw new InvalidOperationException($"The figure could not be drawn. {e.Message}", e);
            }
        }
    }

    private async Task<DevTools> Start()
    {
        browser = await ChromiumProcess.Start(executable).ConfigureAwait(false);
        var tools = await DevTools.Open(browser.Address).ConfigureAwait(false);
        try
        {
            await tools.Evaluate(Prelude).ConfigureAwait(false);
            await tools.Evaluate(await File.ReadAllTextAsync(script).ConfigureAwait(false) + "\n;undefined").ConfigureAwait(false);
            // The first figure of a page measures fonts that the later ones find in a cache, so one is drawn and thrown away.
            await tools.Evaluate("""drawFigure('{"data":[{"y":[1,2],"type":"scatter"}]}', 'svg', 100, 100, 1)""").ConfigureAwait(false);
            return tools;
        }
        catch (ScriptException e)
        {
            throw new InvalidOperationException($"{script} does not work in {executable}: {e.Message}", e);
        }
    }

    /// <summary>The dates in a PDF's trailer, blanked in place so that no offset changes.</summary>
    private static byte[] WithoutDates(byte[] pdf)
    {
        var text = Encoding.Latin1.GetString(pdf);
        return Encoding.Latin1.GetBytes(PdfDate().Replace(text, match => match.Groups[1].Value + new string('0', match.Groups[2].Length) + ")"));
    }

    [GeneratedRegex(@"(/(?:CreationDate|ModDate) ?\(D:)([^)]*)\)")]
    private static partial Regex PdfDate();

    private void OnProcessExit(object? sender, EventArgs e) => Stop();

    private void Stop()
    {
        page?.Dispose();
        page = null;
        browser?.Dispose();
        browser = null;
    }

    /// <summary>Ends the browser and removes its profile.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        lock (gate) Stop();
    }
}
