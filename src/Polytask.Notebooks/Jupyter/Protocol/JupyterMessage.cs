using System.Globalization;
using System.Text.Json.Nodes;

namespace Polytask.Notebooks.Jupyter.Protocol;

/// <summary>A message of Jupyter's protocol (https://jupyter-client.readthedocs.io/en/stable/messaging.html).</summary>
/// <param name="Identities">The frames that lead to the peer that asked; on the output channel, the topic.</param>
/// <param name="Header">What the message is: msg_id, msg_type, session, username, date, version.</param>
/// <param name="Parent">The header of the request that it belongs to; empty where there is none.</param>
/// <param name="Metadata">What need not be read to understand it.</param>
/// <param name="Content">What it says.</param>
internal sealed record JupyterMessage(IReadOnlyList<byte[]> Identities, JsonObject Header, JsonObject Parent, JsonObject Metadata, JsonObject Content)
{
    /// <summary>The version of the protocol that the kernel speaks.</summary>
    public const string ProtocolVersion = "5.3";

    /// <summary>What the message is, such as execute_request.</summary>
    public string Type => (string)Header["msg_type"]!;

    /// <summary>Whether it is of the major version that the kernel speaks. A header without a version counts as one that is.</summary>
    public bool IsSupportedVersion => Header["version"] is not JsonValue version || !version.TryGetValue<string>(out var text)
        || text.Split('.')[0] == ProtocolVersion.Split('.')[0];

    /// <summary>A message of this kernel.</summary>
    public static JupyterMessage New(IReadOnlyList<byte[]> identities, string type, string session, JsonObject parent, JsonObject content,
        JsonObject? metadata = null) => new(identities, new JsonObject
        {
            ["msg_id"] = Guid.NewGuid().ToString(),
            ["msg_type"] = type,
            ["session"] = session,
            ["username"] = Environment.UserName,
            ["date"] = Now(),
            ["version"] = ProtocolVersion,
        }, parent, metadata ?? [], content);

    /// <summary>The time as messages write it.</summary>
    public static string Now() => DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
