namespace Polytask;

/// <summary>Chances given by task; each task of the model has one.</summary>
internal static class NamedChances
{
    public static ChanceSampler Sampler((string Task, double Chance)[] chances)
    {
        foreach (var (task, chance) in chances)
            if (!(chance >= 0 && double.IsFinite(chance)))
                throw new DeclarationException(FormattableString.Invariant(
                    $"the chance of task '{task}' is a finite number of at least 0, but got {chance}"));
        if (chances.Select(pair => pair.Task).Distinct().Count() < chances.Length || !(chances.Sum(pair => pair.Chance) > 0))
            throw new DeclarationException("a sampler needs one chance per task, and at least one of them above 0");
        var given = chances.ToDictionary(pair => pair.Task, pair => pair.Chance);
        var text = string.Join(", ", chances.Select(pair => FormattableString.Invariant($"{pair.Task} {pair.Chance}")));
        return new($"chances {text} of", (IReadOnlyList<string> tasks) => Of(given, tasks));
    }

    private static double[] Of(Dictionary<string, double> given, IReadOnlyList<string> tasks)
    {
        if (given.Keys.FirstOrDefault(task => !tasks.Contains(task)) is { } unknown)
            throw new DeclarationException(
                $"the sampler names task '{unknown}', but the model has {Names.Listed(tasks)}{Names.DidYouMean(unknown, tasks)}");
        if (tasks.FirstOrDefault(task => !given.ContainsKey(task)) is { } missing)
            throw new DeclarationException($"the sampler has no chance for task '{missing}'; give it one, 0 to leave it out");
        return [.. tasks.Select(task => given[task])];
    }
}
