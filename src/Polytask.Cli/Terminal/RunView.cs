using System.Globalization;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Display;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Kernels;
using Polytask.Notebooks.Running;

namespace Polytask.Cli.Terminal;

/// <summary>Shows a run as it goes: a heading a cell, what the cell prints, its values as text, its error with the line of source.</summary>
internal sealed class RunView : IRunObserver
{
    private readonly string _path;
    private readonly bool _verbose;
    private readonly bool _terminal;
    private readonly bool _colour;
    private readonly TextWriter _writer;
    private readonly LiveBars _bars;
    private readonly Dictionary<string, string> _shown = [];
    private readonly Dictionary<string, string> _changed = [];
    private bool _atLineStart = true;
    private string? _heading;
    private int _number;

    private RunView(string path, bool verbose, TextWriter writer, bool terminal)
    {
        (_path, _verbose, _writer, _terminal) = (path, verbose, writer, terminal);
        _colour = _terminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        _bars = new LiveBars(_writer, _terminal);
    }

    /// <summary>Shows a run that has the terminal for itself.</summary>
    public static RunView OfTerminal(string path, bool verbose) =>
        new(path, verbose, Console.Out, !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb");

    /// <summary>Shows one of several runs: whole lines with a name before them, and no bars that move.</summary>
    public static RunView Prefixed(string path, string prefix, bool verbose) =>
        new(path, verbose, new PrefixedWriter(Console.Out, prefix), terminal: false);

    /// <inheritdoc />
    public void Resumed(string how) => Line($"{_path}: {how}");

    /// <inheritdoc />
    public void CellStarted(Cell cell, int number, int count, string? heading)
    {
        _number = number;

        // A heading stands above the first of its cells; the others are known by their first line.
        var title = heading is not null && heading != _heading ? heading : cell.Source.Split('\n').Select(l => l.Trim()).First(l => l.Length > 0);
        _heading = heading;
        Line(Paint("1;36", $"[{number}/{count}]") + " " + Paint("1", title.Length > 100 ? title[..100] : title));
    }

    /// <inheritdoc />
    public void Printed(string stream, string text)
    {
        _bars.Erase();
        _writer.Write(stream == "stderr" ? Paint("33", text) : text);
        _atLineStart = text.EndsWith('\n');

        // A bar cannot stand on a line that is not finished.
        if (_atLineStart)
            _bars.Draw();
        _writer.Flush();
    }

    /// <inheritdoc />
    public void Displayed(JsonObject data, string? displayId)
    {
        var text = TextOf(data);
        if (displayId is not null && data[ProgressBar.MimeType] is JsonObject bar)
        {
            EndLine();
            _bars.Update(displayId, bar, text);
        }
        else if (displayId is null || _shown.TryAdd(displayId, text))
        {
            Line(text);
        }
        else
        {
            _changed[displayId] = text;
        }
    }

    /// <inheritdoc />
    public void Resulted(JsonObject data) => Line(TextOf(data));

    /// <inheritdoc />
    public void Failed(Cell cell, CellError error, bool expected)
    {
        CloseBars();
        var kind = error.Name is "CompilationError" or "CompilerFailure" or "MagicCommandError" ? "" : error.Name + ": ";
        Line(Paint(expected ? "33" : "1;31", $"cell {_number} failed{(expected ? " (allowed)" : "")}: {kind}{error.Message}"));
        if (error.Line is { } line && cell.Source.ReplaceLineEndings("\n").Split('\n') is var lines && line <= lines.Length)
        {
            var margin = $"  cell-{_number}:line {line} | ";
            Line(margin + lines[line - 1]);
            if (error.Column is { } column)
                Line(new string(' ', margin.Length + column - 1) + "^");
        }
        if (_verbose)
            foreach (var text in error.Traceback)
                Line("  " + text);
    }

    /// <inheritdoc />
    public void CellEnded(double seconds)
    {
        CloseBars();
        foreach (var text in _changed.Values)
            Line(text);
        _changed.Clear();
        if (seconds >= 1)
            Line(Paint("2", string.Create(CultureInfo.InvariantCulture, $"      {seconds:0.0} s")));
    }

    /// <summary>The last lines: how it ended, how long it took, where the result is, what the claims came to.</summary>
    public void Finish(RunReport report)
    {
        CloseBars();
        ClaimsTable.Show(report.Notebook, _writer, _terminal, _colour);
        var time = string.Create(CultureInfo.InvariantCulture, $"{report.Seconds:0.0} s");
        var ran = report.Cells.Count(c => c.State is CellState.Passed or CellState.FailedAsAllowed);
        var cells = $"{ran} {(ran == 1 ? "cell" : "cells")}";
        if (report.Status == RunStatus.Succeeded)
        {
            var edited = report.SourceWasEdited ? $", for {_path} was edited meanwhile and is as you left it" : "";
            Line($"{_path}: {cells} in {time}, saved to {Shown(report.SavedTo)}{edited}");
            return;
        }
        var how = report.Status switch
        {
            RunStatus.TimedOut => "timed out",
            RunStatus.Interrupted => "was interrupted",
            _ => "failed",
        };
        var untouched = Path.GetFullPath(_path) == Path.GetFullPath(report.SavedTo) ? "" : $"; {_path} is as it was";
        Line($"{_path}: cell {_number} {how} after {time}. What ran is in {Shown(report.SavedTo)}{untouched}.");
    }

    /// <summary>Clears the way for a message when the run cannot go on.</summary>
    public void Abandon() => CloseBars();

    private void CloseBars()
    {
        _bars.Clear();
        EndLine();
    }

    private void Line(string text)
    {
        _bars.Erase();
        EndLine();
        _writer.WriteLine(text);
        _bars.Draw();
        _writer.Flush();
    }

    private void EndLine()
    {
        if (_atLineStart)
            return;
        _writer.WriteLine();
        _atLineStart = true;
    }

    private string Paint(string code, string text) => _colour ? $"\u001b[{code}m{text}\u001b[0m" : text;

    /// <summary>A bundle as text: its plain or Markdown form, else what it is.</summary>
    private static string TextOf(JsonObject data)
    {
        foreach (var mime in (string[])["text/plain", "text/markdown"])
            if (data[mime] is JsonValue value && value.TryGetValue<string>(out var text))
                return text;
        return $"({string.Join(", ", data.Select(d => d.Key))})";
    }

    private static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
