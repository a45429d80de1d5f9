using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Writes a safetensors file tensor by tensor, in any order, so that a checkpoint larger than memory can be made: the layout follows from the names,
/// types and shapes that are declared first. The file appears when <see cref="Complete"/> is called; a writer disposed before leaves nothing behind.
/// </summary>
public sealed class SafeTensorsWriter : IDisposable
{
    private readonly string path;
    private readonly PendingFile file;
    private readonly Dictionary<string, SafeTensorsHeader.Entry> entries;
    private readonly HashSet<string> missing;
    private readonly Dictionary<string, long> unwritten = [];

    internal SafeTensorsWriter(string path, IEnumerable<StoredTensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        this.path = path;
        var (header, bytes) = SafeTensorsHeader.LayOut(tensors, metadata);
        Tensors = [.. header.Entries.Select(entry => entry.Tensor)];
        entries = header.Entries.ToDictionary(entry => entry.Tensor.Name);
        missing = [.. entries.Keys];
        file = new PendingFile(path, header.FileLength);
        try
        {
            RandomAccess.Write(file.Handle, bytes.Span, 0);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The declared tensors in the order of their bytes, in which a disk takes them fastest.</summary>
    public ImmutableArray<StoredTensor> Tensors { get; }

    /// <summary>Writes one of the declared tensors; it must have the declared type and shape. Writing it again replaces it.</summary>
    /// <exception cref="ArgumentException">The name was not declared, or with another type or shape.</exception>
    public void Write(string name, Tensor tensor)
    {
        if (!entries.TryGetValue(name, out var entry))
            throw new ArgumentException($"{path}: no tensor '{name}' was declared{Names.DidYouMean(name, entries.Keys)}", nameof(name));
        var given = StoredTensor.Of(name, tensor);
        if (given.Type != entry.Tensor.Type || !given.Shape.SequenceEqual(entry.Tensor.Shape))
            throw new ArgumentException($"{path}: tensor '{name}' was declared as {entry.Tensor.Described}, "
                + $"but is {given.Described}", nameof(tensor));
        TensorBytes.Write(file.Handle, entry.Offset, tensor);
        missing.Remove(name);
    }

    /// <summary>Writes so many elements of a flattened tensor from a place on; several threads may. A tensor is there when as many elements as it
    /// has are written.</summary>
    internal void Write(string name, long start, Tensor part)
    {
        var entry = entries[name];
        TensorBytes.Write(file.Handle, entry.Offset + start * ElementTypes.SizeOf(entry.Tensor.Type), part);
        lock (missing)
        {
            var left = unwritten.GetValueOrDefault(name, entry.Tensor.Shape.Aggregate(1L, (product, dimension) => product * dimension))
                - part.NumberOfElements;
            unwritten[name] = left;
            if (left <= 0) missing.Remove(name);
        }
    }

    /// <summary>Flushes the file to the disk and gives it its name, in place of an older one.</summary>
    /// <exception cref="InvalidOperationException">A declared tensor was not written.</exception>
    public void Complete()
    {
        if (missing.Count > 0)
            throw new InvalidOperationException($"{path}: not written yet: {Names.Listed(missing.Order(StringComparer.Ordinal).Take(5))}"
            + (missing.Count > 5 ? $" and {missing.Count - 5} more" : ""));
        file.Complete();
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
