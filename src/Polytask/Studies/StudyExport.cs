using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Polytask;

/// <summary>A study's results as files for other programs; a file appears whole or not at all.</summary>
public static class StudyExport
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <summary>
    /// Writes the long table as comma-separated values (RFC 4180, UTF-8): variant, seed, a column per axis of the grid, task, metric, value. Numbers
    /// are written so that they read back the same; a cell without a result has no row.
    /// </summary>
    /// <param name="result">The results.</param>
    /// <param name="path">The file; an older one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void ToCsv(this StudyResult result, string path)
    {
        string[] axes = [.. result.AxisNames];
        string[] headings = ["variant", "seed", .. axes, "task", "metric", "value"];
        var text = new StringBuilder().AppendJoin(',', headings.Select(Quoted)).Append('\n');
        foreach (var row in result.Rows)
            text.AppendJoin(',', ((string[])
            [
                row.Variant, row.Seed.ToString(CultureInfo.InvariantCulture), .. axes.Select(axis => GridPoint.Text(row.Point[axis])),
                row.Task, row.Metric, row.Value.ToString("R", CultureInfo.InvariantCulture),
            ]).Select(Quoted)).Append('\n');
        Put(path, text.ToString());
    }

    /// <summary>
    /// Writes the results as JSON: an object with data, variants, seeds, axes (name and values), rows as in <see cref="ToCsv"/>, failures
    /// (variant, seed, point, message). A value that is not a finite number is null.
    /// </summary>
    /// <param name="result">The results.</param>
    /// <param name="path">The file; an older one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void ToJson(this StudyResult result, string path) => Put(path, new JsonObject
    {
        ["data"] = result.Study.Data.Name,
        ["variants"] = new JsonArray([.. result.Variants.Select(variant => (JsonNode)variant)]),
        ["seeds"] = new JsonArray([.. result.Study.SeedList.Select(seed => (JsonNode)seed)]),
        ["axes"] = new JsonArray([.. result.AxisNames.Select(axis => (JsonNode)new JsonObject
        {
            ["name"] = axis,
            ["values"] = new JsonArray([.. result.Points.Select(point => point[axis]).Distinct().Select(Value)]),
        })]),
        ["rows"] = new JsonArray([.. result.Rows.Select(row =>
        {
            var fields = new JsonObject { ["variant"] = row.Variant, ["seed"] = row.Seed };
            foreach (var (axis, value) in row.Point.Values) fields[axis] = Value(value);
            (fields["task"], fields["metric"], fields["value"]) = (row.Task, row.Metric, Value(row.Value));
            return (JsonNode)fields;
        })]),
        ["failures"] = new JsonArray([.. result.Failures.Select(failure => (JsonNode)new JsonObject
        {
            ["variant"] = failure.Variant,
            ["seed"] = failure.Seed,
            ["point"] = new JsonObject(failure.Point.Values.Select(value => KeyValuePair.Create(value.Axis, Value(value.Value)))),
            ["message"] = failure.Message,
        })]),
    }.ToJsonString(Readable) + "\n");

    private static JsonNode? Value(object value) => value switch
    {
        bool truth => truth,
        int or long or short or byte => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        double or float => Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && double.IsFinite(number) ? number : null,
        _ => GridPoint.Text(value),
    };

    private static string Quoted(string field) => field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"")}\"" : field;

    private static void Put(string path, string text)
    {
        var bytes = new UTF8Encoding(false).GetBytes(text);
        using var file = new PendingFile(path, bytes.Length);
        RandomAccess.Write(file.Handle, bytes, 0);
        file.Complete();
    }
}
