using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Polytask;

/// <summary>The claims of a notebook, in order; displayed as a table and read by the ledger.</summary>
public sealed class Claims(params IEnumerable<Claim> claims) : IReadOnlyList<Claim>, IMimeBundle
{
    /// <summary>The mime type under which a notebook keeps its claims for the ledger: a list of objects with statement, holds, measured, expected
    /// and seeds (null for an identity).</summary>
    public const string MimeType = "application/vnd.polytask.claims+json";

    // Statements hold "±" and "≤": as they are, not as \u escapes, in a file that people read.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Claim[] claims = [.. claims];

    /// <inheritdoc/>
    public Claim this[int index] => claims[index];

    /// <inheritdoc/>
    public int Count => claims.Length;

    /// <inheritdoc/>
    public IEnumerator<Claim> GetEnumerator() => ((IEnumerable<Claim>)claims).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A row per claim, with the number that held first.</summary>
    public TableView Table() =>
        new($"{claims.Count(claim => claim.Holds)} of {Count} claims hold", ["claim", "verdict", "measured", "expected", "seeds"],
        claims.Select(claim => (IReadOnlyList<TableCell>)
        [
            claim.Statement, new TableCell(claim.Holds ? "holds" : "DOES NOT HOLD", Bold: !claim.Holds),
            claim.Measured, claim.Expected, claim.Seeds?.ToString() ?? "exact",
        ]));

    /// <inheritdoc/>
    public override string ToString() => Table().ToString();

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> ToMimeBundle()
    {
        var list = new JsonArray([.. claims.Select(claim => (JsonNode)new JsonObject
        {
            ["statement"] = claim.Statement,
            ["holds"] = claim.Holds,
            ["measured"] = claim.Measured,
            ["expected"] = claim.Expected,
            ["seeds"] = claim.Seeds,
        })]);
        return new Dictionary<string, string>(Table().ToMimeBundle()) { [MimeType] = list.ToJsonString(Readable) };
    }
}
