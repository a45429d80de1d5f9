using System.Text.Json.Nodes;

namespace Polytask.Notebooks.Jupyter;

/// <summary>history_reply: session, line and text of each cell, and the text of its value where that is asked for.</summary>
internal static class HistoryReply
{
    private const int UsualCount = 1000;

    public static JsonObject Of(JsonObject request, InputHistory history)
    {
        var entries = request.Text("hist_access_type") switch
        {
            "range" => history.Range(request.Number("session") ?? 0, request.Number("start") ?? 0, request.Number("stop")),
            "search" => history.Search(request.Text("pattern") ?? "*", request.Number("n"), request.Flag("unique", false)),
            _ => history.Tail(request.Number("n") ?? UsualCount),
        };
        var withOutput = request.Flag("output", false);
        return new JsonObject
        {
            ["status"] = "ok",
            ["history"] = new JsonArray([.. entries.Select(e =>
                (JsonNode)new JsonArray(e.Session, e.Line, withOutput ? new JsonArray(e.Input, e.Output) : e.Input))]),
        };
    }
}
