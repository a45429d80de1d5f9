using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Refuses data that the model cannot be trained on, before anything is allocated.</summary>
internal static class DataCheck
{
    public static void Fits(Model model, DataSplits splits)
    {
        foreach (var (name, examples) in new[] { ("training", splits.Train), ("validation", splits.Validation), ("test", splits.Test) })
        {
            foreach (var task in model.Tasks)
            {
                if (!examples.Tasks.Contains(task.Name))
                    throw new DataException($"model '{model.Name}' has a task '{task.Name}', but the {name} split has {Names.Listed(examples.Tasks)}{Names.DidYouMean(task.Name, examples.Tasks)}");
                CheckInput(model, name, task, examples);
                using var scope = NewDisposeScope();
                var target = examples.Target(task.Name);
                if (examples.Labelled(task.Name) is { } labelled)
                {
                    var rows = labelled.nonzero().squeeze(1);
                    if (rows.shape[0] == 0) throw new DataException($"task '{task.Name}', {name} split: no row has a label; drop the task or mend its labels");
                    target = target.index_select(0, rows);
                }
                task.Head.Check(task.Name, name, target);
            }
        }
    }

    private static void CheckInput(Model model, string split, TaskSpec task, Examples examples)
    {
        var (declared, given) = (model.InputShape ?? throw new DeclarationException($"model '{model.Name}' has no input; add .Input({string.Join(", ", (IEnumerable<long>)examples.InputShape)})"),
            Shape.Of(examples.Inputs(task.Name).shape[1..]));
        if (!declared.Equals(given))
            throw new DataException($"model '{model.Name}' declares {declared}, but task '{task.Name}' of the {split} split has {given}; declare .Input({string.Join(", ", (IEnumerable<long>)given)})");
        if (!examples.Inputs(task.Name).is_floating_point())
            throw new DataException($"task '{task.Name}', {split} split: inputs are {examples.Inputs(task.Name).dtype}, but a model takes floating numbers; convert them with .to(torch.float32)");
    }
}
