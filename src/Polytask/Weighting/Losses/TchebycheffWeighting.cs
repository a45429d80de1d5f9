using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>L = max_t lambda_t (L_t - z_t): the task that is furthest from its ideal is trained, alone (Bowman, 1976).</summary>
internal sealed record TchebycheffWeighting(ImmutableArray<Preference> Preferences) : LossWeighting
{
    public override nn.Module<Tensor, Tensor> Build(IReadOnlyList<TaskSpec> tasks) => new Largest(Preference.Of(Preferences, tasks, ToString()));

    public override string ToString() => "tchebycheff";

    private sealed class Largest : nn.Module<Tensor, Tensor>
    {
        public Largest((Tensor Weights, Tensor Ideal) preferences) : base("tchebycheff")
        {
            register_buffer("weights", preferences.Weights);
            register_buffer("ideal", preferences.Ideal);
        }

        public override Tensor forward(Tensor losses) => (get_buffer("weights")! * (losses - get_buffer("ideal")!)).max();
    }
}
