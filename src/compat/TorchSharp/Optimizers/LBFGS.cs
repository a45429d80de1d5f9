using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>
/// Limited-memory BFGS (Nocedal and Wright, 2006, algorithms 7.4 and 7.5) with a fixed step length; the very first step is scaled by 1 / Σ|g|. One
/// step() takes up to max_iter of these, each with a call of the closure. As upstream there are no groups, no state dictionary and no line search.
/// </summary>
public class LBFGS : Optimizer, ILearningRateController
{
    private readonly Parameter[] all;
    private readonly ParamGroup group;
    private readonly long max_iter, max_eval, history_size;
    private readonly double tolerance_grad, tolerance_change;
    private readonly CurvatureHistory history = new();

    /// <summary>The last direction, the gradient that it was made from, and how far along it the parameters went.</summary>
    private Tensor? direction, origin;
    private double length;

    internal LBFGS(
        IEnumerable<Parameter> parameters, double lr, long max_iter, long max_eval, double tolerance_grad, double tolerance_change, long history_size)
    {
        all = [.. parameters];
        group = new ParamGroup { Parameters = all, Options = new OptimizerOptions { LearningRate = lr, InitialLearningRate = lr } };
        _parameter_groups.Add(group);
        (this.max_iter, this.max_eval, this.history_size) = (max_iter, max_eval, history_size);
        (this.tolerance_grad, this.tolerance_change) = (tolerance_grad, tolerance_change);
    }

    public double LearningRate
    {
        get => group.LearningRate;
        set => group.LearningRate = value;
    }

    public double InitialLearningRate
    {
        get => group.InitialLearningRate;
        set => group.InitialLearningRate = value;
    }

    /// <summary>Not possible: the history is of all parameters together.</summary>
    public override void add_param_group(ParamGroup param_group) =>
        throw new NotImplementedException("LBFGS has one group: its history is of all parameters together.");

    /// <summary>Up to max_iter steps.</summary>
    /// <param name="closure">Sets the gradients (zero_grad, forward, backward) and returns the loss.</param>
    /// <returns>The loss before the first step.</returns>
    public override Tensor? step(Func<Tensor>? closure = null)
    {
        if (closure is null)
            throw new ArgumentNullException(
                nameof(closure),
                "LBFGS evaluates the loss several times in a step: it needs a closure that sets the gradients and returns the loss.");
        var first = Evaluate(closure);
        using var off = no_grad();
        using var scope = NewDisposeScope();
        var (loss, evaluations, gradient) = (first.ToDouble(), 1L, FlatGradient());
        for (long iteration = 1; iteration <= max_iter && Largest(gradient) > tolerance_grad; iteration++)
        {
            length = direction is null ? Math.Min(1, 1 / gradient.abs().sum().ToDouble()) * LearningRate : TurnTo(gradient);
            if (direction is null) Keep(ref direction, gradient.neg());
            Keep(ref origin, gradient);
            if (gradient.dot(direction!).ToDouble() > -tolerance_change) break;
            Move();
            // Where the last step of a call has led is seen at the start of the next call.
            if (iteration == max_iter) break;
            var before = loss;
            loss = Evaluate(closure).ToDouble();
            gradient = FlatGradient();
            var stands = Largest(direction!) * Math.Abs(length) <= tolerance_change || Math.Abs(loss - before) < tolerance_change;
            if (++evaluations >= max_eval || stands) break;
        }
        return first;
    }

    /// <summary>Adds the last step to the history and makes the next direction from it. Returns the step's length.</summary>
    private double TurnTo(Tensor gradient)
    {
        history.Add(direction!.mul(length), gradient.sub(origin!), history_size);
        Keep(ref direction, history.Apply(gradient).neg_());
        return LearningRate;
    }

    private void Move()
    {
        long start = 0;
        foreach (var parameter in all)
        {
            var count = parameter.numel();
            parameter.add_(direction!.narrow(0, start, count).view_as(parameter), alpha: length);
            start += count;
        }
    }

    /// <summary>All gradients in one vector; zeros where there is none.</summary>
    private Tensor FlatGradient() => cat([.. all.Select(parameter => (parameter.grad ?? zeros_like(parameter)).reshape(-1))]);

    private static double Largest(Tensor vector) => vector.abs().max().ToDouble();

    private static Tensor Evaluate(Func<Tensor> closure)
    {
        using var on = enable_grad();
        return closure();
    }

    private static void Keep(ref Tensor? place, Tensor value)
    {
        place?.Dispose();
        place = value.DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        history.Dispose();
        direction?.Dispose();
        origin?.Dispose();
    }
}
