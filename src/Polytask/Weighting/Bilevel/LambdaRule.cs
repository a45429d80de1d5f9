using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A bilevel rule whose upper variable lambda, a number for each task, descends by an Adam of its own (Kingma and Ba, ICLR 2015).</summary>
internal abstract class LambdaRule : BilevelRule
{
    private const double First = 0.9, Second = 0.999, Epsilon = 1e-8;

    private readonly double rate;

    protected LambdaRule(string name, int tasks, double initial, double rate) : base(name)
    {
        this.rate = rate;
        register_buffer("lambda", full(Refuse.NoTasks(name, tasks), initial, dtype: ScalarType.Float64));
        foreach (var buffer in new[] { "mean", "square" }) register_buffer(buffer, zeros(tasks, dtype: ScalarType.Float64));
        register_buffer("steps", zeros(1, dtype: ScalarType.Float64));
    }

    /// <summary>lambda, float64 [T], a copy on the CPU.</summary>
    protected Tensor Lambda => get_buffer("lambda")!.clone().cpu();

    /// <summary>The number of the coming step, from 1.</summary>
    protected double NextStep => get_buffer("steps")!.item<double>() + 1;

    /// <summary>A step of lambda against a gradient, float64 [T].</summary>
    protected void Descend(Tensor gradient, double least = double.NegativeInfinity)
    {
        Refuse.NotFinite(GetName(), "the hypergradient", gradient);
        using var untracked = no_grad();
        var (lambda, mean, square, steps) = (get_buffer("lambda")!, get_buffer("mean")!, get_buffer("square")!, get_buffer("steps")!);
        var g = gradient.to(lambda.device);
        steps.add_(1);
        mean.mul_(First).add_((1 - First) * g);
        square.mul_(Second).add_((1 - Second) * g.square());
        var step = steps.item<double>();
        var (m, v) = (mean / (1 - Math.Pow(First, step)), square / (1 - Math.Pow(Second, step)));
        lambda.sub_(rate * m / (v.sqrt() + Epsilon)).clamp_(min: least);
    }
}
