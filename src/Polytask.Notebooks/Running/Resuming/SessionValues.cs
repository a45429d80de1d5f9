using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis.CSharp;
using Polytask.Notebooks.Kernels;
using Polytask.Notebooks.Kernels.CSharp;

namespace Polytask.Notebooks.Running.Resuming;

/// <summary>
/// The values of a worker's session, saved after a cell and put back into another worker, so that the cells up to there need not run again.
/// That is done only where nothing is lost by it: every variable is plain data (<see cref="PlainValues" />), and every cell so far is C#
/// whose only effects are on variables, outputs and files (<see cref="CellEffects" />).
/// </summary>
internal sealed class SessionValues(NotebookSession session)
{
    private readonly List<(string Source, string Language, string Path, CSharpCompilation? Submission)> _unchecked = [];
    private CSharpCompilation? _seen;
    private string? _obstacle;
    private double _secondsSince;

    /// <summary>The values after a cell that has just run, or why they cannot be saved; neither where less than the given time has gone since the
    /// last.</summary>
    public (JsonObject? Values, string? Obstacle) After(string source, string language, string path, double seconds, double interval)
    {
        _unchecked.Add((source, language, path, session.CSharp.Latest == _seen ? null : session.CSharp.Latest));
        _seen = session.CSharp.Latest;
        _secondsSince += seconds;

        // Cells are looked at only when it is worth it: short ones would take twice as long.
        if (_obstacle is not null || _secondsSince < interval)
            return (null, _obstacle);
        _obstacle = _unchecked.Select(Look).FirstOrDefault(o => o is not null);
        _unchecked.Clear();
        if (_obstacle is not null)
            return (null, _obstacle);
        try
        {
            var values = Save();
            _secondsSince = 0;
            return (values, null);
        }
        catch (NotPlainException refusal)
        {
            // Not for good: the variable may hold something else after another cell.
            return (null, $"{path}: {refusal.Message}");
        }
    }

    /// <summary>Declares what the cells declare without running them, then sets the variables.</summary>
    /// <exception cref="NotPlainException">The values are not of these cells.</exception>
    public void Restore(IEnumerable<(string Source, string Path)> cells, JsonObject values)
    {
        foreach (var (source, path) in cells)
        {
            try
            {
                session.Declare(source, path);
            }
            catch (CellFailedException)
            {
                // It did not compile then either, and the run went on.
            }
        }
        _seen = session.CSharp.Latest;
        var submissions = session.CSharp.Submissions;
        var saved = (JsonArray)values["submissions"]!;
        if (saved.Count != submissions.Count)
            throw new NotPlainException($"there are values for {saved.Count} cells, and {submissions.Count} cells have variables");
        var reader = new PlainValues.Reader((JsonArray)values["objects"]!);
        for (var i = 0; i < saved.Count; i++)
        {
            var fields = ((JsonObject)saved[i]!).ToDictionary(f => f.Key, f => f.Value);
            foreach (var field in Fields(submissions[i]))
            {
                if (!fields.Remove(field.Name, out var value))
                    throw new NotPlainException($"there is no value for '{field.Name}'");
                field.SetValue(submissions[i], reader.Read(value, field.FieldType));
            }
            if (fields.Count > 0)
                throw new NotPlainException($"there is no variable '{fields.Keys.First()}'");
        }
    }

    private JsonObject Save()
    {
        var writer = new PlainValues.Writer();
        var submissions = new JsonArray();
        foreach (var submission in session.CSharp.Submissions)
        {
            var fields = new JsonObject();
            foreach (var field in Fields(submission))
            {
                try
                {
                    fields[field.Name] = writer.Write(field.GetValue(submission), field.FieldType);
                }
                catch (NotPlainException refusal)
                {
                    throw new NotPlainException($"'{field.Name}' {refusal.Message}");
                }
            }
            submissions.Add((JsonNode)fields);
        }
        return new JsonObject { ["submissions"] = submissions, ["objects"] = writer.Objects };
    }

    /// <summary>The variables of a submission; what the compiler adds (the host object, links to earlier submissions) has names with
    /// '&lt;'.</summary>
    private static IEnumerable<FieldInfo> Fields(object submission) =>
        submission.GetType().GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).Where(f => !f.Name.Contains('<'));

    private string? Look((string Source, string Language, string Path, CSharpCompilation? Submission) cell)
    {
        var (source, language, path, submission) = cell;
        var parts = CellParts.Split(source, language, session.Languages);
        foreach (var part in parts)
        {
            var reason = part switch
            {
                CellPart.Code { Language: not "csharp" } code => $"has {code.Language} code, whose values are rebuilt by running it",
                CellPart.Command { Name: not ("#r" or "#!time") } command => $"has {command.Name}",
                _ => null,
            };
            if (reason is not null)
                return $"{path} {reason}";
        }
        if (parts.OfType<CellPart.Code>().Count() > 1)
            return $"{path} has several pieces of code";
        if (session.CSharp.HasLibraries)
            return $"{path} declares types as a library";
        return submission is not null && CellEffects.Beyond(submission) is { } effect ? $"{path} {effect}" : null;
    }
}
