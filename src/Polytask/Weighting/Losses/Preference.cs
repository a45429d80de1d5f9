using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>What a task is worth to the user, for weightings that look for one trade-off among many.</summary>
/// <param name="Task">The task.</param>
/// <param name="Weight">lambda or r, at least 0.</param>
/// <param name="Ideal">z, the loss that would be best.</param>
public sealed record Preference(string Task, double Weight, double Ideal = 0)
{
    /// <summary>Weights, float [tasks], which add up to 1, and ideals; tasks not named count as much as the others on average, 1/T, and have ideal 0.</summary>
    internal static (Tensor Weights, Tensor Ideal) Of(ImmutableArray<Preference> preferences, IReadOnlyList<TaskSpec> tasks, string weighting)
    {
        var names = tasks.Select(task => task.Name).ToArray();
        foreach (var preference in preferences)
        {
            if (!names.Contains(preference.Task))
                throw new DeclarationException($"weighting '{weighting}' has a preference for task '{preference.Task}', but the model has "
                    + $"{Names.Listed(names)}{Names.DidYouMean(preference.Task, names)}");
            if (!(preference.Weight >= 0 && double.IsFinite(preference.Weight) && double.IsFinite(preference.Ideal)))
                throw new DeclarationException($"task '{preference.Task}': a preference is a finite weight of at least 0 and a finite ideal, but got "
                    + $"{preference.Weight} and {preference.Ideal}");
            if (preferences.Count(other => other.Task == preference.Task) > 1)
                throw new DeclarationException($"weighting '{weighting}' has two preferences for task '{preference.Task}'; give each task one");
        }
        var given = preferences.ToDictionary(preference => preference.Task);
        var weights = Array.ConvertAll(names, name => given.TryGetValue(name, out var known) ? known.Weight : 1.0 / names.Length);
        if (weights.Sum() is var sum && sum <= 0)
            throw new DeclarationException($"weighting '{weighting}': the preferences of all tasks are 0; give at least one more");
        return (tensor(Array.ConvertAll(weights, weight => (float)(weight / sum))),
            tensor(Array.ConvertAll(names, name => (float)(given.GetValueOrDefault(name)?.Ideal ?? 0))));
    }
}
