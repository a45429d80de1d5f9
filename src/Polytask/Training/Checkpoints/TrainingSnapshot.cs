using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// The tensors and optimiser states of a training, to and from a checkpoint. Names begin with model., best., average., optimizer.0., epoch., ...
/// </summary>
internal static class TrainingSnapshot
{
    private const string Model = "model.", Best = "best.", Average = "average.", Random = "random.torch", Resting = "resting.losses";

    /// <summary>All tensors by name, not copies but for small ones; dispose the scope around it.</summary>
    public static Dictionary<string, Tensor> Tensors(TrainingLoop loop)
    {
        var tensors = new Dictionary<string, Tensor> { [Random] = get_rng_state() };
        foreach (var (name, value) in loop.Module.state_dict()) tensors[Model + name] = value.detach();
        foreach (var (name, value) in loop.Best.Kept) tensors[Best + name] = value;
        foreach (var (name, value) in loop.Step.Average?.Averages ?? []) tensors[Average + name] = value;
        if (loop.Resting is { } resting) tensors[Resting] = resting.Last;
        foreach (var (name, value) in loop.Record.Save()) tensors[name] = value;
        foreach (var (group, state) in loop.Step.Optimizer.Save().Index())
            foreach (var value in state.Values)
                if (value.Tensor is { } tensor) tensors[KeyOf(group, value.Key)] = tensor.detach();
        return tensors;
    }

    /// <summary>The optimisers' numbers.</summary>
    public static OptimizerRecord[] Optimizers(TrainingLoop loop) =>
    [
        .. loop.Step.Optimizer.Save().Select(state => new OptimizerRecord(state.Steps, state.SteppedSinglyBecause, state.Flat,
            [.. state.Values.Where(value => value.Tensor is not null).Select(value => value.Key)],
            state.Values.Where(value => value.Tensor is null).ToDictionary(value => value.Key, value => value.Number))),
    ];

    /// <summary>Puts a checkpoint's state into a training that was just set up.</summary>
    public static void Load(TrainingLoop loop, CheckpointRecord record, Dictionary<string, Tensor> tensors)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        var device = loop.Device;
        foreach (var (name, value) in loop.Module.state_dict()) value.copy_(tensors[Model + name]);
        loop.Best.Load(record.Best, tensors.Where(pair => pair.Key.StartsWith(Best, StringComparison.Ordinal))
            .Select(pair => KeyValuePair.Create(pair.Key[Best.Length..], pair.Value.to(device))));
        foreach (var (name, value) in loop.Step.Average?.Averages ?? []) value.copy_(tensors[Average + name]);
        loop.Resting?.Last.copy_(tensors[Resting]);
        if (!record.IsEpochOver) loop.Record.Load(tensors, device);
        loop.Step.Scaler.Load(record.Scaler);
        loop.Step.Optimizer.Load([.. record.Optimizers.Select((state, group) => new FlatOptimizerState(
            state.Steps, state.SteppedSinglyBecause, state.Flat,
            [
                .. state.Tensors.Select(key => new RememberedValue(key, tensors[KeyOf(group, key)], null)),
                .. state.Numbers.Select(entry => new RememberedValue(entry.Key, null, entry.Value)),
            ]))]);
        loop.Source.Places = record.Places;
        set_rng_state(tensors[Random]);
    }

    private static string KeyOf(int group, string key) => $"optimizer.{group}.{key}";
}
