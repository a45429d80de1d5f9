using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A merged model that is not computed yet. Each of these reads the models anew and computes tensor by tensor, on the CPU, in Float32 or, where a
/// merged tensor is Float64, in Float64; tensors keep the base's types. The same bits come from dictionaries, modules and files, sharded or not, and
/// from any number of threads. A number that is NaN or infinite in a model stops the merge.
/// </summary>
public sealed class MergedModel
{
    private readonly MergePool pool;
    private readonly HashSet<string> merged;

    internal MergedModel(MergePool pool, MergeMethod method, HashSet<string> merged) => (this.pool, Method, this.merged) = (pool, method, merged);

    /// <summary>The models of which it is merged.</summary>
    internal MergePool Pool => pool;

    /// <summary>How the models are merged.</summary>
    public MergeMethod Method { get; }

    /// <summary>Names, types and shapes: the base's.</summary>
    public IReadOnlyList<StoredTensor> Tensors => pool.Base.Tensors;

    /// <summary>The merged model as a state dictionary; the caller disposes its tensors.</summary>
    /// <exception cref="InvalidDataException">NaN or infinite numbers, or a damaged file; the message names the model and the tensor.</exception>
    public Dictionary<string, Tensor> ToDictionary()
    {
        var tensors = new Dictionary<string, Tensor>();
        try
        {
            Stream(Tensors, (name, tensor) => tensors.Add(name, tensor));
            return tensors;
        }
        catch
        {
            foreach (var tensor in tensors.Values) tensor.Dispose();
            throw;
        }
    }

    /// <summary>Writes the merged model to a safetensors file, tensor by tensor; the file appears when it is whole.</summary>
    /// <param name="path">The file; it may be one of the models'.</param>
    /// <param name="metadata">Free texts to carry.</param>
    /// <exception cref="InvalidDataException">As for <see cref="ToDictionary"/>; nothing is left of the file.</exception>
    public void Save(string path, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var writer = SafeTensors.Create(path, Tensors, metadata);
        Stream(writer.Tensors, (name, tensor) =>
        {
            using (tensor) writer.Write(name, tensor);
        });
        writer.Complete();
    }

    /// <summary>Puts the merged model into a module, which may be one of the models; where the merge fails nothing changes.</summary>
    /// <exception cref="InvalidOperationException">Names or shapes differ from the module's; the message lists them.</exception>
    /// <exception cref="InvalidDataException">As for <see cref="ToDictionary"/>.</exception>
    public void Into(nn.Module module)
    {
        var (targets, _, _) = ModuleFit.Check("the merged model", Tensors, module, strict: true);
        var tensors = ToDictionary();
        using var untracked = no_grad();
        foreach (var (name, tensor) in tensors)
        {
            using (tensor) targets[name].copy_(tensor);
        }
    }

    private void Stream(IReadOnlyList<StoredTensor> order, Action<string, Tensor> emit)
    {
        using var untracked = no_grad();
        using var models = new OpenModels(pool, merged, Method.Statistics);
        using var merge = models.IsDouble ? Method.Start<double>(models) : Method.Start<float>(models);
        foreach (var tensor in order)
        {
            if (merged.Contains(tensor.Name))
            {
                emit(tensor.Name, merge.Merge(tensor).DetachFromDisposeScope());
                continue;
            }
            using var read = models.Base.Read(tensor.Name);
            emit(tensor.Name, read.clone().DetachFromDisposeScope());
        }
    }
}
