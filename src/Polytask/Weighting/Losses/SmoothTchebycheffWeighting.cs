using System.Collections.Immutable;
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// L = mu log sum_t exp(lambda_t (L_t - z_t) / mu), a smooth maximum: between max_t y_t and max_t y_t + mu log T for y_t = lambda_t (L_t - z_t) (STCH: Lin
/// et al., ICML 2024).
/// </summary>
internal sealed record SmoothTchebycheffWeighting(double Smoothness, ImmutableArray<Preference> Preferences) : LossWeighting
{
    public override nn.Module<Tensor, Tensor> Build(IReadOnlyList<TaskSpec> tasks) =>
        new SmoothMaximum(Smoothness, Preference.Of(Preferences, tasks, ToString()));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"smooth tchebycheff, mu {Smoothness}");

    private sealed class SmoothMaximum : nn.Module<Tensor, Tensor>
    {
        private readonly double smoothness;

        public SmoothMaximum(double smoothness, (Tensor Weights, Tensor Ideal) preferences) : base("smooth_tchebycheff")
        {
            this.smoothness = smoothness;
            register_buffer("weights", preferences.Weights);
            register_buffer("ideal", preferences.Ideal);
        }

        public override Tensor forward(Tensor losses) =>
            smoothness * (get_buffer("weights")! * (losses - get_buffer("ideal")!) / smoothness).logsumexp(0);
    }
}
