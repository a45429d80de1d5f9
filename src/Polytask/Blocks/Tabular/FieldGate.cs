using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A weight for each field, X'_f = c s(score(X)_f) X_f with s the logistic function: squeeze and excitation (Hu et al., CVPR 2018) over fields
/// instead of channels, as in FiBiNET (Huang et al., RecSys 2019). With c = 2 a score of 0 leaves a field as it is. Made by
/// <see cref="Block.FieldGate"/>; a gate of its own for each task is <c>Layer.PerTask(Block.FieldGate(score))</c>, which tells tasks apart before
/// any expert.
/// </summary>
public sealed record FieldGate : Block
{
    internal FieldGate(Block score)
    {
        ArgumentNullException.ThrowIfNull(score);
        Score = score;
    }

    /// <summary>[fields, width] → a score for each field.</summary>
    public Block Score { get; }

    /// <summary>c, the weight that no field exceeds.</summary>
    public double Limit { get; private init; } = 2;

    /// <summary>The same with weights between 0 and another limit: 1 for a gate that only takes away.</summary>
    public FieldGate UpTo(double limit) => limit > 0 && double.IsFinite(limit)
        ? this with { Limit = limit }
        : throw new DeclarationException(FormattableString.Invariant($"the weights of fields have a finite limit above 0, but got {limit}"));

    /// <inheritdoc/>
    public override string Name => "field gate";

    /// <inheritdoc/>
    public override string Describe() => FormattableString.Invariant($"field gate up to {Limit} by ({Score})");

    /// <inheritdoc/>
    public override Shape Output(Shape input, string place)
    {
        if (input.Rank != 2) throw new DeclarationException($"{place}: a field gate reads fields x width, but gets {input}");
        var scores = Score.Output(input, place);
        return scores.IsFlat && scores[0] == input[0]
            ? input
            : throw new DeclarationException($"{place}: the gate of {input[0]} fields needs a score for each, but '{Score.Name}' gives {scores}");
    }

    internal override void Check(string task, string split, Tensor inputs) => Score.Check(task, split, inputs);

    /// <inheritdoc/>
    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new FieldGateModule(Score.Build(input), Limit);
}

/// <summary>A built <see cref="FieldGate"/>.</summary>
public sealed class FieldGateModule : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> score;
    private readonly double limit;

    internal FieldGateModule(nn.Module<Tensor, Tensor> score, double limit) : base("field_gate")
    {
        (this.score, this.limit) = (score, limit);
        RegisterComponents();
    }

    /// <summary>The fields' weights, float [batch, fields], 0 to the limit, with gradients.</summary>
    /// <param name="x">float [batch, fields, width].</param>
    public Tensor Weights(Tensor x) => score.call(x).sigmoid().mul(limit);

    /// <inheritdoc/>
    public override Tensor forward(Tensor x) => x.mul(Weights(x).unsqueeze(2));
}
