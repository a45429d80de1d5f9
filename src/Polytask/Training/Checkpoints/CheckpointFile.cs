using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A safetensors file of tensors and one JSON text, which lies in the file's metadata with a checksum of everything: the file appears whole or not
/// at all, and damage of any kind is found when it is read. It holds numbers and nothing that could run.
/// </summary>
internal static class CheckpointFile
{
    private const string RecordKey = "polytask", HashKey = "sha256";

    /// <summary>Writes the file, in place of an older one of its name once it is complete.</summary>
    public static void Save(string path, string record, IReadOnlyDictionary<string, Tensor> tensors) =>
        SafeTensors.Save(path, tensors, new Dictionary<string, string> { [RecordKey] = record, [HashKey] = HashOf(record, tensors) });

    /// <summary>Reads the file; the tensors lie on the CPU.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or is no file of this kind.</exception>
    public static (string Record, Dictionary<string, Tensor> Tensors) Load(string path)
    {
        using var file = SafeTensors.Open(path);
        if (!file.Metadata.TryGetValue(RecordKey, out var record) || !file.Metadata.TryGetValue(HashKey, out var hash))
            throw new InvalidDataException($"{path} is a safetensors file, but not one that polytask wrote of a training");
        var tensors = file.ReadAll(null);
        return HashOf(record, tensors) == hash
            ? (record, tensors)
            : throw new InvalidDataException($"{path} is damaged: its content does not have the checksum that was written with it");
    }

    private static string HashOf(string record, IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var hash = new ContentHash().Add(record);
        foreach (var (name, tensor) in tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal)) hash.Add(name).Add(tensor);
        return hash.ToString();
    }
}
