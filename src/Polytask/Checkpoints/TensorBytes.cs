using Microsoft.Win32.SafeHandles;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Tensors between a file and their own memory, without a second copy. A span reaches 2 GiB, so larger tensors go in pieces.
/// </summary>
internal static class TensorBytes
{
    private const long LargestPiece = 1L << 30;

    private delegate void PieceAction(Span<byte> bytes, long offset);

    /// <summary>Writes the elements row by row; a tensor that is not contiguous or not on the CPU is copied first.</summary>
    public static void Write(SafeFileHandle file, long offset, Tensor tensor, long largestPiece = LargestPiece)
    {
        using var scope = NewDisposeScope();
        ForEachPiece(tensor.detach().cpu().contiguous(), largestPiece, (bytes, start) => RandomAccess.Write(file, bytes, offset + start));
    }

    /// <summary>Fills a contiguous tensor on the CPU from a file.</summary>
    /// <exception cref="EndOfStreamException">The file ends before the tensor is full.</exception>
    public static void Read(SafeFileHandle file, long offset, Tensor tensor, long largestPiece = LargestPiece)
    {
        using var scope = NewDisposeScope();
        ForEachPiece(tensor.detach(), largestPiece, (bytes, start) =>
        {
            for (var done = 0; done < bytes.Length;)
            {
                var read = RandomAccess.Read(file, bytes[done..], offset + start + done);
                if (read == 0) throw new EndOfStreamException($"the file ends at byte {offset + start + done}");
                done += read;
            }
        });
    }

    /// <summary>Fills a contiguous tensor on the CPU from a stream; the CRC-32 of its bytes.</summary>
    /// <exception cref="EndOfStreamException">The stream ends before the tensor is full.</exception>
    public static uint Read(Stream stream, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var checksum = new Checksum();
        // Small pieces: their checksum is taken while they are in the processor's cache.
        ForEachPiece(tensor, 1 << 18, (bytes, _) =>
        {
            stream.ReadExactly(bytes);
            checksum.Add(bytes);
        });
        return checksum.Value;
    }

    /// <summary>The place of the first byte of a Bool tensor that is neither 0 nor 1, or -1.</summary>
    public static long FirstThatIsNoBool(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var found = -1L;
        ForEachPiece(tensor, LargestPiece, (bytes, start) =>
        {
            var place = bytes.IndexOfAnyExceptInRange<byte>(0, 1);
            if (place >= 0 && found < 0) found = start + place;
        });
        return found;
    }

    private static void ForEachPiece(Tensor tensor, long largestPiece, PieceAction action)
    {
        var (count, size) = (tensor.NumberOfElements, tensor.ElementSize);
        if (count == 0) return;
        var flat = tensor.view(-1);
        var most = Math.Max(1, largestPiece / size);
        for (var start = 0L; start < count; start += most)
        {
            var piece = flat.narrow(0, start, Math.Min(most, count - start));
            action(piece.bytes, start * size);
            GC.KeepAlive(piece);
        }
    }
}
