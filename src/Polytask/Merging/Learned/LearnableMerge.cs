using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A merge for a module, whose coefficients can be changed: theta^l = theta_0^l + sum_t lambda_t^l tau'_t^l, which <see cref="Install"/> puts in
/// place of the module's own tensors. The way back is not through a graph of additions but by
/// <code>dL / dlambda_t^l = &lt; dL / dtheta^l, tau'_t^l &gt;</code>
/// from the gradient of theta, so that both ways read the task vectors once. In memory, on the module's
/// device: the merged tensors T + 2 times, and while gradients are added up twice more.
/// </summary>
internal sealed class LearnableMerge : IDisposable
{
    private readonly List<Layer> layers = [];
    private readonly Dictionary<string, int> layerOf = [];
    private readonly List<(string Name, Tensor Own, Tensor Given)> replaced = [];
    private readonly nn.Module body;
    private readonly int tasks;

    public LearnableMerge(MergePool pool, nn.Module body, TaskVectorRule rule, MergeCoefficients initial)
    {
        using var untracked = no_grad();
        var merged = PoolCheck.Merged(pool.Base, pool.Tuned, pool.Excluded);
        new CoefficientsMerge(initial, rule).Check(pool.Tuned.Length, [.. pool.Base.Tensors.Where(tensor => merged.Contains(tensor.Name))]);
        var own = body.state_dict();
        foreach (var (name, buffer) in body.named_buffers()) own.TryAdd(name, buffer);
        Check(pool, body, merged, own);
        (this.body, tasks) = (body, pool.Tuned.Length);
        using var models = new OpenModels(pool, merged, []);
        try
        {
            Initial = models.IsDouble ? Read<double>(models, rule, initial, own) : Read<float>(models, rule, initial, own);
            Replace(models, own);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The layers: one for each tensor that is merged and trained; names of one tensor are one layer.</summary>
    public int Layers => layers.Count;

    /// <summary>The coefficients by the rule for them, [layers, T], Float64.</summary>
    public double[,] Initial { get; }

    /// <summary>theta^l, of which gradients are taken.</summary>
    public Tensor[] Thetas => [.. layers.Select(layer => layer.Theta)];

    /// <summary>Puts theta into the module, until the result is called.</summary>
    public Action Install() => FunctionalCall.Install(body, replaced);

    /// <summary>Sets theta.</summary>
    /// <param name="coefficients">lambda, [layers, T].</param>
    public void Set(Tensor coefficients)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        // One transfer for all of them.
        var lambda = coefficients.to(layers[0].Rows.dtype, layers[0].Rows.device);
        for (var l = 0; l < layers.Count; l++)
        {
            var (_, theta0, rows, theta) = layers[l];
            theta.copy_(theta0.addmv(rows.t(), lambda[l].to(rows.device)).view(theta.shape));
        }
    }

    /// <summary>dL / dlambda, [layers, T], Float64 on the CPU.</summary>
    /// <param name="gradients">dL / dtheta^l; null where the loss does not depend on a tensor.</param>
    public Tensor Gradient(IEnumerable<Tensor?> gradients)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        var device = layers[0].Rows.device;
        return stack([.. layers.Zip(gradients, (layer, gradient) => gradient is null
            ? zeros(tasks, layer.Rows.dtype, device)
            : layer.Rows.mv(gradient.reshape(-1).to(layer.Rows.dtype)).to(device))]).to(ScalarType.Float64).cpu().MoveToOuterDisposeScope();
    }

    /// <summary>Coefficients by the tensors' names.</summary>
    public Dictionary<string, double[]> Named(Tensor coefficients)
    {
        var numbers = coefficients.data<double>().ToArray();
        return layerOf.ToDictionary(pair => pair.Key, pair => numbers.AsSpan(pair.Value * tasks, tasks).ToArray());
    }

    public void Dispose()
    {
        foreach (var (_, theta0, rows, theta) in layers)
        {
            theta0.Dispose();
            rows.Dispose();
            theta.Dispose();
        }
        foreach (var (_, _, given) in replaced) given.Dispose();
    }

    private sealed record Layer(string Name, Tensor Base, Tensor Rows, Tensor Theta);

    private double[,] Read<T>(OpenModels models, TaskVectorRule rule, MergeCoefficients initial, Dictionary<string, Tensor> own)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        StoredTensor[] covered = [.. models.Merged.Where(rule.Covers)];
        var values = initial.Values(new BlockPasses<T>(models, covered));
        var vectors = rule.Start<T>(models);
        var places = new Dictionary<Tensor, int>(ReferenceEqualityComparer.Instance);
        foreach (var tensor in covered)
        {
            var target = own[tensor.Name];
            layerOf[tensor.Name] = places.TryGetValue(target, out var place) ? place : places[target] = layers.Count;
            if (layerOf[tensor.Name] < layers.Count) continue;
            using var scope = NewDisposeScope();
            var rows = vectors.Rows(tensor).to(target.device).DetachFromDisposeScope();
            var theta0 = models.ReadFinite(0, tensor.Name).to(rows.device).reshape(-1).clone().DetachFromDisposeScope();
            var theta = Like(target, requiresGradient: target is Parameter);
            layers.Add(new(tensor.Name, theta0, rows, theta));
        }
        var found = new double[layers.Count, tasks];
        for (var l = 0; l < layers.Count; l++)
            for (var t = 0; t < tasks; t++) found[l, t] = values[layers[l].Name][t];
        return found;
    }

    // What is not merged is the base's, also in the module.
    private void Replace(OpenModels models, Dictionary<string, Tensor> own)
    {
        var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        foreach (var layer in layers)
            if (seen.Add(own[layer.Name])) replaced.Add((layer.Name, own[layer.Name], layer.Theta));
        foreach (var (name, tensor) in own)
        {
            if (!seen.Add(tensor)) continue;
            using var scope = NewDisposeScope();
            var given = Like(tensor, requiresGradient: false);
            replaced.Add((name, tensor, given));
            given.copy_(models.Base.Read(name));
        }
    }

    private static Tensor Like(Tensor tensor, bool requiresGradient)
    {
        var made = empty_like(tensor.detach()).contiguous().DetachFromDisposeScope();
        return tensor is Parameter ? new Parameter(made, requiresGradient).DetachFromDisposeScope() : made;
    }

    private static void Check(MergePool pool, nn.Module body, HashSet<string> merged, Dictionary<string, Tensor> own)
    {
        var known = pool.Base.Tensors.ToDictionary(tensor => tensor.Name);
        List<string> problems = [];
        foreach (var name in merged.Where(name => !own.ContainsKey(name)).Order(StringComparer.Ordinal))
            problems.Add($"it has no '{name}', which is merged{Names.DidYouMean(name, own.Keys.Where(key => !known.ContainsKey(key)))}; "
                + "leave out what is none of the body's with Without");
        foreach (var (name, tensor) in own)
        {
            if (!known.TryGetValue(name, out var stored))
                problems.Add($"its '{name}' is not in the base ({pool.Base.Name})");
            else if (!tensor.shape.AsSpan().SequenceEqual([.. stored.Shape]))
                problems.Add($"its '{name}' is {StoredTensor.Of(name, tensor).Described}, in the base {stored.Described}");
        }
        if (problems.Count > 0)
            throw new ArgumentException($"the body {body.GetName()} does not fit the models:"
                + string.Concat(problems.Take(20).Select(problem => $"\n  {problem}"))
                + (problems.Count > 20 ? $"\n  and {problems.Count - 20} more" : ""), nameof(body));
    }
}
