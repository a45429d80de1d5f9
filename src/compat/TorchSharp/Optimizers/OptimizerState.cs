using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimiser remembers about one parameter.</summary>
public abstract class OptimizerState(Parameter parameter) : IDisposable
{
    /// <summary>The parameter that the state belongs to.</summary>
    protected Parameter _parameter = parameter;

    /// <summary>Back to the start.</summary>
    public abstract void Initialize(OptimizerOptions options);

    /// <summary>Copies the values of another state, which must be of this kind, onto this parameter's device.</summary>
    public virtual void LoadStateDict(OptimizerState source)
    {
        var values = source.Values();
        Check(values);
        Load(values);
    }

    /// <summary>Takes over what <see cref="SaveStateDict"/> wrote.</summary>
    public virtual void LoadStateDict(BinaryReader reader)
    {
        var values = Read(reader);
        Check(values);
        Load(values);
    }

    /// <summary>Writes the state in TorchSharp's format.</summary>
    public virtual void SaveStateDict(BinaryWriter writer) => Fields.Write(Visit, writer);

    /// <summary>Moves the state's tensors.</summary>
    public virtual void to(Device device) =>
        Visit(new((value, _) => value is Tensor tensor && tensor.device != device ? Replace(tensor, tensor.to(device)) : value));

    /// <summary>True where the other state has the same values up to rounding.</summary>
    public virtual bool ApproximatelyEquals(OptimizerState other) => other.GetType() == GetType() && Values().Zip(other.Values()).All(
        pair => pair is (Tensor mine, Tensor theirs) ? mine.allclose(theirs) : Equals(pair.First, pair.Second));

    /// <summary>Names the fields, in the order of TorchSharp's files.</summary>
    private protected abstract void Visit(FieldVisitor fields);

    internal List<object?> Values() => Fields.Values(Visit);

    internal List<object?> Read(BinaryReader reader) => Fields.Read(Visit, reader);

    /// <summary>Throws where a tensor of the values is not of the parameter's shape.</summary>
    internal void Check(List<object?> values)
    {
        var shape = _parameter.shape;
        foreach (var tensor in values.OfType<Tensor>())
            if (!shape.AsSpan().SequenceEqual(tensor.shape))
                throw new ArgumentException(
                    $"Invalid optimizer state: a state of shape {new Size(tensor.shape)} for a parameter of shape {new Size(shape)}.");
    }

    /// <summary>Copies values that have passed <see cref="Check"/>.</summary>
    internal void Load(List<object?> values) => Fields.Assign(Visit, values, (own, value) =>
    {
        if (ReferenceEquals(own, value)) return own;
        using var source = (value as Tensor)?.detach();
        return source is null && own is not Tensor ? value : Replace(own as Tensor, source?.to(_parameter.device, copy: true));
    });

    /// <summary>A tensor of the parameter's shape that belongs to the state.</summary>
    private protected Tensor Zeros() => zeros_like(_parameter).DetachFromDisposeScope();

    /// <summary>Frees the state's tensors, not the parameter.</summary>
    public void Dispose()
    {
        foreach (var tensor in Values().OfType<Tensor>()) tensor.Dispose();
        GC.SuppressFinalize(this);
    }

    private static Tensor? Replace(Tensor? old, Tensor? value)
    {
        old?.Dispose();
        return value?.DetachFromDisposeScope();
    }
}
