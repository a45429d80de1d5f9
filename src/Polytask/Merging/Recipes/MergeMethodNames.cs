using System.Text.Json;

namespace Polytask;

/// <summary>The methods of merging by the names and settings that recipes give them: a name alone, or an object with "name".</summary>
internal static class MergeMethodNames
{
    private static readonly Dictionary<string, Func<RecipeSettings, Func<string, string>, MergeMethod>> Known = new()
    {
        ["average"] = (_, _) => MergeMethod.Average(),
        ["weighted"] = (s, _) => MergeMethod.Weighted(s.Numbers("weights")),
        ["task-arithmetic"] = (s, _) => MergeMethod.TaskArithmetic(s.Numbers("scale", 0.3)),
        ["ties"] = (s, _) => MergeMethod.Ties(s.Number("keep", 0.2), s.Number("scale", 1), s.Choice("reduction", TiesReduction.Mean)),
        ["dare"] = (s, at) => MergeMethod.Dare(s.Number("rate", 0.9), Read(s.Required("then"), at), s.Whole("seed", 0)),
        ["fisher"] = (s, _) => MergeMethod.Fisher([.. s.Paths("fisher").Select(ParameterSource.Of)]),
        ["regmean"] = (s, _) => MergeMethod.RegMean([.. s.Paths("grams").Select(ParameterSource.Of)], s.Number("alpha", 0.9),
            s.Number("ridge", 1e-6)),
        ["slerp"] = (s, _) => MergeMethod.Slerp(s.Number("position", 0.5), s.Flag("of-task-vectors")),
        ["model-stock"] = (_, _) => MergeMethod.ModelStock(),
        ["consensus"] = (s, _) => MergeMethod.Consensus(s.Numbers("threshold", 0.4), s.Whole("agreement", 2), s.Number("scale", 0.3)),
        ["breadcrumbs"] = (s, _) => MergeMethod.Breadcrumbs(s.Number("smallest", 0.85), s.Number("largest", 0.007), s.Number("scale", 0.3)),
        ["emr"] = (s, _) => MergeMethod.Emr(s.Whole("task", 0)),
        ["iso-c"] = (s, _) => MergeMethod.IsotropicC(s.Number("scale", 1)),
        ["tsv-m"] = (s, _) => MergeMethod.TaskSingularVectors(s.Number("scale", 1)),
        ["iso-cts"] = (s, _) => MergeMethod.IsotropicCts(s.Number("common", 0.8), s.Number("scale", 1)),
        ["doge"] = (s, _) => MergeMethod.Doge(new()
        {
            Coefficients = MergeCoefficients.EqualNormsOfMedian(s.Number("coefficient", 0.3)),
            Keep = s.Number("keep", 0.3),
            Steps = s.Whole("steps", 400),
            IsProjected = !s.Flag("without-projection"),
        }),
        ["coefficients"] = (s, _) => MergeMethod.Coefficients(CoefficientFile.Read(s.Path("file")),
            s.Number("ties", double.NaN) is var keep && double.IsNaN(keep) ? TaskVectorRule.Plain : TaskVectorRule.Ties(keep)),
        ["pcb"] = (s, _) => MergeMethod.Pcb(s.Number("keep", 0.2), s.Number("scale", 1)),
    };

    /// <param name="element">The method in a recipe.</param>
    /// <param name="at">A path of the recipe as a full path.</param>
    /// <exception cref="InvalidDataException">There is no such method, or no such setting; the message has the nearest name.</exception>
    /// <exception cref="DeclarationException">A setting that makes no sense.</exception>
    public static MergeMethod Read(JsonElement element, Func<string, string> at)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            using var empty = JsonDocument.Parse("{}");
            return Of(element.GetString()!, new(empty.RootElement, $"the method {element.GetString()}", at), at);
        }
        var name = new RecipeSettings(element, "the method", at).Required("name");
        if (name.ValueKind != JsonValueKind.String)
            throw new InvalidDataException($"\"name\" of the method is {name.GetRawText()}; expected a text");
        var settings = new RecipeSettings(element, $"the method {name.GetString()}", at);
        settings.Required("name");
        return Of(name.GetString()!, settings, at);
    }

    private static MergeMethod Of(string name, RecipeSettings settings, Func<string, string> at)
    {
        if (!Known.TryGetValue(name, out var make))
            throw new InvalidDataException($"there is no method '{name}' of merging; there are {Names.Listed(Known.Keys)}"
                + Names.DidYouMean(name, Known.Keys));
        var method = make(settings, at);
        settings.RefuseOthers();
        return method;
    }
}
