using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// What heads that predict a value for every pixel share: features channels x height x width, a 1 x 1 convolution, labels per pixel.
/// </summary>
internal abstract record MapHead : Head
{
    public sealed override bool ReadsVector => false;

    public sealed override bool LearnsPartialRows => true;

    public sealed override nn.Module<Tensor, Tensor> Build(Shape features) => new PointwiseConvolution(features[0], Outputs);

    public sealed override void CheckFeatures(Shape given, string place, string giver)
    {
        if (given.Rank != 3)
            throw new DeclarationException($"{place}: a {Name} head reads maps, channels x height x width, but {giver} gives {given}");
    }
}
