using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>The weights of one softmax gate: [batch, ...input] → [batch, experts], each row summing to 1.</summary>
internal sealed class SoftmaxGateModule : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;

    public SoftmaxGateModule(Shape input, int experts, bool zero) : base("gate")
    {
        weight = new Parameter(empty(experts, input.Count));
        if (zero) nn.init.zeros_(weight);
        else nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => nn.functional.linear(x.flatten(1), weight).softmax(1);
}
