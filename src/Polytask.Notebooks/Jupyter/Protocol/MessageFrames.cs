using System.Text;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;

namespace Polytask.Notebooks.Jupyter.Protocol;

/// <summary>
/// Messages as frames: identities, a delimiter, the signature, header, parent header, metadata, content, and buffers, which nothing here uses.
/// </summary>
internal sealed class MessageFrames(byte[] key)
{
    private const int Parts = 4;
    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private readonly MessageSigner _signer = new(key);

    /// <summary>The message that frames hold, or why they must be dropped. Nothing is read before the signature is known to be right.</summary>
    public (JupyterMessage? Message, string? Refusal) Read(List<byte[]> frames)
    {
        var delimiter = frames.FindIndex(f => f.AsSpan().SequenceEqual(Delimiter));
        if (delimiter < 0 || frames.Count < delimiter + 2 + Parts)
            return (null, "its frames are not those of a message");
        var parts = frames.GetRange(delimiter + 2, Parts).ToArray();
        if (_signer.Refuse(frames[delimiter + 1], parts) is { } refusal)
            return (null, refusal);
        var read = new JsonObject[Parts];
        for (var i = 0; i < Parts; i++)
        {
            try
            {
                if (JsonText.Parse(Strict.GetString(parts[i])) is not JsonObject json)
                    return (null, "one of its parts is not a JSON object");
                read[i] = json;
            }
            catch (Exception error) when (error is FormatException or DecoderFallbackException)
            {
                return (null, $"one of its parts is not JSON: {error.Message}");
            }
        }
        if (new[] { "msg_id", "msg_type" }.FirstOrDefault(n => !(read[0][n] is JsonValue value && value.TryGetValue<string>(out _))) is { } missing)
            return (null, $"its header has no {missing}");
        return (new JupyterMessage(frames[..delimiter], read[0], read[1], read[2], read[3]), null);
    }

    /// <summary>The frames of a message, signed.</summary>
    public List<byte[]> Write(JupyterMessage message)
    {
        var parts = new[] { message.Header, message.Parent, message.Metadata, message.Content }
            .Select(p => Encoding.UTF8.GetBytes(PythonJson.WriteLine(p))).ToArray();
        return [.. message.Identities, Delimiter, Encoding.ASCII.GetBytes(_signer.Sign(parts)), .. parts];
    }
}
