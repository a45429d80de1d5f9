namespace Polytask.Notebooks.Exporting;

/// <summary>How a page looks, and the few lines of script that draw its figures.</summary>
internal static class PageStyle
{
    public const string Css = """
        :root { color-scheme: light; }
        body { margin: 0; background: #fff; color: #1f2328; font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
        main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
        h1, h2, h3, h4 { line-height: 1.25; margin: 1.6em 0 .5em; }
        h1 { font-size: 1.9rem; margin-top: .4em; } h2 { font-size: 1.4rem; border-bottom: 1px solid #e4e7eb; padding-bottom: .2em; }
        h3 { font-size: 1.15rem; }
        a { color: #0b5cad; }
        pre { font: 13.5px/1.5 ui-monospace, "Cascadia Code", Consolas, "DejaVu Sans Mono", monospace; margin: .4rem 0; overflow-x: auto; }
        code { font-family: ui-monospace, "Cascadia Code", Consolas, "DejaVu Sans Mono", monospace; font-size: .92em; }
        .markdown code { background: #f3f4f6; border-radius: 3px; padding: .1em .3em; } .markdown pre code { background: none; padding: 0; }
        section.code { margin: 1rem 0 1.4rem; }
        pre.source, .markdown pre { background: #f6f8fa; border: 1px solid #e4e7eb; border-radius: 6px; padding: .7rem .9rem; }
        .comment { color: #5c6b58; font-style: italic; } .text { color: #0a5c3b; } .number { color: #7a3e00; } .word { color: #6a2c91; }
        .magic { color: #8a5a00; }
        pre.stdout, .value, pre.stderr, pre.error { padding: 0 .9rem; }
        pre.stderr { background: #fff8e6; } pre.error { background: #fdeeee; color: #8c1d18; padding-top: .5rem; padding-bottom: .5rem;
          border-radius: 6px; }
        .value { overflow-x: auto; } .value img { max-width: 100%; height: auto; }
        table { border-collapse: collapse; margin: .6rem 0; font-size: .92rem; font-variant-numeric: tabular-nums; }
        th, td { border-bottom: 1px solid #e4e7eb; padding: .3rem .7rem; text-align: left; vertical-align: top; }
        th { border-bottom: 2px solid #cfd5db; }
        blockquote { margin: .8rem 0; padding: 0 1rem; border-left: 3px solid #cfd5db; color: #4b5563; }
        .math { font-family: "STIX Two Math", "Cambria Math", "DejaVu Serif", Georgia, serif; font-style: italic; white-space: pre-wrap; }
        div.math { margin: .8rem 1.5rem; }
        summary { cursor: pointer; color: #4b5563; }
        @media print { main { max-width: none; } pre { white-space: pre-wrap; } }

        """;

    /// <summary>A figure that cannot be drawn says why in its place.</summary>
    public const string DrawFigures = """

        for (const place of document.querySelectorAll('div.figure')) {
          try {
            const figure = JSON.parse(place.querySelector('script').textContent);
            const width = figure.layout && figure.layout.width;
            Plotly.newPlot(place, figure.data, figure.layout || {}, Object.assign({ responsive: !width, displaylogo: false }, figure.config)); }
        catch (problem) {
            place.textContent = 'The figure cannot be drawn: ' + problem;
          }
        }

        """;
}
