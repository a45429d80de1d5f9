using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>The weights of one gate: [rows, ...input] → [rows, experts].</summary>
internal abstract class GateModule(string name = "gate") : nn.Module<Tensor, Tensor>(name)
{
    private Tensor? penalty;

    /// <summary>What the last forward pass in training adds to the losses, handed over once; null where there is nothing.</summary>
    public Tensor? TakePenalty() => Interlocked.Exchange(ref penalty, null);

    /// <summary>Adds to what the next <see cref="TakePenalty"/> gives; evaluation adds nothing.</summary>
    private protected void Penalise(Tensor value)
    {
        if (training) penalty = penalty is null ? value : penalty + value;
    }
}

/// <summary>A user's own gate; what it gives is checked at every call, which costs nothing beside the gate.</summary>
internal sealed class OwnGateModule : GateModule
{
    private readonly string label;
    private readonly nn.Module<Tensor, Tensor> module;
    private readonly int experts;

    public OwnGateModule(string label, nn.Module<Tensor, Tensor> module, int experts)
    {
        (this.label, this.module, this.experts) = (label, module, experts);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var weights = module.call(x);
        return weights.ndim == 2 && weights.shape[0] == x.shape[0] && weights.shape[1] == experts
            ? weights
            : throw new DeclarationException($"gate '{label}' must give a weight for each of {experts} experts, [{x.shape[0]}, {experts}], "
                + $"but its module gives [{string.Join(", ", weights.shape)}]");
    }
}
