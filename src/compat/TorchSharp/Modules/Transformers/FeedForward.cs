using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>The step of a transformer layer at each place by itself: Vaswani et al. (2017), equation 2, with dropout after the activation.</summary>
internal static class FeedForward
{
    public static Tensor Of(Tensor input, Linear linear1, Linear linear2, nn.Activations activation, double dropout, bool training)
    {
        using var scope = NewDisposeScope();
        var hidden = linear1.call(input);
        var bent = activation == nn.Activations.GELU ? functional.gelu(hidden) : functional.relu(hidden);
        return linear2.call(Dropped(bent, dropout, training)).MoveToOuterDisposeScope();
    }

    public static Tensor Dropped(Tensor input, double dropout, bool training) => training && dropout > 0 ? functional.dropout(input, dropout) : input;
}
