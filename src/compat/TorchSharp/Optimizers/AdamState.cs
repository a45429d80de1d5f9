using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Adam's memory of one parameter: running means of the gradient and of its square.</summary>
public abstract class AdamState(Parameter parameter) : OptimizerState(parameter)
{
    /// <summary>Steps taken.</summary>
    public long step;

    /// <summary>The running mean of the gradient.</summary>
    public Tensor exp_avg = null!;

    /// <summary>The running mean of the squared gradient.</summary>
    public Tensor exp_avg_sq = null!;

    /// <summary>The largest <see cref="exp_avg_sq"/> so far, with amsgrad only.</summary>
    public Tensor? max_exp_avg_sq;

    /// <inheritdoc/>
    public override void Initialize(OptimizerOptions options)
    {
        Dispose();
        step = 0;
        exp_avg = Zeros();
        exp_avg_sq = Zeros();
        max_exp_avg_sq = ((AdamOptions)options).amsgrad!.Value ? Zeros() : null;
    }

    private protected override void Visit(FieldVisitor fields)
    {
        fields.Integer(ref step);
        fields.Tensor(ref exp_avg);
        fields.Tensor(ref exp_avg_sq);
        fields.Optional(ref max_exp_avg_sq);
    }
}
