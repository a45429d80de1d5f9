using TorchSharp.Modules;

namespace Polytask;

/// <summary>Which part of a model a parameter belongs to, and what a plan says of it.</summary>
internal sealed class ParameterParts(MultiTaskModule module)
{
    private readonly string[] tasks = [.. module.Model.Tasks.Select(task => task.Name)];

    /// <summary>The settings of a parameter: those of its task before those of its part.</summary>
    public ParameterGroup SettingsOf(string parameter, IReadOnlyList<ParameterGroup> groups)
    {
        var part = MultiTaskModule.PartOf(parameter);
        var ofPart = groups.FirstOrDefault(group => group.Part == part);
        var task = part == "tasks" ? Array.Find(tasks, name => parameter.StartsWith($"task_{name}.", StringComparison.Ordinal)) : null;
        var ofTask = task is null ? null : groups.FirstOrDefault(group => group.Part == task);
        return new(ofTask is null ? part : task!, ofTask?.LearningRate ?? ofPart?.LearningRate, ofTask?.WeightDecay ?? ofPart?.WeightDecay,
            ofTask?.IsFrozen ?? ofPart?.IsFrozen);
    }

    /// <summary>Refuses a group that no parameter is in.</summary>
    public void Check(IReadOnlyList<ParameterGroup> groups)
    {
        string[] parts = [.. module.named_parameters().Select(pair => MultiTaskModule.PartOf(pair.name)).Distinct(), .. tasks];
        foreach (var group in groups)
        {
            if (!parts.Contains(group.Part))
                throw new DeclarationException($"the plan has settings for '{group.Part}', but model '{module.Model.Name}' has parameters in "
                    + $"{Names.Listed(parts)}{Names.DidYouMean(group.Part, parts)}");
        }
    }

    /// <summary>The task that alone trains a parameter, by parameter.</summary>
    public Dictionary<Parameter, string> Owners()
    {
        var owners = new Dictionary<Parameter, string>(ReferenceEqualityComparer.Instance);
        foreach (var task in tasks)
            foreach (var parameter in module.TaskParameters(task)) owners.TryAdd(parameter, task);
        return owners;
    }
}
