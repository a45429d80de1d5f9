using System.IO.Compression;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Tensors of the files that <c>torch.save</c> writes in Python (.pt, .pth): state dictionaries, and checkpoints that hold some. Such a file holds a
/// pickle, a program; only what makes tensors and containers is understood, everything else is refused by its name, and nothing is ever run.
/// </summary>
public static class PyTorchCheckpoint
{
    /// <summary>
    /// Reads the tensors of a file by dotted path: {"model": {"0.weight": t}} gives "model.0.weight". What is no tensor is left out.
    /// </summary>
    /// <param name="path">The file. Tensors that share memory in it share it afterwards, on the CPU.</param>
    /// <param name="device">Where to; null for the CPU.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, of the old format or of another byte order, or holds more than tensors and containers.
    /// </exception>
    public static Dictionary<string, Tensor> Load(string path, Device? device = null)
    {
        if (Directory.Exists(path)) throw new IOException($"'{path}' is a folder; give the path of a checkpoint");
        if (!File.Exists(path))
            throw new FileNotFoundException($"there is no file '{path}' (looked for as '{Path.GetFullPath(path)}'); check its path", path);
        try
        {
            using var stream = File.OpenRead(path);
            RefuseOther(stream, path);
            using var archive = new PyTorchArchive(new ZipArchive(stream, ZipArchiveMode.Read));
            return Tensors(archive, device);
        }
        catch (Exception error)
            when (error is InvalidDataException or EndOfStreamException or NotSupportedException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>Copies a file's tensors into a module's parameters and buffers of the same names; nothing changes where they do not fit.</summary>
    /// <param name="module">The module.</param>
    /// <param name="path">The file.</param>
    /// <param name="strict">Refuse names that only one of them has, as <c>load_state_dict</c> does.</param>
    /// <param name="prefix">Where the state dictionary lies in the file, as "model"; null where it is the whole file.</param>
    /// <exception cref="InvalidOperationException">Names or shapes differ; the message lists them.</exception>
    /// <exception cref="InvalidDataException">As for <see cref="Load"/>.</exception>
    public static (IList<string> Missing, IList<string> Unexpected) LoadInto(nn.Module module, string path, bool strict = true, string? prefix = null)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var loaded = Load(path);
        if (prefix is not null)
        {
            loaded = loaded.Where(pair => pair.Key.StartsWith($"{prefix}.", StringComparison.Ordinal))
                .ToDictionary(pair => pair.Key[(prefix.Length + 1)..], pair => pair.Value);
            if (loaded.Count == 0) throw new InvalidOperationException($"{path} holds no tensors under '{prefix}'");
        }
        var (targets, missing, unexpected) = ModuleFit.Check(path, [.. loaded.Select(pair => StoredTensor.Of(pair.Key, pair.Value))], module, strict);
        foreach (var (name, target) in targets) target.copy_(loaded[name]);
        return (missing, unexpected);
    }

    private static void RefuseOther(FileStream stream, string path)
    {
        Span<byte> start = stackalloc byte[262];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (start.StartsWith("PK"u8)) return;
        // Protocol 2, then the magic number of the format before PyTorch 1.6; before 0.1.10 it was a tar archive.
        if (start.StartsWith((ReadOnlySpan<byte>)[0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9])
            || (start.Length >= 262 && start[257..].SequenceEqual("ustar"u8)))
        {
            throw new InvalidDataException("it is in the format before PyTorch 1.6, which is not read. Convert it in Python: "
                + $"torch.save(torch.load('{Path.GetFileName(path)}', map_location='cpu'), 'converted.pt')");
        }
        throw new InvalidDataException("it is not a file of torch.save, which begins with the letters PK of a zip archive");
    }

    private static Dictionary<string, Tensor> Tensors(PyTorchArchive archive, Device? device)
    {
        var tensors = new Dictionary<string, Tensor>();
        using var scope = NewDisposeScope();
        foreach (var (name, view) in NamedTensors.In(new PickleReader(archive.Pickle(), new PyTorchNames()).Read()))
        {
            var tensor = archive.Storage(view.Storage).as_strided([.. view.Sizes], [.. view.Strides], view.Offset);
            if (!tensors.TryAdd(name, device is null ? tensor : tensor.to(device)))
                throw new InvalidDataException($"two tensors have the name '{name}'");
        }
        foreach (var tensor in tensors.Values) tensor.MoveToOuterDisposeScope();
        return tensors;
    }
}
