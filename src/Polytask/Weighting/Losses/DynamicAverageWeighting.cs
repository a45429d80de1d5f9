using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// L = sum_t w_t L_t with w_t = T softmax_t(q_t / tau), q_t the ratio of the task's mean losses in the last two epochs; w = 1 in the first two (dynamic
/// weight averaging: Liu, Johns and Davison, CVPR 2019, equation 7). A task that falls slowly counts more.
/// </summary>
internal sealed record DynamicAverageWeighting(double Temperature) : LossWeighting
{
    public override nn.Module<Tensor, Tensor> Build(IReadOnlyList<TaskSpec> tasks) => new Averages(tasks.Count, Temperature);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"dynamic weight average, temperature {Temperature}");

    private sealed class Averages : nn.Module<Tensor, Tensor>, IEpochEnd
    {
        private readonly double temperature;

        public Averages(int tasks, double temperature) : base("dynamic_average")
        {
            this.temperature = temperature;
            register_buffer("weights", ones(tasks));
            register_buffer("last", zeros(tasks, ScalarType.Float64)); // 0: no epoch yet
        }

        public override Tensor forward(Tensor losses) => losses.dot(get_buffer("weights")!);

        public void EndEpoch(IReadOnlyList<double> losses)
        {
            using var scope = NewDisposeScope();
            using var untracked = no_grad();
            var (now, last, weights) = (tensor(losses.ToArray()), get_buffer("last")!, get_buffer("weights")!);
            if (last.gt(0).all().item<bool>()) weights.copy_(losses.Count * (now / last.cpu() / temperature).softmax(0));
            last.copy_(now);
        }
    }
}
