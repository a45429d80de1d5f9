using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Group distributionally robust optimisation over tasks (Sagawa et al., ICLR 2020, algorithm 1): in every training step q_t becomes
/// q_t exp(eta L_t) / sum_s q_s exp(eta L_s), from 1/T on, and L = sum_t q_t L_t. The tasks with the largest losses get the weight.
/// </summary>
internal sealed record GroupDroWeighting(double Step) : LossWeighting
{
    public override nn.Module<Tensor, Tensor> Build(IReadOnlyList<TaskSpec> tasks) => new Shares(tasks.Count, Step);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"group DRO {Step}");

    private sealed class Shares : nn.Module<Tensor, Tensor>
    {
        private readonly double step;

        public Shares(int tasks, double step) : base("group_dro")
        {
            this.step = step;
            register_buffer("shares", full(tasks, 1f / tasks));
        }

        public override Tensor forward(Tensor losses)
        {
            var shares = get_buffer("shares")!;
            if (training)
            {
                // By a softmax of log shares, which large losses do not overflow.
                using var untracked = no_grad();
                shares.copy_((shares.clamp(min: 1e-30).log() + step * losses.detach()).softmax(0));
            }
            // A copy: the next step changes the buffer in place.
            return (shares.clone() * losses).sum();
        }
    }
}
