using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Nash-MTL (Navon et al., ICML 2022, claim 3.1 and algorithm 1): w > 0 with G w = 1 / w, the bargaining solution, whose Jᵀ w has the length
/// sqrt(T); longer than <c>maxNorm</c> it is cut to it. Solved every so many steps, and kept between. A convex problem in T numbers: see <see
/// cref="FairPoint"/>, which replaces the sequence of convex programs of the authors' code. The tasks' own parameters are trained by w_t L_t, as
/// there. O(T³) and about ten iterations; not differentiated.
/// </summary>
internal sealed record NashMtlWeighting(double MaxNorm, int Every) : GradientWeighting
{
    public override bool WeighsHeads => true;

    public override GramianRule Start(int tasks) => new Rule(MaxNorm, Every, tasks);

    public override string ToString() => "Nash-MTL";

    private sealed class Rule : DenseRule
    {
        private readonly double maxNorm;
        private readonly int every;

        public Rule(double maxNorm, int every, int tasks) : base("Nash-MTL", tasks)
        {
            (this.maxNorm, this.every) = (maxNorm, every);
            register_buffer("weights", ones(tasks, dtype: ScalarType.Float64));
            register_buffer("steps", zeros(1, dtype: ScalarType.Float64));
        }

        protected override double[] Weights(double[,] gramian, double[] losses)
        {
            var steps = Recall("steps")[0];
            if (steps % every == 0) Keep("weights", FairPoint.Of(gramian, 1));
            Keep("steps", [steps + 1]);

            var w = Recall("weights");
            var norm = Dense.Length(gramian, w);
            return maxNorm > 0 && norm > maxNorm ? Dense.Times(w, maxNorm / norm) : w;
        }
    }
}
