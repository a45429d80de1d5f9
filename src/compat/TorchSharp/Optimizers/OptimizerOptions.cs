namespace TorchSharp.Modules;

/// <summary>The options of a group of parameters; what is null is taken from the optimiser.</summary>
public class OptimizerOptions
{
    public double? LearningRate { get; set; }

    /// <summary>The rate that schedules start from.</summary>
    public double InitialLearningRate { get; set; }

    /// <summary>Takes over another's values.</summary>
    public virtual void LoadStateDict(OptimizerOptions source)
    {
        LearningRate = source.LearningRate;
        InitialLearningRate = source.InitialLearningRate;
    }
}
