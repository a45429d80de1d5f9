using System.Security.Cryptography;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>SHA-256 over texts and tensors: equal for equal content on every machine.</summary>
internal sealed class ContentHash : IDisposable
{
    // Bytes of a tensor are looked at in spans, whose lengths are 32-bit.
    private const long ElementsAtOnce = 1 << 24;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public ContentHash Add(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.LongLength));
        hash.AppendData(bytes);
        return this;
    }

    public ContentHash Add(Tensor tensor)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        Add($"{tensor.dtype} {string.Join(' ', tensor.shape)}");
        var flat = tensor.detach().cpu().contiguous().reshape(-1);
        for (var start = 0L; start < flat.shape[0]; start += ElementsAtOnce)
            hash.AppendData(flat.narrow(0, start, Math.Min(ElementsAtOnce, flat.shape[0] - start)).bytes);
        return this;
    }

    /// <summary>The hash of all that was added, in lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(hash.GetCurrentHash());

    public void Dispose() => hash.Dispose();
}
