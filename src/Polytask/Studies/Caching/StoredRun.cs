using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Polytask;

/// <summary>The numbers of a run as JSON, equal to the last bit when they are read again.</summary>
/// <param name="History">What was measured.</param>
/// <param name="Epochs">The epochs trained.</param>
/// <param name="BestEpoch">The epoch of the weights.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Environment">With what it ran.</param>
/// <param name="Remarks">What a reader should know of its course.</param>
/// <param name="Weights">The checksum of the weights' file; null where there is none.</param>
internal sealed record StoredRun(
    ImmutableArray<Measurement> History, int Epochs, int BestEpoch, TimeSpan Duration, RunEnvironment Environment,
    ImmutableArray<string> Remarks, string? Weights)
{
    private const int Format = 1;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static StoredRun Of(Run run, string? weights) =>
        new([.. run.History], run.Epochs, run.BestEpoch, run.Duration, run.Environment, [.. run.Remarks], weights);

    public byte[] ToBytes(string variant, int seed, GridPoint point)
    {
        var run = new JsonObject
        {
            // For a reader: the name of the file says what it is.
            ["variant"] = variant,
            ["seed"] = seed,
            ["point"] = new JsonObject(point.Values.Select(value => KeyValuePair.Create(value.Axis, (JsonNode?)GridPoint.Text(value.Value)))),
            ["epochs"] = Epochs,
            ["bestEpoch"] = BestEpoch,
            ["ticks"] = Duration.Ticks,
            ["environment"] = JsonSerializer.SerializeToNode(Environment),
            ["remarks"] = new JsonArray([.. Remarks.Select(remark => (JsonNode)remark)]),
            ["weights"] = Weights,
            ["columns"] = new JsonArray("epoch", "split", "task", "metric", "value", "undefined"),
            ["history"] = new JsonArray([.. History.Select(row =>
                (JsonNode)new JsonArray(row.Epoch, row.Split, row.Task, row.Metric, Number(row.Value), row.Undefined))]),
        }.ToJsonString(Readable);
        var checksum = Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(run)));
        return System.Text.Encoding.UTF8.GetBytes($"{{\"format\":{Format},\"checksum\":\"{checksum}\",\"run\":{run}}}\n");
    }

    /// <exception cref="InvalidDataException">The numbers are not those that were written.</exception>
    /// <exception cref="JsonException">The file was cut off.</exception>
    public static StoredRun Parse(byte[] bytes)
    {
        using var file = JsonDocument.Parse(bytes);
        if (file.RootElement.ValueKind != JsonValueKind.Object || !file.RootElement.TryGetProperty("format", out var format)
            || format.GetInt32() != Format || !file.RootElement.TryGetProperty("run", out var run)
            || file.RootElement.GetProperty("checksum").GetString()
                != Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(run.GetRawText()))))
            throw new InvalidDataException("its checksum is not that of its content");
        return new(
            [.. run.GetProperty("history").EnumerateArray().Select(row => new Measurement(
                row[0].GetInt32(), row[1].GetString()!, row[2].GetString()!, row[3].GetString()!, Number(row[4]), row[5].GetString()))],
            run.GetProperty("epochs").GetInt32(), run.GetProperty("bestEpoch").GetInt32(), TimeSpan.FromTicks(run.GetProperty("ticks").GetInt64()),
            run.GetProperty("environment").Deserialize<RunEnvironment>()!,
            [.. run.GetProperty("remarks").EnumerateArray().Select(remark => remark.GetString()!)], run.GetProperty("weights").GetString());
    }

    /// <summary>The checksum of a file.</summary>
    public static string ChecksumOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(file));
    }

    // JSON has no word for what is no number.
    private static JsonNode Number(double value) => double.IsFinite(value) ? value : value.ToString(CultureInfo.InvariantCulture);

    private static double Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.Parse(value.GetString()!, CultureInfo.InvariantCulture);
}
