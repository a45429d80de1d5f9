using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// What a bilevel rule sees in a step: the losses of the rows trained on and of the rows held out, and their gradients with respect to all that is
/// trained, at the parameters theta and wherever the rule moves them.
/// </summary>
public sealed class LookAhead
{
    private readonly Tensor[] parameters, kept, before;
    private bool isMoved;

    internal LookAhead(
        string rule, Func<IReadOnlyList<Tensor>> lower, Func<IReadOnlyList<Tensor>> upper, Tensor[] parameters, Tensor[] statistics)
    {
        if (parameters.Length == 0) throw new ArgumentException($"{rule}: there is nothing to train; give the parameters that require a gradient");
        this.parameters = parameters;
        kept = [.. parameters, .. statistics];
        before = Array.ConvertAll(kept, tensor => tensor.detach().clone());
        Lower = new(this, rule, "training", lower);
        Upper = new(this, rule, "held-out", upper);
    }

    /// <summary>The rows that the look trains on.</summary>
    public Level Lower { get; }

    /// <summary>The rows held out from it.</summary>
    public Level Upper { get; }

    /// <summary>theta ← theta - alpha d.</summary>
    /// <param name="direction">d, of each parameter's shape.</param>
    /// <param name="alpha">The step.</param>
    public void Move(IReadOnlyList<Tensor> direction, double alpha)
    {
        using var untracked = no_grad();
        foreach (var (parameter, down) in parameters.Zip(direction)) parameter.sub_(down * alpha);
        isMoved = true;
    }

    /// <summary>Back to theta, bit for bit; nothing more can be looked at.</summary>
    internal void Return()
    {
        using var untracked = no_grad();
        foreach (var (tensor, value) in kept.Zip(before))
        {
            tensor.copy_(value);
            value.Dispose();
        }
    }

    internal static Tensor Weighed(IReadOnlyList<Tensor> losses, Tensor weights) =>
        Weighed(stack([.. losses.Select(loss => loss.reshape([]))]), weights);

    internal static Tensor Weighed(Tensor losses, Tensor weights) => (losses * weights.to(losses.dtype).to(losses.device)).sum();

    /// <summary>The tasks' losses of one half of the rows, computed anew at every look.</summary>
    public sealed class Level
    {
        private readonly LookAhead look;
        private readonly string rule, rows;
        private readonly Func<IReadOnlyList<Tensor>> compute;

        internal Level(LookAhead look, string rule, string rows, Func<IReadOnlyList<Tensor>> compute) =>
            (this.look, this.rule, this.rows, this.compute) = (look, rule, rows, compute);

        /// <summary>L, float64 [T].</summary>
        public Tensor Losses()
        {
            using var untracked = no_grad();
            return Values(compute());
        }

        /// <summary>L and J, a row g_t for each task: T backward passes, T P numbers.</summary>
        public (Tensor Losses, TaskGradients Rows) Gradients()
        {
            var losses = compute();
            return (Values(losses), TaskGradients.Of([.. losses.Select(Tracked)], look.parameters));
        }

        /// <summary>L, and the gradient of sum_t w_t L_t as the one row of its Jacobian: one backward pass.</summary>
        /// <param name="weights">w, [T].</param>
        public (Tensor Losses, TaskGradients Row) Gradient(Tensor weights)
        {
            var losses = compute();
            return (Values(losses), TaskGradients.Of([Tracked(Weighed(losses, weights))], look.parameters));
        }

        // A task without a label among these rows has the gradient zero.
        private Tensor Tracked(Tensor loss) => loss.requires_grad ? loss : look.parameters[0].sum() * 0;

        private Tensor Values(IReadOnlyList<Tensor> losses)
        {
            var values = stack([.. losses.Select(loss => loss.detach().cpu().to(ScalarType.Float64).reshape([]))]);
            var task = Array.FindIndex(values.data<double>().ToArray(), value => !double.IsFinite(value));
            if (task < 0) return values;
            throw new ArgumentException($"{rule}: the {rows} loss of task {task} (counted from 0) is {values[task].item<double>()} "
                + (look.isMoved ? "ahead of the step; choose a smaller alpha, the step of the look" : "; look at that task's loss and its gradient"));
        }
    }
}
