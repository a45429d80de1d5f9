using System.Collections.Immutable;
using Microsoft.Win32.SafeHandles;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// An open safetensors file, or the shards of a sharded checkpoint: names, types and shapes at once, each tensor's bytes when it is asked for.
/// Tensors may be read from several threads.
/// </summary>
public sealed class SafeTensorsFile : IDisposable
{
    private readonly string path;
    private readonly List<Shard> shards = [];
    private readonly Dictionary<string, (Shard Shard, SafeTensorsHeader.Entry Entry)> entries = [];

    internal SafeTensorsFile(string path)
    {
        this.path = path;
        try
        {
            if (SafeTensorsIndex.Is(path)) OpenShards(SafeTensorsIndex.Read(path));
            else Add(new Shard(path), _ => true);
        }
        catch
        {
            Dispose();
            throw;
        }
        Tensors = [.. entries.Values.Select(place => place.Entry.Tensor)];
        var texts = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var shard in shards)
            foreach (var (key, value) in shard.Header.Metadata) texts.TryAdd(key, value);
        Metadata = texts.ToImmutable();
    }

    /// <summary>The tensors in the order of their bytes, in which reading them is fastest.</summary>
    public ImmutableArray<StoredTensor> Tensors { get; }

    /// <summary>The free texts that the file carries; of a sharded checkpoint, those of all shards, the first one that has a key.</summary>
    public ImmutableDictionary<string, string> Metadata { get; }

    /// <summary>Whether there is a tensor of that name.</summary>
    public bool Contains(string name) => entries.ContainsKey(name);

    /// <summary>Type and shape of a tensor.</summary>
    /// <exception cref="KeyNotFoundException">There is no tensor of that name.</exception>
    public StoredTensor this[string name] => Find(name).Entry.Tensor;

    /// <summary>Reads a tensor into memory of its own, which the caller disposes.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="device">Where to; null for the CPU.</param>
    /// <exception cref="KeyNotFoundException">There is no tensor of that name.</exception>
    /// <exception cref="InvalidDataException">The file was cut short since it was opened, or holds a Bool that is neither 0 nor 1.</exception>
    public Tensor Read(string name, Device? device = null)
    {
        var (shard, entry) = Find(name);
        var tensor = Empty(entry.Tensor);
        try
        {
            Fill(shard, entry, tensor);
            return device is null || device.type == DeviceType.CPU ? tensor : tensor.to(device, disposeAfter: true);
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>Reads so many elements of a flattened tensor from a place on, as [count], into memory of their own, which the caller
    /// disposes.</summary>
    /// <exception cref="KeyNotFoundException">There is no tensor of that name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tensor has no such elements.</exception>
    /// <exception cref="InvalidDataException">As for <see cref="Read(string, Device?)"/>.</exception>
    public Tensor Read(string name, long start, long count)
    {
        var (shard, entry) = Find(name);
        var elements = entry.Tensor.Shape.Aggregate(1L, (product, dimension) => product * dimension);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, elements - start);
        var part = entry with
        {
            Tensor = entry.Tensor with { Shape = [count] },
            Offset = entry.Offset + start * ElementTypes.SizeOf(entry.Tensor.Type),
        };
        var tensor = Empty(part.Tensor);
        try
        {
            Fill(shard, part, tensor);
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>Reads all tensors, several at a time.</summary>
    internal Dictionary<string, Tensor> ReadAll(Device? device)
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> read;
        if (device is null || device.type == DeviceType.CPU)
        {
            read = Tensors.ToDictionary(stored => stored.Name, Empty);
            TensorBytes.InParallel(Tensors.Length, i =>
            {
                var (shard, entry) = Find(Tensors[i].Name);
                Fill(shard, entry, read[Tensors[i].Name]);
            });
        }
        else
        {
            // One after the other, so that no more than one of them is in the machine's own memory.
            read = Tensors.ToDictionary(stored => stored.Name, stored => Read(stored.Name, device));
        }
        foreach (var tensor in read.Values) tensor.MoveToOuterDisposeScope();
        return read;
    }

    /// <summary>
    /// Reads a tensor into one that is there, of the same shape; type and device are converted. Where they are the same and the tensor is
    /// contiguous, the bytes go straight into it.
    /// </summary>
    /// <exception cref="KeyNotFoundException">There is no tensor of that name.</exception>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="InvalidDataException">As for <see cref="Read(string, Device?)"/>.</exception>
    public void ReadInto(string name, Tensor destination)
    {
        var (shard, entry) = Find(name);
        if (!entry.Tensor.Shape.AsSpan().SequenceEqual(destination.shape))
            throw new ArgumentException($"{shard.Path}: tensor '{name}' is {entry.Tensor.Described}, "
                + $"but was to be read into {StoredTensor.Of(name, destination).Described}");
        if (destination.dtype == entry.Tensor.Type && destination.device_type == DeviceType.CPU && destination.is_contiguous())
        {
            Fill(shard, entry, destination);
            return;
        }
        using var untracked = no_grad();
        using var read = Read(name);
        destination.copy_(read);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var shard in shards) shard.Handle.Dispose();
    }

    private static Tensor Empty(StoredTensor stored) => empty([.. stored.Shape], dtype: stored.Type, device: CPU);

    private (Shard Shard, SafeTensorsHeader.Entry Entry) Find(string name) => entries.TryGetValue(name, out var place)
        ? place
        : throw new KeyNotFoundException($"{path}: there is no tensor '{name}'{Names.DidYouMean(name, entries.Keys)}");

    private static void Fill(Shard shard, SafeTensorsHeader.Entry entry, Tensor tensor)
    {
        try
        {
            TensorBytes.Read(shard.Handle, entry.Offset, tensor);
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException($"{shard.Path}: cut short since it was opened: tensor '{entry.Tensor.Name}' is not complete", error);
        }
        if (entry.Tensor.Type == ScalarType.Bool && TensorBytes.FirstThatIsNoBool(tensor) is >= 0 and var place)
            throw new InvalidDataException($"{shard.Path}: tensor '{entry.Tensor.Name}' is Bool, but its element {place} is neither 0 nor 1");
    }

    private void OpenShards(ILookup<string, string> namesOfShards)
    {
        foreach (var names in namesOfShards)
        {
            var file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, names.Key);
            if (!File.Exists(file)) throw new FileNotFoundException($"{path}: the index names the shard '{names.Key}', which is not beside it",
                file);
            var wanted = names.ToHashSet();
            Add(new Shard(file), wanted.Contains);
            foreach (var name in names)
                if (!entries.ContainsKey(name))
                    throw new InvalidDataException($"{path}: the index has tensor '{name}' in '{names.Key}', but that shard does not hold it");
        }
    }

    private void Add(Shard shard, Func<string, bool> wanted)
    {
        shards.Add(shard);
        foreach (var entry in shard.Header.Entries.Where(entry => wanted(entry.Tensor.Name))) entries.Add(entry.Tensor.Name, (shard, entry));
    }

    private sealed class Shard
    {
        public Shard(string path)
        {
            Path = path;
            if (Directory.Exists(path)) throw new IOException($"'{path}' is a folder; give the path of a safetensors file or of its index");
            if (!File.Exists(path))
                throw new FileNotFoundException($"there is no file '{path}' (looked for as '{System.IO.Path.GetFullPath(path)}'); "
                    + "check its path", path);
            Handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
            try
            {
                Header = SafeTensorsHeader.Read(Handle);
            }
            catch (InvalidDataException error)
            {
                Handle.Dispose();
                throw new InvalidDataException($"{path}: {error.Message}", error);
            }
        }

        public string Path { get; }

        public SafeFileHandle Handle { get; }

        public SafeTensorsHeader Header { get; }
    }
}
