using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A layer whose weights are theta_0 + sum_t w_t tau_t with w = r(its input). It acts where the body calls the layer, while <see cref="IsOn"/>.
/// </summary>
/// <remarks>
/// One w for a batch: weights are made before the layer runs and taken away after it, O(T) times their number. A w for each row: a linear map
/// adds sum_t w_t(x) (tau_t x) to theta_0 x, T + 1 products in place of one; any other layer runs once for each row, and once in vain.
/// </remarks>
internal sealed class RoutedLayer
{
    private readonly nn.Module<Tensor, Tensor> layer;
    private readonly WeightRouter router;
    private readonly IReadOnlyList<(string Name, Func<Tensor> Theta0, Func<Tensor> Taus)> tensors;
    private Action? undo;
    private bool isInRows;

    /// <param name="name">The layer's name in the body.</param>
    /// <param name="layer">The layer there.</param>
    /// <param name="router">Its router.</param>
    /// <param name="tensors">Its parameters by their names in it, with theta_0 and tau [T, ...].</param>
    public RoutedLayer(string name, nn.Module<Tensor, Tensor> layer, WeightRouter router,
        IReadOnlyList<(string Name, Func<Tensor> Theta0, Func<Tensor> Taus)> tensors)
    {
        (Name, this.layer, this.router, this.tensors) = (name, layer, router, tensors);
        Hooks = [layer.register_forward_pre_hook((_, h) => Before(h)).remove, layer.register_forward_hook((_, h, output) => After(h, output)).remove];
    }

    /// <summary>The layer's name in the body.</summary>
    public string Name { get; }

    /// <summary>What takes it off the layer.</summary>
    public IReadOnlyList<Action> Hooks { get; }

    /// <summary>Whether the layer is weighed, or what it is in the body.</summary>
    public bool IsOn { get; set; }

    /// <summary>Whether each row has its own w.</summary>
    public bool IsPerRow { get; set; }

    /// <summary>Hears of w [rows, T] before it is averaged.</summary>
    public Action<string, Tensor>? Observer { get; set; }

    /// <summary>Gives the layer its own weights back, also after a call that failed.</summary>
    public void Restore()
    {
        undo?.Invoke();
        undo = null;
    }

    private Tensor Before(Tensor h)
    {
        if (!IsOn || isInRows) return h;
        // A linear map with a w for each row begins as theta_0; any other layer runs in vain, with theta_0 too.
        var w = IsPerRow ? null : Routed(h).mean([0L]);
        undo = FunctionalCall.Install(layer, tensors.ToDictionary(tensor => tensor.Name,
            tensor => w is null ? tensor.Theta0() : Weighed(tensor.Theta0(), tensor.Taus(), w)));
        return h;
    }

    private Tensor After(Tensor h, Tensor output)
    {
        if (!IsOn || isInRows) return output;
        Restore();
        if (!IsPerRow) return output;
        var w = Routed(h);
        return layer is TorchSharp.Modules.Linear ? output + TaskOutputs(h, w) : InRows(h, w);
    }

    private Tensor Routed(Tensor h)
    {
        var w = router.call(h);
        Observer?.Invoke(Name, w);
        return w;
    }

    // theta_0 + sum_t w_t tau_t
    private static Tensor Weighed(Tensor theta0, Tensor taus, Tensor w) => theta0 + w.matmul(taus.flatten(1)).view(theta0.shape);

    // sum_t w_t (tau_t h + the change of the bias), of all tasks in one product.
    private Tensor TaskOutputs(Tensor h, Tensor w)
    {
        var (weight, bias) = (Taus("weight"), Taus("bias"));
        var tasks = w.shape[1];
        var outputs = ((TorchSharp.Modules.Linear)layer).out_features;
        var all = weight is null
            ? bias!.view(-1).expand([.. h.shape[..^1], tasks * outputs])
            : nn.functional.linear(h, weight.reshape(tasks * outputs, -1), bias?.view(-1));
        long[] places = [w.shape[0], .. Enumerable.Repeat(1L, (int)h.Dimensions - 2), tasks, 1];
        return (all.view([.. h.shape[..^1], tasks, outputs]) * w.view(places)).sum([-2L]);
    }

    private Tensor? Taus(string name) => tensors.FirstOrDefault(tensor => tensor.Name == name).Taus?.Invoke();

    private Tensor InRows(Tensor h, Tensor w)
    {
        isInRows = true;
        try
        {
            return cat([.. Enumerable.Range(0, (int)h.shape[0]).Select(row => FunctionalCall.Call(layer,
                tensors.ToDictionary(tensor => tensor.Name, tensor => Weighed(tensor.Theta0(), tensor.Taus(), w[row])), h.narrow(0, row, 1)))], 0);
        }
        finally
        {
            isInRows = false;
        }
    }
}
