using TorchSharp;

namespace Polytask.Analysis;

/// <summary>How many parameters each part of a model has, by the names that the built module gives them.</summary>
internal sealed class ParameterCounts
{
    private readonly (string Name, long Count)[] parameters;

    public ParameterCounts(Model model)
    {
        // Counting must not change what a seeded program draws next.
        using var state = torch.get_rng_state();
        using var module = model.Build();
        torch.set_rng_state(state);
        parameters = [.. module.named_parameters().Select(parameter => (parameter.name, parameter.parameter.numel()))];
    }

    /// <summary>All of them.</summary>
    public long Total => parameters.Sum(parameter => parameter.Count);

    /// <summary>Those of a level of experts without its gates.</summary>
    public long Experts(string level) => parameters
        .Where(parameter => parameter.Name.StartsWith($"{level}.", StringComparison.Ordinal) && MultiTaskModule.PartOf(parameter.Name) == "experts")
        .Sum(parameter => parameter.Count);

    /// <summary>Those of the part of that name and of what is inside it.</summary>
    public long Of(string part) =>
        parameters.Where(parameter => parameter.Name.StartsWith($"{part}.", StringComparison.Ordinal)).Sum(parameter => parameter.Count);
}
