using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Smooth Tchebycheff as its authors train many tasks with it: sum_t log L_t for the first epochs, whose last one's mean losses become the nadir n; then
/// T mu log sum_t exp(log(L_t / n_t) / mu) (Lin et al., ICML 2024, experiments). Losses above 0.
/// </summary>
internal sealed record NadirTchebycheffWeighting(double Smoothness, int WarmUp) : LossWeighting
{
    public override nn.Module<Tensor, Tensor> Build(IReadOnlyList<TaskSpec> tasks) => new AboveNadir(tasks.Count, this);

    public override Weighting OfLogs() =>
        throw new DeclarationException("smooth Tchebycheff from the nadir takes the logs of the losses over those of the first epochs itself; leave out .OfLogs()");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"smooth tchebycheff from the nadir, mu {Smoothness}, warm-up {WarmUp}");

    private sealed class AboveNadir : nn.Module<Tensor, Tensor>, IEpochEnd
    {
        private readonly NadirTchebycheffWeighting spec;

        public AboveNadir(int tasks, NadirTchebycheffWeighting spec) : base("nadir_tchebycheff")
        {
            this.spec = spec;
            register_buffer("nadir", ones(tasks));
            register_buffer("epochs", zeros(1, ScalarType.Int64));
        }

        public override Tensor forward(Tensor losses)
        {
            var logs = Positive.Log("smooth tchebycheff", losses);
            if (get_buffer("epochs")!.item<long>() < spec.WarmUp) return logs.sum();
            return losses.shape[0] * spec.Smoothness * ((logs - get_buffer("nadir")!.log()) / spec.Smoothness).logsumexp(0);
        }

        public void EndEpoch(IReadOnlyList<double> losses)
        {
            using var untracked = no_grad();
            var epochs = get_buffer("epochs")!;
            epochs.add_(1);
            if (epochs.item<long>() == spec.WarmUp) get_buffer("nadir")!.copy_(tensor(losses.ToArray()));
        }
    }
}
