using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>How many values become one.</summary>
public enum Pooling
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The largest.</summary>
    Max,

    /// <summary>Their sum.</summary>
    Sum,
}

/// <summary>All positions become one; see <see cref="Block.GlobalPool"/>.</summary>
internal sealed record GlobalPool(Pooling Kind) : Block
{
    public override string Name => "pool";

    public override string Describe() => $"{Kind.ToString().ToLowerInvariant()} over all positions";

    public override Shape Output(Shape input, string place) => input.Rank switch
    {
        2 => Shape.Of(input[1]),
        3 => Shape.Of(input[0]),
        _ => throw new DeclarationException($"{place}: global pooling takes length x channels or channels x height x width, but gets {input}"),
    };

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new GlobalPoolModule(Kind);
}

/// <summary>Padding does not count: a sequence's mean, maximum and sum are those of its other positions.</summary>
internal sealed class GlobalPoolModule(Pooling kind) : nn.Module<Tensor, Tensor>("pool"), IMasked
{
    public override Tensor forward(Tensor x)
    {
        long[] positions = x.dim() == 3 ? [1] : [2, 3];
        return kind switch
        {
            Pooling.Mean => x.mean(positions),
            Pooling.Max => x.amax(positions),
            _ => x.sum(positions),
        };
    }

    public (Tensor Output, Tensor? Hidden) Forward(Tensor x, Tensor? hidden)
    {
        if (hidden is null) return (call(x), null);
        var away = hidden.unsqueeze(-1);
        if (kind == Pooling.Max) return (x.masked_fill(away, finfo(x.dtype).min).amax([1L]), null);
        var sum = x.masked_fill(away, 0).sum([1L]);
        return (kind == Pooling.Sum ? sum : sum.div(hidden.logical_not().sum([1L], true).clamp(1)), null);
    }
}
