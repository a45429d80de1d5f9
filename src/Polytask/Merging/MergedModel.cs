using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A merged model that is not computed yet. Each of these reads the models anew and computes piece by piece, on the CPU, in Float32 or, where a
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
        var target = new DictionaryTarget();
        try
        {
            Fill(Tensors, target);
            return target.InOrder(Tensors);
        }
        catch
        {
            target.Discard();
            throw;
        }
    }

    /// <summary>Writes the merged model to a safetensors file, piece by piece; the file appears when it is whole.</summary>
    /// <param name="path">The file; it may be one of the models'.</param>
    /// <param name="metadata">Free texts to carry.</param>
    /// <exception cref="InvalidDataException">As for <see cref="ToDictionary"/>; nothing is left of the file.</exception>
    public void Save(string path, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var writer = SafeTensors.Create(path, Tensors, metadata);
        Fill(writer.Tensors, new FileTarget(writer));
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

    private void Fill(IReadOnlyList<StoredTensor> order, MergeTarget target)
    {
        using var untracked = no_grad();
        using var models = new OpenModels(pool, merged, Method.Statistics);
        StoredTensor[] tensors = [.. order.Where(IsMerged)];
        if (models.IsDouble) Method.Run<double>(models, tensors, target);
        else Method.Run<float>(models, tensors, target);
        foreach (var tensor in order.Where(tensor => !IsMerged(tensor)))
        {
            using var read = models.Base.Read(tensor.Name);
            target.Take(tensor.Name, read.clone().DetachFromDisposeScope());
        }
    }

    // Of a tensor without elements there is nothing to merge.
    private bool IsMerged(StoredTensor tensor) => merged.Contains(tensor.Name) && !tensor.Shape.Contains(0);
}
