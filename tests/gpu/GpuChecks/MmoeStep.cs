using Polytask;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Tests;
using static TorchSharp.torch;

namespace GpuChecks;

/// <summary>
/// A training step of a mixture of experts: 16 experts, 8 tasks with a gate each, declared as a Polytask model; plain descent with
/// momentum, whose step is the same every time, as a graph needs it (Adam's corrections change from step to step). mmoe_step.py is the
/// same model in PyTorch.
/// </summary>
internal sealed class MmoeStep
{
    private const int Experts = 16, Tasks = 8;
    private const long Features = 128;

    private readonly MultiTaskModule model;
    private readonly optim.Optimizer optimizer;
    private readonly Tensor x;
    private readonly Tensor[] targets;

    public MmoeStep(Device device, long batch)
    {
        manual_seed(11);
        var declared = Model.Named("mmoe").Input(Features).Experts(Experts, Block.Mlp(128, 64)).Gate(Gate.Softmax());
        for (var task = 0; task < Tasks; task++) declared = declared.Task($"task{task}", Head.Regress(), Block.Mlp(32));
        model = declared.Build();
        model.to(device);
        optimizer = optim.SGD(model.parameters(), 0.01, momentum: 0.9);
        x = Reference.Pattern([batch, Features]).to(device);
        targets = [.. Enumerable.Range(0, Tasks).Select(task => (x[.., task] * x[.., task + 1]).detach())];
    }

    public IEnumerable<(string name, Parameter parameter)> Parameters() => model.named_parameters();

    public void Run(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var outputs = model.Forward(x);
            var losses = stack([.. outputs.Zip(targets, (output, target) => nn.functional.mse_loss(output.reshape(-1), target))]);
            losses.sum().backward();
            optimizer.step();
        }
    }

    /// <summary>
    /// Records one step; each call of <paramref name="replay"/> makes one. The warm-up makes gradients and momentum, so that the
    /// recorded step finds them where every later one will.
    /// </summary>
    public cuda.CUDAGraph Capture(out Action replay, int warmUp)
    {
        var side = new cuda.Stream();
        side.wait_stream(cuda.current_stream());
        using (cuda.stream(side)) Run(warmUp);
        cuda.current_stream().wait_stream(side);
        var graph = new cuda.CUDAGraph();
        using (cuda.graph(graph)) Run(1);
        replay = graph.replay;
        return graph;
    }
}
