using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Files of tensors by name in the safetensors format, which holds numbers and nothing that could run: read whole, tensor by tensor, or from the
/// shards of a large checkpoint; written whole or not at all. Format: https://huggingface.co/docs/safetensors
/// </summary>
public static class SafeTensors
{
    /// <summary>Writes tensors to a file, each from its own memory: <c>SafeTensors.Save("model.safetensors", module.state_dict())</c>.</summary>
    /// <param name="path">The file; an older one is replaced once the new one is complete.</param>
    /// <param name="tensors">Names and tensors of any layout and device. Views of one memory are written one by one.</param>
    /// <param name="metadata">Free texts to carry.</param>
    /// <exception cref="ArgumentException">A name that is double, reserved or no Unicode text, or a type that the format lacks.</exception>
    /// <exception cref="IOException">The file cannot be written; nothing is left of it.</exception>
    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var given = tensors.ToList();
        using var writer = Create(path, given.Select(pair => StoredTensor.Of(pair.Key, pair.Value)), metadata);
        var byName = given.ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var tensor in writer.Tensors) writer.Write(tensor.Name, byName[tensor.Name]);
        writer.Complete();
    }

    /// <inheritdoc cref="Save(string, IEnumerable{KeyValuePair{string, Tensor}}, IReadOnlyDictionary{string, string})"/>
    public static void Save(string path, IEnumerable<(string Name, Tensor Tensor)> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        Save(path, tensors.Select(pair => KeyValuePair.Create(pair.Name, pair.Tensor)), metadata);

    /// <summary>A writer that takes the declared tensors one by one.</summary>
    /// <param name="path">The file; it appears when the writer is completed.</param>
    /// <param name="tensors">Names, types and shapes of all that will be written.</param>
    /// <param name="metadata">Free texts to carry.</param>
    /// <exception cref="ArgumentException">A name that is double, reserved or no Unicode text, or a type that the format lacks.</exception>
    public static SafeTensorsWriter Create(string path, IEnumerable<StoredTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        new(path, tensors, metadata);

    /// <summary>Reads all tensors of a file or a sharded checkpoint.</summary>
    /// <param name="path">A safetensors file, or an index that ends in .json.</param>
    /// <param name="device">Where to; null for the CPU.</param>
    /// <exception cref="InvalidDataException">The file is damaged; the message names the file, the tensor and what was expected.</exception>
    public static Dictionary<string, Tensor> Load(string path, Device? device = null)
    {
        using var file = Open(path);
        return file.ReadAll(device);
    }

    /// <summary>
    /// Reads a file's tensors into a module's parameters and buffers of the same names, straight into their memory where type and device agree.
    /// Nothing changes where names or shapes do not fit.
    /// </summary>
    /// <param name="module">The module.</param>
    /// <param name="path">A safetensors file, or an index that ends in .json.</param>
    /// <param name="strict">Refuse names that only one of them has, as <c>load_state_dict</c> does.</param>
    /// <exception cref="InvalidOperationException">Names or shapes differ; the message lists them.</exception>
    /// <exception cref="InvalidDataException">The file is damaged; the message names the file, the tensor and what was expected.</exception>
    public static (IList<string> Missing, IList<string> Unexpected) LoadInto(nn.Module module, string path, bool strict = true)
    {
        using var file = Open(path);
        var (targets, missing, unexpected) = ModuleFit.Check(path, file.Tensors, module, strict);
        foreach (var tensor in file.Tensors)
            if (targets.TryGetValue(tensor.Name, out var target)) file.ReadInto(tensor.Name, target);
        return (missing, unexpected);
    }

    /// <summary>Opens a file or a sharded checkpoint to read tensors one by one.</summary>
    /// <param name="path">A safetensors file, or an index that ends in .json, whose shards lie beside it.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or a shard is missing.</exception>
    /// <exception cref="InvalidDataException">The file is damaged; the message names the file, the tensor and what was expected.</exception>
    public static SafeTensorsFile Open(string path) => new(path);
}
