using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// FAMO (Liu et al., NeurIPS 2023, algorithm 1): z = softmax(xi), D_t = L_t + 1e-8, L = c sum_t z_t log D_t with c = 1 / sum_t z_t / D_t, z and c without
/// a gradient. After the step the losses of the same rows are taken again; d_t = log D_t(before) - log D_t(after), and Adam moves xi along
/// z_t (d_t - sum_k z_k d_k): a task that fell less gets more. O(T), a second forward pass for each step. Losses above 0.
/// </summary>
/// <param name="LearningRate">Of xi; 0.025 in the paper's code.</param>
/// <param name="WeightDecay">gamma, of xi; 0.001 in the paper's code.</param>
internal sealed record FamoWeighting(double LearningRate, double WeightDecay) : LossWeighting
{
    private const double Epsilon = 1e-8;

    public override nn.Module<Tensor, Tensor> Build(IReadOnlyList<TaskSpec> tasks) => new Logits(tasks.Count, this);

    public override Weighting OfLogs() => throw new DeclarationException("FAMO takes the logs of the losses itself, before and after each step; leave out .OfLogs()");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"famo, learning rate {LearningRate}, decay {WeightDecay}");

    private sealed class Logits : nn.Module<Tensor, Tensor>, IStepEnd
    {
        private const double First = 0.9, Second = 0.999;

        private readonly FamoWeighting spec;

        public Logits(int tasks, FamoWeighting spec) : base("famo")
        {
            this.spec = spec;
            // Buffers, not parameters: they have an optimiser of their own.
            foreach (var name in new[] { "xi", "mean", "square", "before" }) register_buffer(name, zeros(tasks, ScalarType.Float64));
            register_buffer("steps", zeros(1, ScalarType.Float64));
        }

        public override Tensor forward(Tensor losses)
        {
            var logs = Positive.Log("famo", losses + Epsilon);
            var z = get_buffer("xi")!.softmax(0).to(losses.dtype);
            if (training) using (no_grad()) get_buffer("before")!.copy_(logs);
            var c = 1 / (z / (losses.detach() + Epsilon)).sum();
            return c * (z * logs).sum();
        }

        public void EndStep(Tensor losses)
        {
            using var scope = NewDisposeScope();
            using var untracked = no_grad();
            var (xi, mean, square, steps) = (get_buffer("xi")!, get_buffer("mean")!, get_buffer("square")!, get_buffer("steps")!);
            var z = xi.softmax(0);
            var fall = get_buffer("before")! - Positive.Log("famo", losses + Epsilon).to(ScalarType.Float64);
            var gradient = z * (fall - (z * fall).sum()) + spec.WeightDecay * xi;
            steps.add_(1);
            mean.mul_(First).add_((1 - First) * gradient);
            square.mul_(Second).add_((1 - Second) * gradient.square());
            var step = steps.item<double>();
            var (m, v) = (mean / (1 - Math.Pow(First, step)), square / (1 - Math.Pow(Second, step)));
            xi.sub_(spec.LearningRate * m / (v.sqrt() + Epsilon));
        }
    }
}
