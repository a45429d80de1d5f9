using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Polytask.Notebooks.Documents;

namespace Polytask.Notebooks.Running.Reports;

/// <summary>
/// Runs as JUnit's XML, which build servers show: a suite per notebook, a case per code cell, a failure where a cell failed, an error
/// where it could not end by itself (a dead worker, a limit) or the notebook could not be run at all.
/// </summary>
public static class JUnitReport
{
    /// <summary>Writes the file, whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<NotebookOutcome> outcomes) => AtomicFile.WriteAllText(path, ToText(outcomes));

    /// <summary>The document.</summary>
    public static string ToText(IReadOnlyList<NotebookOutcome> outcomes)
    {
        var suites = outcomes.Select(Suite).ToArray();
        var root = new XElement("testsuites", new XAttribute("name", "polytask"), Sum("tests"), Sum("failures"), Sum("errors"),
            new XAttribute("time", Seconds(outcomes.Sum(o => o.Report?.Seconds ?? 0))), suites);
        var text = new Utf8Writer();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n" }))
            root.Save(writer);
        return text + "\n";

        XAttribute Sum(string name) => new(name, suites.Sum(s => (int)s.Attribute(name)!));
    }

    private static XElement Suite(NotebookOutcome outcome)
    {
        var name = Clean(outcome.Path);
        XElement[] cases = outcome.Report is { } report
            ? [.. report.Cells.Select(cell => Case(cell, name))]
            : [new XElement("testcase", new XAttribute("classname", name), new XAttribute("name", "notebook"), new XAttribute("time", Seconds(0)),
                new XElement("error", new XAttribute("type", "NotebookCannotRun"), new XAttribute("message", Clean(outcome.Refusal!))))];
        return new XElement("testsuite", new XAttribute("name", name), new XAttribute("tests", cases.Length),
            Count("failures", "failure"), Count("errors", "error"), Count("skipped", "skipped"),
            new XAttribute("time", Seconds(outcome.Report?.Seconds ?? 0)), cases);

        XAttribute Count(string attribute, string element) => new(attribute, cases.Count(c => c.Element(element) is not null));
    }

    private static XElement Case(CellResult cell, string notebook)
    {
        var element = new XElement("testcase", new XAttribute("classname", notebook), new XAttribute("name", Clean(cell.Title)),
            new XAttribute("time", Seconds(cell.Seconds)));
        switch (cell.State)
        {
            case CellState.NotRun:
                element.Add(new XElement("skipped", new XAttribute("message", "not run")));
                break;
            case CellState.Skipped:
                element.Add(new XElement("skipped", new XAttribute("message", "tagged skip-execution, or empty")));
                break;
            case CellState.Failed or CellState.TimedOut or CellState.Interrupted:
                var error = cell.Error!;
                element.Add(new XElement(cell.State == CellState.Failed && error.Name != "WorkerDied" ? "failure" : "error",
                    new XAttribute("type", Clean(error.Name)), new XAttribute("message", Clean(error.Message)),
                        Clean(string.Join('\n', error.Traceback))));
                break;
        }
        return element;
    }

    private static string Seconds(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>Without the characters that XML cannot hold, such as the escape of terminal colours and halves of surrogate pairs.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                clean.Append(text[i++]).Append(text[i]);
            else
                clean.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
        }
        return clean.ToString();
    }

    private sealed class Utf8Writer : StringWriter
    {
        public override Encoding Encoding => new UTF8Encoding(false);
    }
}
