using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace TorchSharp;

/// <summary>The two directions of a custom function, whatever class it is written in.</summary>
internal interface IFunction
{
    string Name { get; }

    List<Tensor> Forward(AutogradContext context, object?[] arguments);

    List<Tensor> Backward(AutogradContext context, List<Tensor> gradients);
}
