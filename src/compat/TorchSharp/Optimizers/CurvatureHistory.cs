using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The last steps and what they did to the gradient, from which LBFGS guesses the inverse of the Hessian.</summary>
internal sealed class CurvatureHistory : IDisposable
{
    /// <summary>Below this product of step and change, a step says nothing of the curvature.</summary>
    private const double LeastCurvature = 1e-10;

    private readonly List<(Tensor Step, Tensor Change, double Inverse)> pairs = [];
    private double scale = 1;

    /// <summary>Adds a step; the oldest one goes where there are more than the limit.</summary>
    public void Add(Tensor step, Tensor change, long limit)
    {
        var product = change.dot(step).ToDouble();
        if (product <= LeastCurvature) return;
        if (pairs.Count == limit) Drop(0);
        pairs.Add((step.DetachFromDisposeScope(), change.DetachFromDisposeScope(), 1 / product));
        scale = product / change.dot(change).ToDouble();
    }

    /// <summary>The inverse of the Hessian times the gradient (Nocedal and Wright, 2006, algorithm 7.4).</summary>
    public Tensor Apply(Tensor gradient)
    {
        var result = gradient.clone();
        var weights = new double[pairs.Count];
        for (var i = pairs.Count - 1; i >= 0; i--)
        {
            var (step, change, inverse) = pairs[i];
            weights[i] = step.dot(result).ToDouble() * inverse;
            result.add_(change, alpha: -weights[i]);
        }
        result.mul_(scale);
        for (var i = 0; i < pairs.Count; i++)
        {
            var (step, change, inverse) = pairs[i];
            result.add_(step, alpha: weights[i] - change.dot(result).ToDouble() * inverse);
        }
        return result;
    }

    private void Drop(int index)
    {
        pairs[index].Step.Dispose();
        pairs[index].Change.Dispose();
        pairs.RemoveAt(index);
    }

    public void Dispose()
    {
        while (pairs.Count > 0) Drop(0);
    }
}
