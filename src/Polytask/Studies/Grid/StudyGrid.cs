using System.Collections.Immutable;

namespace Polytask;

/// <summary>The points of a study's grid, each with the study that it stands for; one point where there is no axis.</summary>
internal static class StudyGrid
{
    /// <summary>All points, the last axis changing fastest.</summary>
    /// <exception cref="DeclarationException">A declaration cannot be made, or two values of an axis make the same one.</exception>
    public static ImmutableArray<Study> PointsOf(Study study)
    {
        IEnumerable<Study> points = [study.WithoutGrid()];
        foreach (var axis in study.Axes)
            points = points.SelectMany(point => axis.Values.Select(value => axis.At(point, value).At(point.Point, axis.Name, value)));
        var made = points.Select(point => point.WithPointsOwnCheckpoints()).ToImmutableArray();
        RefuseEqualValues(study, made);
        return made;
    }

    // Two values of an axis that declare the same at every point would show noise as an effect. A variant that an axis leaves as it is may be equal
    // at all of its values: the baseline of a sweep.
    private static void RefuseEqualValues(Study study, ImmutableArray<Study> points)
    {
        if (study.Axes.IsEmpty) return;
        var identities = new OwnCodeIdentities();
        var data = points.Select(point => point.Data).Distinct<DataSource>(ReferenceEqualityComparer.Instance).ToArray();
        var content = data.ToDictionary(source => source, source => data.Length > 1 ? ContentOf(source, study.SeedList[0]) : null);
        var declared = points.ToDictionary(point => point.Point, point => Declared(point, content[point.Data], identities));
        foreach (var axis in study.Axes)
        {
            var seen = new Dictionary<string, object>();
            foreach (var value in axis.Values)
            {
                var all = string.Join(' ', points.Where(point => point.Point[axis.Name].Equals(value)).Select(point => declared[point.Point]));
                if (!seen.TryAdd(all, value))
                    throw new DeclarationException($"axis '{axis.Name}': {GridPoint.Text(seen[all])} and {GridPoint.Text(value)} declare the same "
                        + "models, plan and data; drop one of the values, or use the value in what the axis changes");
            }
        }
    }

    // The numbers of the first seed; null where they cannot be made, which the cells will say.
    private static string? ContentOf(DataSource source, int seed)
    {
        using var form = new CanonicalForm();
        try
        {
            form.Add("data", source.Split(seed));
        }
        catch (Exception error) when (error is not (OperationCanceledException or ThreadInterruptedException))
        {
            return null;
        }
        return Convert.ToHexString(form.Hash());
    }

    private static string Declared(Study point, string? content, OwnCodeIdentities identities)
    {
        using var form = new CanonicalForm(identities);
        foreach (var model in point.Models) form.Add("model", model);
        form.Add("plan", point.Plan);
        if (content is null) form.AddIdentity(point.Data);
        else form.Add("data", content);
        return Convert.ToHexString(form.Hash());
    }
}
