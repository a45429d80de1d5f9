using static TorchSharp.torch;

namespace Polytask;

/// <summary>Whether models fit each other, from their names, types and shapes alone: everything that is wrong is said at once.</summary>
internal static class PoolCheck
{
    private const int Shown = 20;

    /// <summary>The names in the base that are merged: of a floating type and under no excluded pattern. The others are the base's.</summary>
    /// <exception cref="ArgumentException">Missing, extra, misshapen or misnamed tensors, or of several types; the message lists them.</exception>
    public static HashSet<string> Merged(IParameterSource theta0, IReadOnlyList<IParameterSource> tuned, IReadOnlyCollection<string> excluded)
    {
        foreach (var pattern in excluded)
        {
            if (theta0.Tensors.Concat(tuned.SelectMany(model => model.Tensors)).Any(tensor => NamePattern.Matches(pattern, tensor.Name))) continue;
            throw new ArgumentException($"no tensor is named like '{pattern}', which should be left out of the merge"
                + Names.DidYouMean(pattern, theta0.Tensors.Select(tensor => tensor.Name)));
        }
        bool IsIn(StoredTensor tensor) => !excluded.Any(pattern => NamePattern.Matches(pattern, tensor.Name));
        var expected = theta0.Tensors.Where(IsIn).ToDictionary(tensor => tensor.Name);
        List<Func<string>> problems = [];
        foreach (var tensor in expected.Values.Where(tensor => is_complex(tensor.Type)))
            problems.Add(() => $"{theta0.Name}: '{tensor.Name}' is {tensor.Described}; complex numbers are not merged");
        foreach (var model in tuned) Compare(model, [.. model.Tensors.Where(IsIn)], expected, problems);
        if (problems.Count > 0)
        {
            var listed = string.Concat(problems.Take(Shown).Select(problem => $"\n  {problem()}"));
            throw new ArgumentException($"models do not fit the base ({theta0.Name}):{listed}"
                + (problems.Count > Shown ? $"\n  and {problems.Count - Shown} more" : "")
                + "\nRename or convert them, or leave tensors out of the merge with Without(\"head.*\"): those are the base's");
        }
        HashSet<string> merged = [.. expected.Values.Where(tensor => is_floating_point(tensor.Type)).Select(tensor => tensor.Name)];
        return merged.Count > 0 ? merged
            : throw new ArgumentException($"nothing is left to merge: {theta0.Name} has {theta0.Tensors.Count} tensors, "
                + "all of them of whole numbers or left out");
    }

    /// <summary>Whether statistics of a model, such as its Fisher information, have what is asked of them.</summary>
    /// <exception cref="ArgumentException">Missing or misshapen tensors; the message lists them.</exception>
    public static void Statistics(string what, IReadOnlyList<IParameterSource> given, IReadOnlyList<StoredTensor> expected, int models)
    {
        if (given.Count != models) throw new ArgumentException($"{what} is given for each model: expected {models}, got {given.Count}");
        List<Func<string>> problems = [];
        var wanted = expected.ToDictionary(tensor => tensor.Name);
        foreach (var source in given)
        {
            StoredTensor[] relevant = [.. source.Tensors.Where(tensor => wanted.ContainsKey(tensor.Name)).Select(Typed)];
            Compare(source, relevant, wanted, problems, source.Tensors.Select(tensor => tensor.Name));
        }
        if (problems.Count > 0)
            throw new ArgumentException($"{what} does not fit the models:"
                + string.Concat(problems.Take(Shown).Select(problem => $"\n  {problem()}"))
                + (problems.Count > Shown ? $"\n  and {problems.Count - Shown} more" : ""));

        // Statistics of a 16-bit model may be of 32 bits: only their shape counts.
        StoredTensor Typed(StoredTensor tensor) => tensor with { Type = wanted[tensor.Name].Type };
    }

    private static void Compare(IParameterSource model, StoredTensor[] given, Dictionary<string, StoredTensor> expected, List<Func<string>> problems,
        IEnumerable<string>? known = null)
    {
        var names = given.ToDictionary(tensor => tensor.Name);
        string[] extra = [.. names.Keys.Where(name => !expected.ContainsKey(name))];
        foreach (var tensor in expected.Values)
        {
            if (!names.TryGetValue(tensor.Name, out var found))
                problems.Add(() => $"{model.Name}: there is no '{tensor.Name}', which is {tensor.Described}"
                    + Names.DidYouMean(tensor.Name, known ?? extra));
            else if (!found.Shape.SequenceEqual(tensor.Shape) || found.Type != tensor.Type)
                problems.Add(() => $"{model.Name}: '{tensor.Name}' is {found.Described}, expected {tensor.Described}");
        }
        foreach (var name in extra)
            problems.Add(() => $"{model.Name}: '{name}' is not in the base"
                + Names.DidYouMean(name, expected.Keys.Where(key => !names.ContainsKey(key))));
    }
}
