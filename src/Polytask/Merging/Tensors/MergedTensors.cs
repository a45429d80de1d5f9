using static TorchSharp.torch;

namespace Polytask;

/// <summary>A tensor of all models, of the type that the merge computes in.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Base">theta_0.</param>
/// <param name="Tuned">theta_t.</param>
/// <param name="Statistics">What is known of it beside the models, for each of them; none where nothing is.</param>
internal sealed record MergedTensors(string Name, Tensor Base, IReadOnlyList<Tensor> Tuned, IReadOnlyList<Tensor> Statistics)
{
    /// <summary>tau_t.</summary>
    public IEnumerable<Tensor> Taus => Tuned.Select(model => model - Base);

    /// <summary>The base moved by a multiple of the mean task vector: by 1 to the mean of the models.</summary>
    public Tensor Mean(double scale = 1) => Base + Taus.Aggregate((sum, tau) => sum + tau) * (scale / Tuned.Count);
}
