using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>The kinds of models that can be merged.</summary>
public static class ParameterSource
{
    /// <summary>A state dictionary; its tensors are read where they lie.</summary>
    /// <param name="tensors">Names and tensors.</param>
    /// <param name="name">What messages call it.</param>
    public static IParameterSource Of(IReadOnlyDictionary<string, Tensor> tensors, string name = "state dictionary") =>
        new DictionarySource(tensors, name);

    /// <summary>A module: its <c>state_dict()</c>, with the values that it has when a merge reads them.</summary>
    /// <param name="module">The module.</param>
    /// <param name="name">What messages call it; by default the module's name.</param>
    public static IParameterSource Of(nn.Module module, string? name = null) => new DictionarySource(module.state_dict(), name ?? module.GetName());

    /// <summary>A safetensors file, or the index of a sharded checkpoint; nothing but the header is read now.</summary>
    /// <param name="path">A safetensors file, or an index that ends in .json, whose shards lie beside it.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or a shard is missing.</exception>
    /// <exception cref="InvalidDataException">The file is damaged; the message names the file, the tensor and what was expected.</exception>
    public static IParameterSource Of(string path) => new FileSource(path);
}
