using System.Text.Json;

namespace Polytask;

/// <summary>
/// The index of a sharded checkpoint, by custom <c>model.safetensors.index.json</c>: a JSON object whose <c>weight_map</c> gives for each tensor the
/// file, beside the index, that holds it.
/// </summary>
internal static class SafeTensorsIndex
{
    /// <summary>Whether a path is an index and not a file of tensors.</summary>
    public static bool Is(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The tensors' names by shard.</summary>
    /// <exception cref="InvalidDataException">It is no such index; the message says why.</exception>
    public static ILookup<string, string> Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"there is no index '{path}' (looked for as '{Path.GetFullPath(path)}'); check its path", path);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("weight_map", out var map)
                || map.ValueKind != JsonValueKind.Object)
            {
                throw new InvalidDataException($"{path}: not the index of a sharded checkpoint; expected an object with the object 'weight_map'");
            }
            var places = new Dictionary<string, string>();
            foreach (var tensor in map.EnumerateObject())
            {
                if (tensor.Value.ValueKind != JsonValueKind.String)
                    throw new InvalidDataException($"{path}: tensor '{tensor.Name}' has {tensor.Value.ValueKind} as its file; "
                        + $"expected a file's name");
                var file = tensor.Value.GetString()!;
                // A shard lies beside its index: a downloaded index must not make the process read elsewhere.
                if (file is "" or "." or ".." || file.AsSpan().IndexOfAny('/', '\\', '\0') >= 0)
                    throw new InvalidDataException($"{path}: tensor '{tensor.Name}' is in '{file}'; "
                        + $"expected the name of a file beside the index, without a folder");
                if (!places.TryAdd(tensor.Name, file)) throw new InvalidDataException($"{path}: tensor '{tensor.Name}' appears twice");
            }
            return places.ToLookup(place => place.Value, place => place.Key);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path}: not valid JSON: {error.Message}", error);
        }
    }
}
