using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Stops a training whose numbers are no numbers any more, and says where.</summary>
internal sealed class Divergence(Model model, int seed)
{
    /// <summary>A step; where its weighting refuses what it was given, the message says which step it was.</summary>
    public T Placed<T>(int epoch, int step, long steps, string? checkpoint, Func<T> take)
    {
        try
        {
            return take();
        }
        catch (TrainingException error)
        {
            throw new TrainingException($"model '{model.Name}', seed {seed}: in epoch {epoch}, step {step + 1} of {steps}: {error.Message.TrimEnd('.')}. "
                + Where(checkpoint).TrimEnd());
        }
    }

    /// <summary>Looks at the losses of an epoch's steps.</summary>
    public void Refuse(EpochRecord record, int epoch, long steps, int best, string? checkpoint)
    {
        if (record.FirstNotFinite() is var (step, task, value))
            throw Diverged(model.Tasks[task].Name, value, $"in epoch {epoch}, step {step + 1} of {steps}", best, checkpoint);
    }

    /// <summary>Looks at a validation: the last step of an epoch can break weights whose training loss was still finite.</summary>
    public void Refuse(List<Measurement> validation, int epoch, int best, string? checkpoint)
    {
        if (validation.Find(row => row.Metric == "loss" && !double.IsFinite(row.Value)) is { } bad)
            throw Diverged(bad.Task, bad.Value, $"on the validation split after epoch {epoch}", best, checkpoint);
    }

    /// <summary>Looks at the weights, before they are written.</summary>
    public void Refuse(MultiTaskModule module, int epoch, string? checkpoint)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, parameter) in module.named_parameters())
        {
            if (!parameter.isfinite().all().item<bool>())
                throw new TrainingException($"model '{model.Name}', seed {seed}: '{name}' is not finite any more in epoch {epoch}; "
                    + Where(checkpoint) + "Try a lower learning rate or .ClipGradients(norm)");
        }
    }

    private TrainingException Diverged(string task, double loss, string where, int best, string? checkpoint) => new(FormattableString.Invariant(
        $"model '{model.Name}', seed {seed}: the loss of task '{task}' became {loss} {where}; ")
        + (best > 0 ? $"the lowest validation loss so far was that of epoch {best}. " : "no epoch was finished before. ") + Where(checkpoint)
        + "Try a lower learning rate or .ClipGradients(norm), and look for extreme values in that task's labels");

    private static string Where(string? checkpoint) => checkpoint is null ? "" : $"The last checkpoint before is '{checkpoint}'. ";
}
