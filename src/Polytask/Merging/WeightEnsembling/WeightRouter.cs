using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Weights of T task vectors from what a layer reads (Tang et al., ICML 2024, section 3.3): r(h) = W_2 relu(W_1 h + b_1) + b_2, or W_2 h + b_2, or
/// b_2 alone; of h [rows, ..., width] the mean of r over all positions of a row, [rows, T]. They need not be positive nor sum to 1.
/// </summary>
/// <remarks>b_2 starts at lambda and W_1 is drawn from N(0, 0.01²) as in the released code. W_2 is drawn so there too; here it is 0, so that the
/// start is task arithmetic itself and not near it.</remarks>
internal sealed class WeightRouter : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Linear? hidden;
    private readonly TorchSharp.Modules.Linear? output;
    private readonly Parameter? weights;

    /// <param name="like">A tensor of the type and on the device of what is read.</param>
    /// <param name="width">The last dimension of what is read.</param>
    /// <param name="tasks">T.</param>
    /// <param name="options">Depth and start.</param>
    /// <param name="random">Of W_1.</param>
    public WeightRouter(Tensor like, long width, int tasks, WeightEnsemblingOptions options, StableRandom random) : base("router")
    {
        using var untracked = no_grad();
        var (type, device) = (like.dtype, like.device);
        if (options.RouterDepth == 0)
        {
            weights = new Parameter(full([tasks], options.Scale, type, device));
        }
        else
        {
            output = nn.Linear(width, tasks, device: device, dtype: type);
            output.weight!.zero_();
            output.bias!.fill_(options.Scale);
        }
        if (options.RouterDepth == 2)
        {
            hidden = nn.Linear(width, width, device: device, dtype: type);
            using var drawn = tensor(random.Gaussians((int)(width * width), 0.01));
            using var start = drawn.view(width, width);
            hidden.weight!.copy_(start);
            hidden.bias!.zero_();
        }
        RegisterComponents();
    }

    public override Tensor forward(Tensor h)
    {
        if (weights is not null) return weights.unsqueeze(0).expand(h.shape[0], -1);
        var r = output!.call(hidden is null ? h : nn.functional.relu(hidden.call(h)));
        return r.Dimensions == 2 ? r : r.flatten(1, -2).mean([1L]);
    }
}
