using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Adam's memory of one parameter: running means of the gradient and of its square.</summary>
public abstract class AdamState(Parameter parameter) : OptimizerState(parameter), IDisposable
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

    /// <inheritdoc/>
    public override void LoadStateDict(OptimizerState source)
    {
        var other = (AdamState)source;
        Load(ref exp_avg, other.exp_avg);
        Load(ref exp_avg_sq, other.exp_avg_sq);
        if (other.max_exp_avg_sq is { } largest)
        {
            max_exp_avg_sq ??= Zeros();
            Load(ref max_exp_avg_sq, largest);
        }
        else
        {
            max_exp_avg_sq?.Dispose();
            max_exp_avg_sq = null;
        }
        step = other.step;
    }

    /// <inheritdoc/>
    public override void to(Device device)
    {
        Move(ref exp_avg, device);
        Move(ref exp_avg_sq, device);
        if (max_exp_avg_sq is not null) Move(ref max_exp_avg_sq, device);
    }

    /// <inheritdoc/>
    public override bool ApproximatelyEquals(OptimizerState other) =>
        other is AdamState state && step == state.step && exp_avg.allclose(state.exp_avg) && exp_avg_sq.allclose(state.exp_avg_sq)
        && (max_exp_avg_sq is null ? state.max_exp_avg_sq is null : state.max_exp_avg_sq is { } largest && max_exp_avg_sq.allclose(largest));

    public void Dispose()
    {
        exp_avg?.Dispose();
        exp_avg_sq?.Dispose();
        max_exp_avg_sq?.Dispose();
    }
}
