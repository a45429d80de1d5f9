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
          globalThis.drawFigure = async (json, width, height) => {
            const { data, layout } = JSON.parse(json);
            restartRandom();
            return await Plotly.toImage({ data, layout: layout ?? {}, config: {} }, { format: 'svg', width, height, imageDataOnly: true });
          };
          // A drawing that a notebook brings along may hold anything: what acts or reaches outside is left out.
          globalThis.showDrawing = (svg, width, height) => {
            const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
            if (root.localName !== 'svg') throw new Error('the drawing is not an SVG');
            for (const element of [root, ...root.querySelectorAll('*')]) {
              if (['script', 'foreignObject', 'iframe'].includes(element.localName)) { element.remove(); continue; }
              for (const { name, value } of [...element.attributes])
                if (name.startsWith('on') || name.endsWith('href') && !/^(#|data:image\/)/.test(value.trim())) element.removeAttribute(name);
            }
            const side = (name, otherwise) => parseFloat(root.getAttribute(name)) || otherwise;
            if (!root.hasAttribute('viewBox')) root.setAttribute('viewBox', `0 0 ${side('width', width)} ${side('height', height)}`);
            if (root.getAttribute('font-family') === 'sans-serif') root.setAttribute('font-family', 'Open Sans, sans-serif');
            root.setAttribute('width', width);
            root.setAttribute('height', height);
            root.style.display = 'block';
            document.body.style.margin = '0';
            document.body.replaceChildren(root);
            return document.fonts.ready.then(() => undefined);
          };
          // plotly.js avoids the ids that the page already has, so what stayed here would change the next figure's.
          globalThis.clearDrawing = () => { document.body.replaceChildren(); };
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
    public byte[] Png(string plotlyJson, int width, int height, double scale = 2) =>
        DrawingPng(Draw(plotlyJson, width, height), width, height, scale);

    /// <summary>The figure as JPEG, on white.</summary>
    /// <inheritdoc cref="Png" path="/param|/exception"/>
    public byte[] Jpeg(string plotlyJson, int width, int height, double scale = 2) =>
        Photograph(Draw(plotlyJson, width, height), "jpeg", width, height, scale);

    /// <summary>The figure as SVG text, with the fonts that its text is written in.</summary>
    /// <inheritdoc cref="Png" path="/param|/exception"/>
    public string Svg(string plotlyJson, int width, int height) => FigureFonts.Supplied.EmbeddedIn(Draw(plotlyJson, width, height));

    /// <summary>The figure as a PDF page of its size, with embedded fonts; 96 CSS pixels are an inch.</summary>
    /// <inheritdoc cref="Png" path="/param|/exception"/>
    public byte[] Pdf(string plotlyJson, int width, int height) => DrawingPdf(Draw(plotlyJson, width, height), width, height);

    /// <summary>A drawing, given as SVG, as PNG.</summary>
    /// <inheritdoc cref="Png" path="/param|/exception"/>
    public byte[] DrawingPng(string svg, int width, int height, double scale = 2) => OpaquePng.Of(Photograph(svg, "png", width, height, scale));

    /// <summary>A drawing, given as SVG, as a PDF page of the given size.</summary>
    /// <inheritdoc cref="Png" path="/param|/exception"/>
    public byte[] DrawingPdf(string svg, int width, int height) => Shown(svg, width, height, async tools =>
    {
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
        return WithoutDates(Convert.FromBase64String(printed["data"]!.GetValue<string>()));
    });

    /// <summary>A drawing, given as SVG, at a width and height, with the fonts that its text is written in.</summary>
    public static string DrawingSvg(string svg, int width, int height)
    {
        var root = RootTag().Match(svg);
        if (!root.Success)
            throw new ArgumentException("The drawing is not an SVG.", nameof(svg));
        var tag = Size().Replace(root.Value, "").Replace("=\"sans-serif\"", "=\"Open Sans, sans-serif\"", StringComparison.Ordinal);
        if (!tag.Contains("viewBox", StringComparison.Ordinal))
            tag = tag.Insert(4, $" viewBox=\"0 0 {Side(root.Value, "width", width)} {Side(root.Value, "height", height)}\"");
        tag = tag.Insert(4, FormattableString.Invariant($" width=\"{width}\" height=\"{height}\""));
        return FigureFonts.Supplied.EmbeddedIn(string.Concat(svg.AsSpan(0, root.Index), tag, svg.AsSpan(root.Index + root.Length)));

        static string Side(string tag, string name, int otherwise) =>
            Regex.Match(tag, $@"\s{name}=""([0-9.]+)(?:px)?""") is { Success: true } own ? own.Groups[1].Value
                : otherwise.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private byte[] Photograph(string svg, string format, int width, int height, double scale)
    {
        CheckSize(width, height, scale);
        return Shown(svg, width, height, async tools =>
        {
            await tools.Send("Emulation.setDeviceMetricsOverride",
                new() { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = scale, ["mobile"] = false }).ConfigureAwait(false);
            // Where a figure has no ground of its own, the image has none either.
            var ground = new JsonObject { ["r"] = 255, ["g"] = 255, ["b"] = 255, ["a"] = format == "png" ? 0 : 1 };
            await tools.Send("Emulation.setDefaultBackgroundColorOverride", new() { ["color"] = ground }).ConfigureAwait(false);
            var picture = await tools.Send("Page.captureScreenshot", new() { ["format"] = format }).ConfigureAwait(false);
            await tools.Send("Emulation.clearDeviceMetricsOverride", []).ConfigureAwait(false);
            return Convert.FromBase64String(picture["data"]!.GetValue<string>());
        });
    }

    /// <summary>Puts a drawing into the page, alone, while a job works on it.</summary>
    private byte[] Shown(string svg, int width, int height, Func<DevTools, Task<byte[]>> job) => Run(async tools =>
    {
        await tools.Evaluate(FormattableString.Invariant($"showDrawing({JsonSerializer.Serialize(svg)}, {width}, {height})")).ConfigureAwait(false);
        try
        {
            return await job(tools).ConfigureAwait(false);
        }
        finally
        {
            await tools.Evaluate("clearDrawing()").ConfigureAwait(false);
        }
    });

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

    private string Draw(string plotlyJson, int width, int height)
    {
        CheckFigure(plotlyJson);
        CheckSize(width, height, 1);
        var call = FormattableString.Invariant($"drawFigure({JsonSerializer.Serialize(plotlyJson)}, {width}, {height})");
        return Run(async tools => (await tools.Evaluate(call).ConfigureAwait(false))!.GetValue<string>());
    }

    private static void CheckSize(int width, int height, double scale)
    {
        if (width <= 0 || height <= 0 || !(scale > 0))
            throw new ArgumentException($"A figure needs a positive size; got {width} x {height} pixels at scale {scale}.");
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
            await tools.Evaluate(FigureFonts.Supplied.LoadScript()).ConfigureAwait(false);
            // The first figure of a page measures fonts that the later ones find in a cache, so one is drawn and thrown away.
            await tools.Evaluate("""drawFigure('{"data":[{"y":[1,2],"type":"scatter"}]}', 100, 100)""").ConfigureAwait(false);
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

    [GeneratedRegex("<svg[^>]*>")]
    private static partial Regex RootTag();

    [GeneratedRegex(@"\s(?:width|height)=""[^""]*""")]
    private static partial Regex Size();

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
