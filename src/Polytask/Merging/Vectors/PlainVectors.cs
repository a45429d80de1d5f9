namespace Polytask;

/// <summary>tau'_t = tau_t = theta_t - theta_0.</summary>
internal sealed record PlainVectors : TaskVectorRule
{
    internal override RunningVectors Start<T>(OpenModels models) => new BlockVectors<T>(new BlockPasses<T>(models));

    public override string ToString() => "plain task vectors";
}
