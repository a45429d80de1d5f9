using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A safetensors file or a sharded checkpoint on the disk.</summary>
internal sealed class FileSource : IParameterSource
{
    public FileSource(string path)
    {
        Name = path;
        using var file = SafeTensors.Open(path);
        Tensors = file.Tensors;
    }

    public string Name { get; }

    public IReadOnlyList<StoredTensor> Tensors { get; }

    public IParameterReader Open() => new Reader(SafeTensors.Open(Name));

    private sealed class Reader(SafeTensorsFile file) : IParameterReader
    {
        public Tensor Read(string name) => file.Read(name);

        public Tensor Read(string name, long start, long count) => file.Read(name, start, count);

        public void Dispose() => file.Dispose();
    }
}
