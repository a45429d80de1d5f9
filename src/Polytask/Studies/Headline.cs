using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Polytask;

/// <summary>The one number a notebook is remembered by, beside the paper's: the ledger shows it.</summary>
/// <param name="What">What the number is: "test MSE of MMoE over shared bottom at p = 0.5".</param>
/// <param name="Measured">What was measured here, as a reader should see it.</param>
/// <param name="Paper">What the paper reports, or in words what it says where it gives no number.</param>
public sealed record Headline(string What, string Measured, string Paper) : IMimeBundle
{
    /// <summary>The mime type under which a notebook keeps its headline for the ledger: an object with what, measured and paper.</summary>
    public const string MimeType = "application/vnd.polytask.headline+json";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public override string ToString() => $"{What}: {Measured} (paper: {Paper})";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string>(
        new TableView(null, ["headline", "here", "paper"], [[What, Measured, Paper]]).ToMimeBundle())
    {
        [MimeType] = new JsonObject { ["what"] = What, ["measured"] = Measured, ["paper"] = Paper }.ToJsonString(Readable),
    };
}
