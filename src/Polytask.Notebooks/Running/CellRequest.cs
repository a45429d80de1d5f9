using System.Text.Json.Nodes;

namespace Polytask.Notebooks.Running;

/// <summary>A cell that a worker is to run.</summary>
/// <param name="Source">The cell's text.</param>
/// <param name="Language">Its language.</param>
/// <param name="Path">What traces call it.</param>
internal sealed record CellRequest(string Source, string Language, string Path)
{
    /// <summary>The values of the session come with the answer when cells have taken so many seconds since they last did; null: never.</summary>
    public double? SaveValuesAfter { get; init; }

    /// <summary>Whether somebody answers the questions that the cell may ask.</summary>
    public bool CanAsk { get; init; }

    /// <summary>Whether the value of its last expression comes with the answer and is not shown.</summary>
    public bool Captured { get; init; }

    public JsonObject ToMessage() => new()
    {
        ["type"] = "run",
        ["source"] = Source,
        ["language"] = Language,
        ["path"] = Path,
        ["saveAfter"] = SaveValuesAfter,
        ["canAsk"] = CanAsk,
        ["captured"] = Captured,
    };

    public static CellRequest Read(JsonObject message) => new((string)message["source"]!, (string)message["language"]!, (string)message["path"]!)
    {
        SaveValuesAfter = (double?)message["saveAfter"],
        CanAsk = (bool)message["canAsk"]!,
        Captured = (bool)message["captured"]!,
    };
}
