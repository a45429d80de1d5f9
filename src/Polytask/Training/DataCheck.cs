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
                    throw new DataException(
                        $"model '{model.Name}' has a task '{task.Name}', but the {name} split has {Names.Listed(examples.Tasks)}"
                        + Names.DidYouMean(task.Name, examples.Tasks));
                CheckInput(model, name, task, examples);
                using var scope = NewDisposeScope();
                var target = examples.Target(task.Name);
                if (examples.Labelled(task) is { } labelled)
                {
                    var rows = labelled.nonzero().squeeze(1);
                    if (rows.shape[0] == 0)
                        throw new DataException($"task '{task.Name}', {name} split: no row has a label; drop the task or mend its labels");
                    target = target.index_select(0, rows);
                }
                task.Head.Check(task.Name, name, target);
            }
        }
    }

    private static void CheckInput(Model model, string split, TaskSpec task, Examples examples)
    {
        var inputs = examples.Inputs(task.Name);
        var given = Shape.Of(inputs.shape[1..]);
        var step = $".Input({string.Join(", ", (IEnumerable<long>)given)})";
        if (model.InputShape is not { } declared) throw new DeclarationException($"model '{model.Name}' has no input; add {step}");
        if (!declared.Equals(given))
            throw new DataException(
                $"model '{model.Name}' declares {declared}, but task '{task.Name}' of the {split} split has {given}; declare {step}");
        if (inputs.dtype != ScalarType.Float32)
            throw new DataException(
                $"task '{task.Name}', {split} split: inputs are {inputs.dtype}, but a model computes in Float32; "
                + "convert them with .to(ScalarType.Float32)");
        model.BackboneBlock?.Check(task.Name, split, inputs);
    }
}
