using System.Collections.Immutable;
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>L = r.L - lambda cos(r, L): the preferred mean of the losses, and losses that point where the preference does (COSMOS: Ruchte and Grabocka,
/// ICDM 2021).</summary>
internal sealed record CosmosWeighting(double Alignment, ImmutableArray<Preference> Preferences) : LossWeighting
{
    public override nn.Module<Tensor, Tensor> Build(IReadOnlyList<TaskSpec> tasks) => new Aligned(Alignment, Preference.Of(Preferences, tasks, ToString()).Weights);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"cosmos, lambda {Alignment}");

    private sealed class Aligned : nn.Module<Tensor, Tensor>
    {
        private readonly double alignment;

        public Aligned(double alignment, Tensor preference) : base("cosmos")
        {
            this.alignment = alignment;
            register_buffer("preference", preference);
        }

        public override Tensor forward(Tensor losses)
        {
            var preference = get_buffer("preference")!;
            var mean = preference.dot(losses);
            return mean - alignment * mean / (preference.norm() * losses.norm() + 1e-12);
        }
    }
}
