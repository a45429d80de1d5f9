using System.Collections.Immutable;

namespace Polytask;

/// <summary>An axis of a study's grid; see <see cref="Study.Over{T}(string, IEnumerable{T}, Func{Model, T, Model})"/>.</summary>
public sealed class StudyAxis
{
    // A study without axes, and a value: the study at that value.
    private readonly Func<Study, object, Study> change;

    private StudyAxis(string name, ImmutableArray<object> values, Func<Study, object, Study> change) =>
        (Name, Values, this.change) = (name, values, change);

    /// <summary>What tables call the axis.</summary>
    public string Name { get; }

    /// <summary>Its values, in the order declared.</summary>
    public ImmutableArray<object> Values { get; }

    internal static StudyAxis Of<T>(string name, IEnumerable<T> values, Func<Study, T, Study> change)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new DeclarationException("an axis of a study needs a name; results have a column of that name");
        if (LongRows.Columns.Contains(name))
            throw new DeclarationException($"axis '{name}': results have a column '{name}' already; give the axis another name");
        var listed = values.Select(value => (object?)value
            ?? throw new DeclarationException($"axis '{name}': a value is null; give every value a name or number")).ToImmutableArray();
        if (listed.IsEmpty) throw new DeclarationException($"axis '{name}' has no value; give at least one");
        foreach (var (value, i) in listed.Select((value, i) => (value, i)))
            if (listed[..i].Any(earlier => GridPoint.Same(earlier, value)))
                throw new DeclarationException($"axis '{name}': the value {GridPoint.Text(value)} is given twice");
        return new(name, listed, (study, value) => change(study, (T)value));
    }

    /// <summary>The study at a value of this axis.</summary>
    /// <exception cref="DeclarationException">The declaration cannot be made with that value.</exception>
    internal Study At(Study study, object value)
    {
        try
        {
            return change(study, value);
        }
        catch (DeclarationException error)
        {
            throw new DeclarationException($"axis '{Name}' at {GridPoint.Text(value)}: {error.Message}");
        }
        catch (DataException error)
        {
            throw new DataException($"axis '{Name}' at {GridPoint.Text(value)}: {error.Message}", error);
        }
    }

    /// <summary>The same axis with some of its values.</summary>
    /// <exception cref="DataException">It has no such value.</exception>
    internal StudyAxis Only(IEnumerable<object> values) => new(Name, [.. values.Select(Known).Distinct()], change);

    private object Known(object value) => Values.FirstOrDefault(mine => GridPoint.Same(mine, value)) ?? throw new DataException(
        $"axis '{Name}' has no value {GridPoint.Text(value)}; it has {string.Join(", ", Values.Select(GridPoint.Text))}");
}
