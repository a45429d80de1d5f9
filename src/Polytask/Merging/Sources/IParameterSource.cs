using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A model to be merged, as named parameters: a state dictionary, a module or a safetensors file (<see cref="ParameterSource"/>), or the user's own.
/// </summary>
public interface IParameterSource
{
    /// <summary>What messages call the model: a file's path, "base", "model 2".</summary>
    string Name { get; }

    /// <summary>Names, types and shapes of the tensors.</summary>
    IReadOnlyList<StoredTensor> Tensors { get; }

    /// <summary>Opens the model for one pass after the other; the reader is used by several threads at once.</summary>
    IParameterReader Open();
}

/// <summary>An open model, from which tensors are read one by one.</summary>
public interface IParameterReader : IDisposable
{
    /// <summary>Whether reading gives a view of what is in memory, and takes no time.</summary>
    bool IsInMemory => false;

    /// <summary>A tensor, contiguous and on the CPU; it may share memory with the model, so it is only read. The caller disposes it.</summary>
    Tensor Read(string name);

    /// <summary>So many elements of a flattened tensor from a place on, as [count]; as <see cref="Read(string)"/>.</summary>
    Tensor Read(string name, long start, long count)
    {
        using var whole = Read(name);
        using var flat = whole.view(-1);
        return flat.narrow(0, start, count);
    }
}
