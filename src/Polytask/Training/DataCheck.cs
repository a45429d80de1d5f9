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
                if (name == "training" && LabelledRows.Of(examples, task).Weights is { } weights && !(weights.sum().item<float>() > 0))
                    throw new DataException($"task '{task.Name}', {name} split: every row with a label has weight 0; "
                        + "drop the task or mend its row weights");
                task.Head.Check(task.Name, name, target);
            }
        }
    }

    /// <summary>Refuses a batch that was asked for and that no step can fill.</summary>
    public static void Fits(TrainingPlan plan, Examples train)
    {
        if (plan is not { IsBatchChosen: true, BatchRows: { } batch }) return;
        var rows = train.IsJoint || plan.TaskSampler is not null ? train.Rows : train.Tasks.Max(train.RowsOf);
        if (batch > rows)
            throw new DataException($"the plan's batches of {batch} rows are larger than the training split with its {rows} rows"
                + $"{(train.IsJoint || plan.TaskSampler is not null ? "" : " for the largest task")}; use .Batch({rows}) or fewer, or .FullBatch()");
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
