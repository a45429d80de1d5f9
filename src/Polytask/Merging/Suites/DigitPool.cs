using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// D8 as a benchmark of merging: a body that was trained without labels, tuned for each task of <see cref="DigitSuite"/> with frozen heads; what the
/// literature does with CLIP and eight picture sets, in seconds. The body is 196 -> width -> ... -> features, each layer but the last with a layer
/// norm and a GELU; it learns first to rebuild the pictures of all tasks from a part of their pixels (<see cref="DenoisingAutoencoder"/>). Heads are
/// <see cref="PrototypeHead"/>s from two pictures a class. A seed gives the same pool again.
/// </summary>
public sealed class DigitPool : IDisposable
{
    private const int Pixels = 196;

    private DigitPool(TaskSuite suite, Dictionary<string, Tensor> pretrained, IReadOnlyList<Dictionary<string, Tensor>> tuned,
        Dictionary<string, Tensor> joint) => (Suite, Pretrained, Tuned, Joint) = (suite, pretrained, tuned, joint);

    /// <summary>Tasks, body and heads.</summary>
    public TaskSuite Suite { get; }

    /// <summary>theta_0.</summary>
    public IReadOnlyDictionary<string, Tensor> Pretrained { get; }

    /// <summary>theta_t, in the order of the suite's tasks.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, Tensor>> Tuned { get; }

    /// <summary>The body trained for all tasks at once.</summary>
    public IReadOnlyDictionary<string, Tensor> Joint { get; }

    /// <summary>The models to be merged.</summary>
    public MergePool Pool => Merge.Of(Pretrained, [.. Tuned]);

    /// <summary>tau_t, in the order of the suite's tasks.</summary>
    public IReadOnlyList<TaskVector> TaskVectors => [.. Tuned.Select(model => TaskVector.Of(Pretrained, model))];

    /// <summary>Trains a pool. Torch's generator is seeded.</summary>
    /// <param name="seed">Of rows, weights and training.</param>
    /// <param name="tasks">Some of the tasks; all where none is named.</param>
    /// <param name="width">Of the hidden layers.</param>
    /// <param name="layers">How many hidden layers there are.</param>
    /// <param name="features">What the body gives.</param>
    /// <param name="pretraining">How the body is trained without labels; as the record says where it is left out.</param>
    /// <param name="tuning">How it is tuned; as the record says where it is left out.</param>
    /// <exception cref="DataException">There is no such task.</exception>
    public static DigitPool Train(int seed, IReadOnlyList<string>? tasks = null, int width = 256, int layers = 2, int features = 64,
        DenoisingAutoencoder? pretraining = null, FineTuning? tuning = null)
    {
        manual_seed(seed);
        var source = Datasets.DigitSuite();
        var splits = source.Split(seed);
        if (tasks is { Count: > 0 }) splits = splits.Only([.. tasks]);
        var body = Body(width, layers, features);
        (pretraining ?? new()).Train(body, cat([.. splits.Train.Tasks.Select(splits.Train.Inputs)]), seed);
        var heads = splits.Train.Tasks.ToDictionary(task => task, nn.Module<Tensor, Tensor> (task) =>
        {
            using var untracked = no_grad();
            return PrototypeHead.Of(body.call(splits.Train.Inputs(task)), splits.Train.Target(task), source.Classes(task));
        });
        var suite = new TaskSuite(body, splits, heads);
        var pretrained = TaskSuite.Copy(body.state_dict());
        var tune = tuning ?? new();
        return new(suite, pretrained, [.. suite.Tasks.Select(task => tune.Tune(suite, task, pretrained, seed))],
            tune.Jointly(suite, pretrained, seed));
    }

    /// <summary>Frees the models.</summary>
    public void Dispose()
    {
        foreach (var tensor in Tuned.Append(Pretrained).Append(Joint).SelectMany(model => model.Values)) tensor.Dispose();
        Suite.Body.Dispose();
    }

    private static nn.Module<Tensor, Tensor> Body(int width, int layers, int features)
    {
        var parts = new List<(string, nn.Module<Tensor, Tensor>)>();
        for (var layer = 1; layer <= layers; layer++)
        {
            parts.Add(($"linear{layer}", nn.Linear(layer == 1 ? Pixels : width, width)));
            parts.Add(($"norm{layer}", nn.LayerNorm(width)));
            parts.Add(($"gelu{layer}", nn.GELU()));
        }
        parts.Add(("out", nn.Linear(width, features)));
        return nn.Sequential(parts);
    }
}
