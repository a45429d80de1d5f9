using System.Collections.Immutable;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// AdaMerging (Yang et al., "AdaMerging: adaptive model merging for multi-task learning", ICLR 2024, section 3): the coefficients of task arithmetic
/// are learned on inputs without labels,
/// <code>min over lambda of   sum_t mean_{x of task t} H(softmax(h_t(f_theta(lambda)(x)))),   theta^l = theta_0^l + sum_t lambda_t^l tau_t^l</code>
/// by Adam. A step is a forward and a backward pass of each batch and two readings of the task vectors. Where the official code clamps lambda inside
/// the graph, which stops it for ever once it is outside of the bounds, lambda itself is brought back to the bounds after each step.
/// </summary>
internal static class AdaMerging
{
    public static AdaMergingResult Run(MergePool pool, nn.Module<Tensor, Tensor> body, IReadOnlyList<MergeTask> tasks, AdaMergingOptions options)
    {
        options.Check();
        if (tasks.Count == 0) throw new ArgumentException("AdaMerging learns from the inputs of at least one task, but got none", nameof(tasks));
        foreach (var task in tasks)
            if (task.Inputs.Dimensions == 0 || task.Inputs.shape[0] == 0)
                throw new ArgumentException($"task '{task.Name}' has no rows to learn from: its inputs are "
                    + $"[{string.Join(", ", task.Inputs.shape)}], expected [rows, ...]", nameof(tasks));
        using var merge = new LearnableMerge(pool, body, options.Vectors, options.Initial);
        using var modes = new ModuleModes(training: false, tasks.Select(task => task.Head).Prepend(body));
        using var lambda = new Parameter(Start(merge, options));
        using var adam = optim.Adam([lambda], options.LearningRate);
        RowBatches[] rows = [.. tasks.Select(task => new RowBatches(
            task.Inputs.shape[0], options.BatchRows, StableRandom.For(options.Seed, $"AdaMerging rows of {task.Name}")))];
        var trace = ImmutableArray.CreateBuilder<IReadOnlyList<double>>(options.Steps);
        for (var step = 0; step < options.Steps; step++)
        {
            using (NewDisposeScope())
            {
                merge.Set(Spread(lambda, merge.Layers));
                var gradients = new Tensor?[merge.Layers];
                // Only for the passes, so that what is called after a step can use the body.
                var uninstall = merge.Install();
                try
                {
                    trace.Add([.. tasks.Zip(rows, (task, own) => AddGradients(body, task, own, merge.Thetas, options, step, gradients))]);
                }
                finally
                {
                    uninstall();
                }
                var gradient = merge.Gradient(gradients);
                using var untracked = no_grad();
                lambda.grad = options.Granularity == MergeGranularity.Task ? gradient.sum([0L], keepdim: true) : gradient;
                adam.step();
                lambda.clamp_(options.Lower, options.Upper);
                lambda.grad = null;
            }
            options.AfterStep?.Invoke(step + 1, Named(merge, lambda));
        }
        var coefficients = Named(merge, lambda);
        return new(pool.By(MergeMethod.Coefficients(coefficients, options.Vectors)), coefficients, trace.ToImmutable());
    }

    // [layers, T], or [1, T] where layers share their numbers.
    private static Tensor Start(LearnableMerge merge, AdaMergingOptions options)
    {
        foreach (var value in merge.Initial)
            if (!(value >= options.Lower && value <= options.Upper))
                throw new DeclarationException(FormattableString.Invariant($"AdaMerging starts at a coefficient of {value}, outside of its bounds ")
                    + FormattableString.Invariant($"[{options.Lower}, {options.Upper}]: set Lower and Upper around {options.Initial}"));
        using var scope = NewDisposeScope();
        var start = tensor(merge.Initial);
        if (options.Granularity == MergeGranularity.Layer) return start.DetachFromDisposeScope();
        var first = start.narrow(0, 0, 1);
        return !(start != first).any().item<bool>() ? first.clone().DetachFromDisposeScope()
            : throw new DeclarationException($"coefficients by task start equal in all tensors, but {options.Initial} differ; "
                + "learn them by layer, or start at a constant");
    }

    private static Dictionary<string, double[]> Named(LearnableMerge merge, Tensor lambda)
    {
        using var scope = NewDisposeScope();
        return merge.Named(Spread(lambda, merge.Layers));
    }

    private static Tensor Spread(Tensor lambda, int layers)
    {
        using var untracked = no_grad();
        return lambda.expand(layers, -1).contiguous();
    }

    // Adds dL / dtheta of a task's batches, and gives L.
    private static double AddGradients(nn.Module<Tensor, Tensor> body, MergeTask task, RowBatches rows, IReadOnlyList<Tensor> thetas,
        AdaMergingOptions options, int step, Tensor?[] gradients)
    {
        var total = 0.0;
        var trained = Enumerable.Range(0, thetas.Count).Where(l => thetas[l].requires_grad).ToArray();
        for (var batch = 0; batch < options.Batches; batch++)
        {
            using var scope = NewDisposeScope();
            using var tracked = enable_grad();
            var places = rows.Next();
            var logits = Logits(body, task, task.Inputs.index_select(0, places.to(task.Inputs.device)).to(thetas[0].device));
            var mean = options.Objective is { } objective ? objective(task.Name, logits, places) : PredictionEntropy.Mean(logits);
            var loss = mean / options.Batches;
            if (loss.Dimensions != 0)
                throw new ArgumentException($"the objective of task '{task.Name}' is [{string.Join(", ", loss.shape)}]; expected a scalar");
            var value = loss.ToDouble();
            if (!double.IsFinite(value))
                throw new InvalidDataException(FormattableString.Invariant(
                    $"task '{task.Name}': the objective is {value * options.Batches} at step {step + 1}; look for NaN or infinite numbers in its ")
                    + "inputs and its head, or lower the learning rate");
            total += value;
            var found = autograd.grad([loss], [.. trained.Select(l => thetas[l])], allow_unused: true);
            using var untracked = no_grad();
            for (var i = 0; i < trained.Length; i++)
            {
                if (found[i] is not { IsInvalid: false } gradient) continue;
                if (gradients[trained[i]] is { } sum) sum.add_(gradient);
                else gradients[trained[i]] = gradient.MoveToOuterDisposeScope();
            }
        }
        return total;
    }

    private static Tensor Logits(nn.Module<Tensor, Tensor> body, MergeTask task, Tensor inputs)
    {
        var features = Called($"the body {body.GetName()} does not take its inputs", body, inputs);
        var logits = Called("its head does not take the body's features", task.Head, features);
        return logits.Dimensions == 2 && logits.shape[0] == inputs.shape[0] && logits.shape[1] > 0 ? logits
            : throw new ArgumentException($"task '{task.Name}': its head gave [{string.Join(", ", logits.shape)}] for features "
                + $"[{string.Join(", ", features.shape)}]; expected logits [{inputs.shape[0]}, classes]");

        Tensor Called(string problem, nn.Module<Tensor, Tensor> module, Tensor input)
        {
            try
            {
                return module.call(input);
            }
            catch (Exception error)
            {
                throw new ArgumentException($"task '{task.Name}': {problem} [{string.Join(", ", input.shape)}] of {input.dtype}: {error.Message}",
                    error);
            }
        }
    }
}
