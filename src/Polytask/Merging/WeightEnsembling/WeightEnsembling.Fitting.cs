using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <content>How the routers learn: min sum_t mean_x H(softmax(h_t(f(x)))) over unlabelled inputs x of each task t (equation 6), by Adam.</content>
public sealed partial class WeightEnsembling
{
    private readonly List<IReadOnlyList<double>> entropies = [];

    private void Fit(IReadOnlyList<MergeTask> tasks, WeightEnsemblingOptions options)
    {
        TorchSharp.Modules.Parameter[] trained = [.. routers.parameters()];
        using var modes = new ModuleModes(training: false, tasks.Select(task => task.Head));
        using var adam = optim.Adam(trained, options.LearningRate);
        RowBatches[] rows = [.. tasks.Select(task =>
            new RowBatches(task.Inputs.shape[0], options.BatchRows, StableRandom.For(options.Seed, $"weight ensembling rows of {task.Name}")))];
        for (var step = 1; step <= options.Steps; step++)
        {
            using var scope = NewDisposeScope();
            adam.zero_grad();
            entropies.Add([.. tasks.Zip(rows, (task, own) => AddGradients(task, own, trained, step))]);
            adam.step();
        }
        adam.zero_grad();
    }

    private double AddGradients(MergeTask task, RowBatches rows, TorchSharp.Modules.Parameter[] trained, int step)
    {
        using var scope = NewDisposeScope();
        using var tracked = enable_grad();
        var x = task.Inputs.index_select(0, rows.Next().to(task.Inputs.device)).to(trained[0].device);
        var logits = task.Head.call(call(x));
        if (logits.Dimensions != 2 || logits.shape[0] != x.shape[0])
            throw new ArgumentException($"task '{task.Name}': its head gave [{string.Join(", ", logits.shape)}] for {x.shape[0]} rows; "
                + "expected logits [rows, classes]");
        var loss = PredictionEntropy.Mean(logits);
        var entropy = loss.to(ScalarType.Float64).item<double>();
        if (!double.IsFinite(entropy))
            throw new InvalidDataException($"task '{task.Name}': the entropy of its predictions is {entropy} at step {step}; look for NaN or "
                + "infinite numbers in its inputs and its head, or lower the learning rate");
        var gradients = autograd.grad([loss], trained);
        using var untracked = no_grad();
        for (var i = 0; i < trained.Length; i++)
        {
            if (trained[i].grad is { } sum) sum.add_(gradients[i]);
            else trained[i].grad = gradients[i];
        }
        return entropy;
    }
}
