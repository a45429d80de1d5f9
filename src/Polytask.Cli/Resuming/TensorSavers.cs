using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Polytask.Notebooks.Running.Resuming;
using TorchSharp;
using TorchSharp.Modules;

namespace Polytask.Cli.Resuming;

/// <summary>
/// Saves tensors bit for bit: dense, real ones on the CPU, in whichever order their dimensions lie in memory, that are leaves and share
/// their memory with no other value, with their gradients. Anything else (views, parts of a gradient's graph, tensors on a GPU) is refused with what it is.
/// </summary>
internal sealed class TensorSavers
{
    private static readonly torch.ScalarType[] Known =
    [
        torch.ScalarType.Byte, torch.ScalarType.Int8, torch.ScalarType.Int16, torch.ScalarType.Int32, torch.ScalarType.Int64, torch.ScalarType.Bool,
        torch.ScalarType.Float16, torch.ScalarType.BFloat16, torch.ScalarType.Float32, torch.ScalarType.Float64,
    ];

    private readonly List<(nuint Start, nuint End)> _memory = [];

    /// <summary>The savers of plain tensors and of parameters; they watch together over shared memory.</summary>
    public IEnumerable<ValueSaver> All =>
    [
        new(typeof(torch.Tensor), value => Bytes((torch.Tensor)value), Tensor),
        new(typeof(Parameter), value => Bytes((torch.Tensor)value), Parameter),
    ];

    private byte[] Bytes(torch.Tensor tensor)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory))
            Write(writer, tensor, withGradient: true);
        return memory.ToArray();
    }

    private void Write(BinaryWriter writer, torch.Tensor tensor, bool withGradient)
    {
        if (tensor.IsInvalid)
            throw new NotSavableException("is a tensor that was disposed");
        if (tensor.device_type != DeviceType.CPU)
            throw new NotSavableException($"is a tensor on {tensor.device}");
        if (tensor.is_sparse || !Known.Contains(tensor.dtype))
            throw new NotSavableException($"is a {(tensor.is_sparse ? "sparse tensor" : $"tensor of {tensor.dtype}")}");
        if (!tensor.is_leaf)
            throw new NotSavableException("is a tensor that knows how it was computed; detach() gives one that can be saved");
        // The longest step first: what linalg.eigh gives, say, lies in memory column by column.
        var strides = tensor.stride();
        long[] order = [.. Enumerable.Range(0, strides.Length).OrderByDescending(dimension => strides[dimension])];
        using var plain = tensor.detach().permute(order);
        if (!plain.is_contiguous())
            throw new NotSavableException("is a tensor with gaps in its memory; contiguous() gives one that can be saved");
        Claim(plain);
        writer.Write((int)tensor.dtype);
        writer.Write(order.Length);
        foreach (var dimension in order)
        {
            writer.Write(dimension);
            writer.Write(tensor.shape[dimension]);
        }
        writer.Write(tensor.requires_grad);
        writer.Write(plain.bytes);
        using var gradient = withGradient ? tensor.grad : null;
        writer.Write(gradient is not null);
        if (gradient is not null)
            Write(writer, gradient, withGradient: false);
    }

    /// <summary>Takes a tensor's memory for it alone. One that is a part of another, or the other's, would come back as a copy.</summary>
    private void Claim(torch.Tensor tensor)
    {
        var bytes = tensor.bytes;
        if (bytes.IsEmpty)
            return;
        nuint start;
        unsafe
        {
            start = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes));
        }
        var end = start + (nuint)bytes.Length;
        if (_memory.Any(taken => start < taken.End && taken.Start < end))
            throw new NotSavableException("is a tensor that shares its memory with another; clone() gives one that can be saved");
        _memory.Add((start, end));
    }

    private static object Tensor(byte[] saved)
    {
        using var reader = new BinaryReader(new MemoryStream(saved));
        return Read(reader, asParameter: false);
    }

    private static object Parameter(byte[] saved)
    {
        using var reader = new BinaryReader(new MemoryStream(saved));
        return Read(reader, asParameter: true);
    }

    private static torch.Tensor Read(BinaryReader reader, bool asParameter)
    {
        var type = (torch.ScalarType)reader.ReadInt32();
        var (places, shape) = (new long[reader.ReadInt32()], new List<long>());
        for (var i = 0; i < places.Length; i++)
        {
            places[reader.ReadInt64()] = i;
            shape.Add(reader.ReadInt64());
        }
        var requiresGradient = reader.ReadBoolean();
        var plain = torch.empty([.. shape], dtype: type, device: torch.CPU);
        reader.ReadExactly(plain.bytes);
        var tensor = plain.permute(places);
        if (asParameter)
            tensor = new Parameter(tensor, requiresGradient);
        else if (requiresGradient)
            tensor.requires_grad_(true);
        if (reader.ReadBoolean())
            tensor.grad = Read(reader, asParameter: false);
        return tensor;
    }
}
