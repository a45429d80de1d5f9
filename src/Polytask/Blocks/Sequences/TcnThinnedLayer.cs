using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// <see cref="TcnLayer"/> for those steps alone that the last step of all reads: [batch, channels, every 2^l-th step up to the last] → every
/// 2^(l+1)-th, or of the last layer the last. Between the steps that are left, a dilation of 2^l is one of 1. The same weights under the same names.
/// </summary>
internal sealed class TcnThinnedLayer : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> first;
    private readonly nn.Module<Tensor, Tensor> second;
    private readonly TorchSharp.Modules.Conv1d? projection;
    private readonly long before;
    private readonly bool isLast;
    private readonly double dropout;

    public TcnThinnedLayer(long from, long to, Tcn spec, bool isLast) : base("tcn_layer")
    {
        (before, this.isLast, dropout) = (spec.Kernel - 1, isLast, spec.Dropout);
        first = spec.Convolution(from, to);
        second = spec.Convolution(to, to, stride: 2);
        if (from != to) projection = nn.Conv1d(from, to, 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var steps = x.shape[2];
        // Every second step, counted from the last one backwards.
        var skipped = isLast ? steps - 1 : (steps - 1) % 2;
        // A single output reads a kernel's length of what the first convolution gives, which is all that it computes then.
        var hidden = Dropped(first.call(Preceded(x, before + (isLast ? Math.Min(steps, before + 1) : steps))));
        var output = Dropped(second.call(Preceded(hidden, before + steps - skipped)));
        var kept = x.slice(2, skipped, steps, 2);
        return output.add(projection is null ? kept : projection.call(kept)).relu();
    }

    // The last steps, zeros in front where there are fewer.
    private static Tensor Preceded(Tensor x, long count)
    {
        var missing = count - x.shape[2];
        return missing > 0 ? nn.functional.pad(x, (missing, 0)) : x.narrow(2, -missing, count);
    }

    private Tensor Dropped(Tensor output)
    {
        output = output.relu();
        return dropout > 0 ? nn.functional.dropout(output, dropout, training) : output;
    }
}
