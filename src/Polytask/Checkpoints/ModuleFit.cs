using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Whether a file's tensors fit a module, said completely before anything is changed.</summary>
internal static class ModuleFit
{
    private const int Shown = 5;

    /// <summary>The module's tensors that the file has, by name; names that only one of them has beside it.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <param name="stored">What the file holds.</param>
    /// <param name="module">Where it should go.</param>
    /// <param name="strict">Refuse names that only one of them has, as <c>load_state_dict</c> does.</param>
    /// <exception cref="InvalidOperationException">Shapes differ, or names and <paramref name="strict"/>; the message lists them.</exception>
    public static (Dictionary<string, Tensor> Targets, string[] Missing, string[] Unexpected) Check(
        string path, IReadOnlyCollection<StoredTensor> stored, nn.Module module, bool strict)
    {
        var own = module.state_dict();
        var names = stored.Select(tensor => tensor.Name).ToHashSet();
        string[] missing = [.. own.Keys.Where(name => !names.Contains(name))];
        string[] unexpected = [.. names.Where(name => !own.ContainsKey(name))];
        string[] mismatched =
        [
            .. stored.Where(tensor => own.TryGetValue(tensor.Name, out var target) && !tensor.Shape.AsSpan().SequenceEqual(target.shape))
                .Select(tensor => $"'{tensor.Name}' is {tensor.Described} in the file, "
                    + $"{StoredTensor.Of(tensor.Name, own[tensor.Name]).Described} in the module"),
        ];
        List<string> reasons = [];
        if (strict && missing.Length > 0) reasons.Add($"the file lacks {Listed(missing.Select(Quoted))}");
        if (strict && unexpected.Length > 0) reasons.Add($"the module has no {Listed(unexpected.Select(Quoted))}");
        if (mismatched.Length > 0) reasons.Add(Listed(mismatched));
        if (reasons.Count > 0)
            throw new InvalidOperationException($"{path} does not fit {module.GetName()}: {string.Join("; ", reasons)}"
                + (mismatched.Length == 0 ? ". Pass strict: false to load what fits" : ""));
        return (own.Where(pair => names.Contains(pair.Key)).ToDictionary(), missing, unexpected);
    }

    private static string Quoted(string name) => $"'{name}'";

    private static string Listed(IEnumerable<string> items)
    {
        var all = items.ToArray();
        return string.Join(", ", all.Take(Shown)) + (all.Length > Shown ? $" and {all.Length - Shown} more" : "");
    }
}
