using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// What one task's features lose of their bias (Yang et al., ICML 2024, equation 3): z' = z - W_up relu(W_down z), for features z [..., d] with
/// W_down [r, d] and W_up [d, r]. W_down is drawn as a linear map's weight is and W_up is 0, as in the released code: it starts as the identity.
/// </summary>
internal sealed class SurgeryModule : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Linear down;
    private readonly TorchSharp.Modules.Linear up;

    public SurgeryModule(Tensor features, int rank, StableRandom random) : base("surgery")
    {
        var (width, type, device) = (features.shape[^1], features.dtype, features.device);
        (down, up) = (nn.Linear(width, rank, hasBias: false, device, type), nn.Linear(rank, width, hasBias: false, device, type));
        var bound = 1 / Math.Sqrt(width);
        using (no_grad())
        {
            using var drawn = tensor([.. Enumerable.Range(0, (int)(width * rank)).Select(_ => bound * (2 * random.NextUniform() - 1))]);
            using var start = drawn.view(rank, width).to(type);
            down.weight!.copy_(start);
            up.weight!.zero_();
        }
        RegisterComponents();
    }

    public override Tensor forward(Tensor z) => z - up.call(nn.functional.relu(down.call(z)));
}
