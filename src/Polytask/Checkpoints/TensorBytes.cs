using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
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
    private const long PieceOfThread = 1L << 23;
    private const int MostThreads = 4;

    private delegate void PieceAction(Span<byte> bytes, long offset);

    /// <summary>Writes the elements row by row; a tensor that is not contiguous or not on the CPU is copied first.</summary>
    public static void Write(SafeFileHandle file, long offset, Tensor tensor, long largestPiece = LargestPiece)
    {
        using var scope = NewDisposeScope();
        ForEachPiece(tensor.detach().cpu().contiguous(), largestPiece, (bytes, start) => RandomAccess.Write(file, bytes, offset + start));
    }

    /// <summary>
    /// Fills a contiguous tensor on the CPU from a file, a large one from several threads: while one of them waits for the system to clear new
    /// memory, the others keep the disk busy.
    /// </summary>
    /// <exception cref="EndOfStreamException">The file ends before the tensor is full.</exception>
    public static void Read(SafeFileHandle file, long offset, Tensor tensor, long largestPiece = PieceOfThread)
    {
        var (count, size) = (tensor.NumberOfElements, tensor.ElementSize);
        var most = Math.Max(1, largestPiece / size);
        InParallel((int)((count + most - 1) / most), i =>
        {
            using var scope = NewDisposeScope();
            var piece = tensor.detach().view(-1).narrow(0, i * most, Math.Min(most, count - i * most));
            ReadWhole(file, offset + i * most * size, piece.bytes);
            GC.KeepAlive(piece);
        });
    }

    /// <summary>Does a number of things in about their order, several at a time; the first error is thrown as it is.</summary>
    public static void InParallel(int count, Action<int> action)
    {
        if (count == 1)
        {
            action(0);
            return;
        }
        try
        {
            var order = Partitioner.Create(Enumerable.Range(0, count), EnumerablePartitionerOptions.NoBuffering);
            Parallel.ForEach(order, new ParallelOptions { MaxDegreeOfParallelism = Math.Min(MostThreads, Environment.ProcessorCount) }, action);
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }
    }

    private static void ReadWhole(SafeFileHandle file, long offset, Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(file, bytes, offset);
            if (read == 0) throw new EndOfStreamException($"the file ends at byte {offset}");
            bytes = bytes[read..];
            offset += read;
        }
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
