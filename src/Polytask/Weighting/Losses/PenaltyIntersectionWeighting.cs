using System.Collections.Immutable;
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// L = d1 + theta d2: with u = r / ||r||, d1 = (L - z).u is how far the losses are along the preferred direction, d2 = ||(L - z) - d1 u|| how far from it
/// (penalty-based boundary intersection: Zhang and Li, IEEE TEVC 2007).
/// </summary>
internal sealed record PenaltyIntersectionWeighting(double Penalty, ImmutableArray<Preference> Preferences) : LossWeighting
{
    public override nn.Module<Tensor, Tensor> Build(IReadOnlyList<TaskSpec> tasks) => new Intersection(Penalty, Preference.Of(Preferences, tasks, ToString()));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"penalty boundary intersection, theta {Penalty}");

    private sealed class Intersection : nn.Module<Tensor, Tensor>
    {
        private readonly double penalty;

        public Intersection(double penalty, (Tensor Weights, Tensor Ideal) preferences) : base("penalty_intersection")
        {
            this.penalty = penalty;
            register_buffer("direction", preferences.Weights / preferences.Weights.norm());
            register_buffer("ideal", preferences.Ideal);
        }

        public override Tensor forward(Tensor losses)
        {
            var above = losses - get_buffer("ideal")!;
            var along = above.dot(get_buffer("direction")!);
            // The square root has no slope at 0, where the losses lie on the direction.
            var beside = (above - along * get_buffer("direction")!).square().sum();
            return along + penalty * (beside + 1e-12).sqrt();
        }
    }
}
