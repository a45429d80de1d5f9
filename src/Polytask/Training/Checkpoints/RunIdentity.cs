using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>What a run follows from: the model, the plan, the data and the seed. A run goes on only from checkpoints of the same.</summary>
/// <param name="Model">The model's parts, see <see cref="Declaration"/>.</param>
/// <param name="Plan">The plan's parts that change numbers.</param>
/// <param name="Data">A hash for each split.</param>
/// <param name="Seed">The seed.</param>
internal sealed record RunIdentity(
    SortedDictionary<string, string> Model, SortedDictionary<string, string> Plan, SortedDictionary<string, string> Data, int Seed)
{
    private const int Shown = 60;

    // Watching changes no numbers, and a run may go on elsewhere.
    private static readonly string[] Free =
        [nameof(TrainingPlan.EpochCallbacks), nameof(TrainingPlan.StepCallbacks), nameof(TrainingPlan.Device)];

    /// <summary>That of a run; without splits the data is left open.</summary>
    public static RunIdentity Of(Model model, TrainingPlan plan, DataSplits? splits, int seed)
    {
        var said = Declaration.Of(plan);
        foreach (var part in Free) said.Remove(part);
        var data = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (splits is not null)
            (data["training"], data["validation"], data["test"]) = (HashOf(splits.Train), HashOf(splits.Validation), HashOf(splits.Test));
        return new(Declaration.Of(model), said, data, seed);
    }

    /// <summary>What differs in another run, for a reader; null where nothing does.</summary>
    public string? DifferenceFrom(RunIdentity saved)
    {
        if (Seed != saved.Seed) return $"its seed is {saved.Seed}, not {Seed}";
        return Difference("model", Model, saved.Model) ?? Difference("plan", Plan, saved.Plan)
            ?? (Data.FirstOrDefault(split => saved.Data.GetValueOrDefault(split.Key) != split.Value) is { Key: { } split }
                ? $"its {split} split held other data" : null);
    }

    private static string? Difference(string what, SortedDictionary<string, string> now, SortedDictionary<string, string> saved)
    {
        foreach (var part in now.Keys.Union(saved.Keys))
        {
            var (here, there) = (now.GetValueOrDefault(part, "missing"), saved.GetValueOrDefault(part, "missing"));
            if (here != there) return $"its {what} had {part} {Around(there, here)}, now it is {Around(here, there)}";
        }
        return null;
    }

    // The place where a long text begins to differ from another.
    private static string Around(string text, string other)
    {
        if (text.Length <= Shown) return text;
        var same = text.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        var start = Math.Max(0, Math.Min(same - Shown / 2, text.Length - Shown));
        return (start > 0 ? "..." : "") + text.Substring(start, Shown) + (start + Shown < text.Length ? "..." : "");
    }

    private static string HashOf(Examples examples)
    {
        using var hash = new ContentHash().Add(examples.IsJoint ? "joint" : "per task");
        foreach (var task in examples.Tasks)
        {
            hash.Add(task).Add(examples.Target(task));
            if (examples.Weights(task) is { } weights) hash.Add(weights);
            if (!examples.IsJoint || task == examples.Tasks[0]) hash.Add(examples.Inputs(task));
        }
        return hash.ToString();
    }
}
