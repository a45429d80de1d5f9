namespace TorchSharp.Modules;

/// <summary>The options of a group of parameters; what is null is taken from the optimiser.</summary>
public class OptimizerOptions
{
    private double? learningRate;
    private double initialLearningRate;

    public double? LearningRate
    {
        get => learningRate;
        set => learningRate = value;
    }

    /// <summary>The rate that schedules start from.</summary>
    public double InitialLearningRate
    {
        get => initialLearningRate;
        set => initialLearningRate = value;
    }

    /// <summary>Takes over the values of another optimiser's options, which must be of this kind.</summary>
    public virtual void LoadStateDict(OptimizerOptions source) => Load(source.Values());

    /// <summary>Takes over what <see cref="SaveStateDict"/> wrote.</summary>
    public virtual void LoadStateDict(BinaryReader reader) => Load(Read(reader));

    /// <summary>Writes the options in TorchSharp's format.</summary>
    public virtual void SaveStateDict(BinaryWriter writer) => Fields.Write(Visit, writer);

    /// <summary>Names the fields, in the order of TorchSharp's files.</summary>
    private protected virtual void Visit(FieldVisitor fields)
    {
        fields.Number(ref initialLearningRate);
        fields.Number(ref learningRate);
    }

    internal List<object?> Values() => Fields.Values(Visit);

    internal List<object?> Read(BinaryReader reader) => Fields.Read(Visit, reader);

    internal void Load(List<object?> values) => Fields.Assign(Visit, values, (_, value) => value);

    /// <summary>Takes from the optimiser's options what is null here.</summary>
    internal void CompleteFrom(OptimizerOptions defaults) => Fields.Assign(Visit, defaults.Values(), (own, value) => own ?? value);
}
