using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Weightings;

/// <summary>
/// Losses of three tasks that share a layer of tanh units, in float64, on rows to train on and others held out. Gradients are checked by differences.
/// </summary>
/// <param name="agreement">How much the tasks' targets have in common.</param>
internal sealed class TwoLevels(double agreement = 0) : IDisposable
{
    public const int Tasks = 3;

    private readonly Tensor[] inputs = [Double(1, 6, 4), Double(2, 5, 4)];
    private readonly Tensor[] targets = [Double(3, 6, Tasks) + agreement * Double(7, 6, 1), Double(4, 5, Tasks) + agreement * Double(8, 5, 1)];

    public Tensor[] Parameters { get; } = [Double(5, 4, 5).requires_grad_(), Double(6, 5, Tasks).requires_grad_()];

    public IReadOnlyList<Tensor> Lower() => Losses(0, Parameters);

    public IReadOnlyList<Tensor> Upper() => Losses(1, Parameters);

    /// <summary>The gradient of a training loss as one vector.</summary>
    public double[] Gradient(int task) =>
        [.. autograd.grad([Lower()[task]], Parameters).SelectMany(gradient => gradient.Numbers())];

    /// <summary>The losses of the training (0) or held-out (1) rows at theta - alpha d.</summary>
    public double[] Ahead(int rows, double[] direction, double alpha)
    {
        var (moved, place) = (new List<Tensor>(), 0);
        foreach (var parameter in Parameters)
        {
            var size = (int)parameter.NumberOfElements;
            moved.Add(parameter.detach() - alpha * tensor(direction[place..(place + size)]).reshape(parameter.shape));
            place += size;
        }
        return Array.ConvertAll(Losses(rows, [.. moved]), loss => loss.item<double>());
    }

    /// <summary>sum_t w_t g_t.</summary>
    public double[] Descent(double[] weights) => Enumerable.Range(0, Tasks).Select(Gradient).ToArray().Combine(weights);

    public void Dispose()
    {
        foreach (var tensor in Parameters) tensor.Dispose();
    }

    private Tensor[] Losses(int rows, Tensor[] parameters)
    {
        var outputs = inputs[rows].matmul(parameters[0]).tanh().matmul(parameters[1]);
        return [.. (outputs - targets[rows]).square().mean([0L]).unbind()];
    }

    private static Tensor Double(int seed, params long[] shape) => Values.Normal(seed, shape).to(ScalarType.Float64);
}
