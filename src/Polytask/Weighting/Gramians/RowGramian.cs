using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// The Gramian of all rows' gradients, one objective for each row and task, from one backward pass for each task: of a layer with inputs a_i and output
/// gradients d_i the gradient of row i is d_i a_iᵀ, and the dot product of two rows' (d_i · d_j)(a_i · a_j) (Goodfellow, 2015). Rows of several tokens or
/// pixels are multiplied out or summed up in pairs, whichever is less. Parameters of other layers take a backward pass for each row.
/// </summary>
internal static class RowGramian
{
    /// <summary>G, float64 [T B, T B] on the CPU: task by task, row by row.</summary>
    /// <param name="rowLosses">For each task the losses of the rows, [B].</param>
    /// <param name="tape">The calls of the pass.</param>
    /// <param name="parameters">What to differentiate by.</param>
    /// <exception cref="ArgumentException">A layer mixes rows, so that a row has no gradient of its own.</exception>
    public static Tensor Of(IReadOnlyList<Tensor> rowLosses, LayerTape tape, IReadOnlyList<Parameter> parameters)
    {
        if (tape.Network.modules().FirstOrDefault(module => module is BatchNorm1d or BatchNorm2d or BatchNorm3d && module.training) is { } mixing)
            throw new ArgumentException($"one objective for each row: {mixing.GetName()} mixes the rows of a batch in training; use a normalisation of single rows, "
                + "as LayerNorm or GroupNorm");
        using var scope = NewDisposeScope();
        var (tasks, batch) = (rowLosses.Count, rowLosses[0].shape[0]);
        var known = parameters.ToHashSet<Parameter>(ReferenceEqualityComparer.Instance);
        TapedLayer[] layers = [.. tape.Called.Where(layer => layer.IsWhole is not false && layer.IsByExample(batch) && known.Contains(layer.Weight))];
        foreach (var layer in layers) layer.IsWatched = true;
        TapedLayer[] unknown = [.. layers.Where(layer => layer.IsWhole is null)];
        var rows = Array.ConvertAll(layers, _ => new Tensor?[tasks]);
        for (var task = 0; task < tasks && layers.Length > 0; task++)
        {
            if (!rowLosses[task].requires_grad) continue;
            var sums = SharedGradients.There(
                autograd.grad([rowLosses[task].sum()], [.. layers.Select(layer => layer.Weight)], retain_graph: true, allow_unused: true));
            for (var i = 0; i < layers.Length; i++)
            {
                rows[i][task] = layers[i].TakeGradientRows();
                if (unknown.Contains(layers[i])) layers[i].Compare(rows[i][task], sums[i]);
            }
        }
        var gramian = zeros(tasks * batch, tasks * batch, dtype: ScalarType.Float64);
        for (var i = 0; i < layers.Length; i++)
        {
            if (layers[i].IsWhole is not true) continue;
            using var step = NewDisposeScope();
            gramian.add_(Products(layers[i], rows[i], batch).to(ScalarType.Float64).cpu());
            known.Remove(layers[i].Weight);
            if (layers[i].Bias is { } bias) known.Remove(bias);
        }
        Tensor[] rest = [.. parameters.Where(known.Contains)];
        if (rest.Length > 0) gramian.add_(OneByOne(rowLosses, rest));
        return ((gramian + gramian.t()) / 2).MoveToOuterDisposeScope();
    }

    private static Tensor Products(TapedLayer layer, Tensor?[] gradientRows, long batch)
    {
        var tasks = gradientRows.Length;
        var inputs = layer.InputRows();
        var gradients = cat([.. gradientRows.Select(row => row ?? zeros([layer.Rows, layer.Outputs], dtype: inputs.dtype, device: inputs.device))]);
        var (per, objectives) = (layer.Rows / batch, tasks * batch);
        if (per > 1 && objectives * layer.Inputs * layer.Outputs < objectives * per * objectives * per)
        {
            // dW_i = sum over tokens or pixels, [T B, m, n].
            var each = gradients.reshape(objectives, per, layer.Outputs);
            var whole = each.transpose(1, 2).matmul(inputs.reshape(batch, per, layer.Inputs).repeat(tasks, 1, 1)).reshape(objectives, -1);
            var products = DotProducts.Of(whole, whole);
            if (layer.Bias is null) return products;
            var sums = each.sum([1L]);
            return products + DotProducts.Of(sums, sums);
        }
        var kernel = inputs.matmul(inputs.t());
        if (layer.Bias is not null) kernel = kernel + 1;
        var pairs = gradients.matmul(gradients.t()) * kernel.repeat(tasks, tasks);
        return per == 1 ? pairs : pairs.reshape(objectives, per, objectives, per).sum([1L, 3L]);
    }

    private static Tensor OneByOne(IReadOnlyList<Tensor> rowLosses, Tensor[] rest)
    {
        Tensor[] each = [.. rowLosses.SelectMany(losses => losses.unbind())];
        var gradients = SharedGradients.Of(each, rest, Array.ConvertAll(each, _ => Array.Empty<Parameter>()), retainGraph: true);
        return gradients.Gramian();
    }
}
