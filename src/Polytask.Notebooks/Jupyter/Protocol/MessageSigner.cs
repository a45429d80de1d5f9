using System.Security.Cryptography;
using System.Text;

namespace Polytask.Notebooks.Jupyter.Protocol;

/// <summary>Signs messages and takes each signed one once: HMAC-SHA256 over header, parent header, metadata and content, in hexadecimal.</summary>
internal sealed class MessageSigner(byte[] key)
{
    /// <summary>As many as jupyter_client remembers.</summary>
    private const int Remembered = 1 << 16;

    private readonly HashSet<string> _seen = [];
    private readonly Queue<string> _order = new();

    /// <summary>The signature of a message's four parts.</summary>
    public string Sign(ReadOnlySpan<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (var part in parts)
            hash.AppendData(part);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Why a message that came must be dropped; null for one that is signed with the key and did not come before.</summary>
    public string? Refuse(byte[] signature, ReadOnlySpan<byte[]> parts)
    {
        var expected = Sign(parts);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), signature))
            return signature.Length == 0 ? "it is not signed" : "its signature is wrong";
        if (!_seen.Add(expected))
            return "it came before: its signature was used already";
        _order.Enqueue(expected);
        if (_order.Count > Remembered)
            _seen.Remove(_order.Dequeue());
        return null;
    }
}
