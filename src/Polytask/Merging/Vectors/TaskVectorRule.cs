using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// What becomes of the task vectors before coefficients weigh them: theta = theta_0 + sum_t lambda_t tau'_t with <see cref="Plain"/> vectors,
/// those of <see cref="Ties"/> or of <see cref="Doge"/>.
/// </summary>
public abstract record TaskVectorRule
{
    private protected TaskVectorRule()
    {
    }

    /// <summary>tau'_t = tau_t.</summary>
    public static TaskVectorRule Plain { get; } = new PlainVectors();

    /// <summary>Trimmed and without what disagrees with the elected sign, but not summed (AdaMerging++); see <see cref="TiesVectors"/>.</summary>
    /// <param name="keep">k, the fraction of each task vector that is kept, in [0, 1].</param>
    public static TaskVectorRule Ties(double keep = 0.2) => keep is >= 0 and <= 1 ? new TiesVectors(keep)
        : throw new DeclarationException($"the fraction that TIES keeps is in [0, 1], but got {keep}");

    /// <summary>With the common correction of DOGE, and masked; see <see cref="DogeVectors"/>.</summary>
    public static TaskVectorRule Doge(DogeOptions? options = null) => new DogeVectors((options ?? new()).Checked());

    /// <summary>Whether tensors like it are merged; the others stay the base's.</summary>
    internal virtual bool Covers(StoredTensor tensor) => true;

    /// <summary>Whether the rule goes with so many models of such tensors.</summary>
    internal virtual void Check(int tasks, IReadOnlyList<StoredTensor> tensors)
    {
    }

    /// <summary>Takes the passes over the models that come before.</summary>
    internal abstract RunningVectors Start<T>(OpenModels models) where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>Task vectors that are ready to be weighed, tensor by tensor.</summary>
internal abstract class RunningVectors
{
    /// <summary>theta_0 + sum_t lambda_t tau'_t, of the declared type and shape; the caller disposes it.</summary>
    public abstract Tensor Combine(StoredTensor tensor, double[] coefficients);

    /// <summary>tau'_t as rows, [T, elements], in the type that the merge computes in; the caller disposes it.</summary>
    public abstract Tensor Rows(StoredTensor tensor);
}
