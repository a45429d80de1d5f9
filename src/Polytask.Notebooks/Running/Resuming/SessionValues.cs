using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis.CSharp;
using Polytask.Notebooks.Kernels;
using Polytask.Notebooks.Kernels.CSharp;

namespace Polytask.Notebooks.Running.Resuming;

/// <summary>
/// The values of a worker's session, saved after a cell and put back into another worker, so that the cells up to there need not run again.
/// That is done only where nothing is lost by it: every variable can be put back exactly (<see cref="PlainValues" />), and every cell so far is
/// C# whose only effects are on variables, outputs, files and states that the host saves (<see cref="CellEffects" />).
/// </summary>
internal sealed class SessionValues(NotebookSession session, ResumeSupport host)
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
        catch (NotSavableException refusal)
        {
            // Not for good: the variable may hold something else after another cell.
            return (null, $"{path}: {refusal.Message}");
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // A host's saver failed. The cell has not, and its values are only not taken over.
            return (null, $"{path}: the values could not be saved: {failure.Message}");
        }
    }

    /// <summary>Declares what the cells declare without running them, then sets the variables.</summary>
    /// <exception cref="NotSavableException">The values are not of these cells.</exception>
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
            throw new NotSavableException($"there are values for {saved.Count} cells, and {submissions.Count} cells have variables");
        var names = ((JsonArray)values["assemblies"]!).Select(n => (string)n!).ToArray();
        var reader = new PlainValues.Reader((JsonArray)values["objects"]!, new SavableTypes(host, submissions, names));
        for (var i = 0; i < saved.Count; i++)
        {
            var fields = ((JsonObject)saved[i]!).ToDictionary(f => f.Key, f => f.Value);
            foreach (var field in Fields(submissions[i]))
            {
                if (!fields.Remove(field.Name, out var value))
                    throw new NotSavableException($"there is no value for '{field.Name}'");
                field.SetValue(submissions[i], reader.Read(value, field.FieldType));
            }
            if (fields.Count > 0)
                throw new NotSavableException($"there is no variable '{fields.Keys.First()}'");
        }

        // Last: making values may itself draw from a generator.
        foreach (var (name, state) in (JsonObject)values["states"]!)
            (host.States.FirstOrDefault(s => s.Name == name) ?? throw new NotSavableException($"nothing here keeps the state '{name}'"))
                .Restore(Convert.FromBase64String((string)state!));
    }

    private JsonObject Save()
    {
        var types = new SavableTypes(host, session.CSharp.Submissions);
        var writer = new PlainValues.Writer(types);
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
                catch (NotSavableException refusal)
                {
                    throw new NotSavableException($"'{field.Name}' {refusal.Message}");
                }
            }
            submissions.Add((JsonNode)fields);
        }
        return new JsonObject
        {
            ["assemblies"] = new JsonArray([.. types.CellAssemblies.Select(n => (JsonNode)n)]),
            ["submissions"] = submissions,
            ["objects"] = writer.Objects,
            ["states"] = States(),
        };
    }

    private JsonObject States()
    {
        var states = new JsonObject();
        foreach (var state in host.States)
        {
            try
            {
                if (state.Save() is { } bytes)
                    states[state.Name] = Convert.ToBase64String(bytes);
            }
            catch (NotSavableException refusal)
            {
                throw new NotSavableException($"{state.Name} {refusal.Message}");
            }
        }
        return states;
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
        return submission is not null && CellEffects.Beyond(submission, host.KeepsToItself) is { } effect ? $"{path} {effect}" : null;
    }
}
