using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Keeps what the linear maps and convolutions of a network are given, so that weightings of gradients need neither the gradients of their weights for
/// each task (<c>Weighting.UPGrad().Backward(losses, tape)</c>) nor a backward pass for each row (<c>Weighting.UPGrad().Backward(rowLosses, tape)</c>, one
/// objective for each). Make it before the first forward pass; dispose it when the network is trained:
/// <code>
/// using var tape = new LayerTape(network);
/// foreach (var (x, y) in batches)
/// {
///     optimizer.zero_grad();
///     Weighting.UPGrad().Backward(Losses(network.call(x), y), tape);
///     optimizer.step();
/// }
/// </code>
/// A layer whose weight is used outside of its calls too is found in the first step, and its gradients are then computed.
/// </summary>
public sealed class LayerTape : IDisposable
{
    private readonly bool isForRows;
    private readonly List<TapedLayer> layers = [];
    private readonly List<nn.Module<Tensor, Tensor>.HookRemover> hooks = [];

    /// <param name="network">The network, in whole or the part that tasks share.</param>
    public LayerTape(nn.Module network) : this(network, isForRows: true)
    {
    }

    /// <param name="network">The network.</param>
    /// <param name="isForRows">Whether layers without a constant are recorded, which is of use for single rows only.</param>
    internal LayerTape(nn.Module network, bool isForRows)
    {
        ArgumentNullException.ThrowIfNull(network);
        Network = network;
        this.isForRows = isForRows;
        if (!GradientHooks.Exist) return;
        foreach (var module in network.modules().Distinct(ReferenceEqualityComparer.Instance))
        {
            if (module is TorchSharp.Modules.Linear linear) Watch(linear, linear.weight, linear.bias);
            else if (module is Conv2d { groups: 1, padding_mode: PaddingModes.Zeros, padding: not null } convolution)
                Watch(convolution, convolution.weight, convolution.bias);
        }
    }

    /// <summary>The network.</summary>
    public nn.Module Network { get; }

    /// <summary>Whether calls are recorded: in a hand-written loop always, in training only in passes that a weighting reads.</summary>
    internal bool IsRecording { get; set; } = true;

    /// <summary>The layers that the pass called.</summary>
    internal IEnumerable<TapedLayer> Called => layers.Where(layer => layer.IsCalled);

    /// <summary>Forgets the pass.</summary>
    internal void Clear() => layers.ForEach(layer => layer.Clear());

    /// <summary>Takes the hooks off the network.</summary>
    public void Dispose()
    {
        Clear();
        hooks.ForEach(hook => hook.remove());
        hooks.Clear();
    }

    private void Watch(nn.Module<Tensor, Tensor> module, Parameter weight, Parameter? bias)
    {
        if (!weight.requires_grad || bias is { requires_grad: false } || (bias is null && !isForRows)) return;
        var layer = new TapedLayer(module, weight, bias);
        layers.Add(layer);
        hooks.Add(module.register_forward_hook((_, input, output) =>
        {
            // In mixed precision rows and weights have different types.
            if (IsRecording && output.requires_grad && input.dtype == weight.dtype && output.dtype == weight.dtype) layer.Record(input, output);
            return null!;
        }));
    }
}
