using System.Text.Json.Nodes;

namespace Polytask.Analysis;

/// <summary>
/// What the program that ran a notebook records in its metadata, so that the ledger can say at which scale, where and how long it ran:
/// <code>"polytask": { "paper": "Ma et al., KDD 2018", "run": { "scale": "cpu", "device": "cpu", "seconds": 171.3 } }</code>
/// The author writes <c>paper</c>; the runner writes <c>run</c>.
/// </summary>
/// <param name="Scale">The scale parameter: smoke, cpu or gpu.</param>
/// <param name="Device">The device parameter.</param>
/// <param name="Seconds">The wall-clock time of all cells.</param>
public sealed record RunStamp(string Scale, string Device, double Seconds)
{
    /// <summary>Writes the record into a notebook's metadata and leaves everything else there alone.</summary>
    /// <param name="metadata">The notebook's <c>metadata</c> object.</param>
    public void WriteTo(JsonObject metadata)
    {
        if (metadata["polytask"] is not JsonObject polytask) metadata["polytask"] = polytask = [];
        polytask["run"] = new JsonObject { ["scale"] = Scale, ["device"] = Device, ["seconds"] = Math.Round(Seconds, 1) };
    }

    internal static RunStamp? Of(JsonNode? polytask) => polytask?["run"] is { } run
        ? new((string)run["scale"]!, (string)run["device"]!, (double)run["seconds"]!)
        : null;
}
