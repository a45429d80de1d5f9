using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// MoDo, double sampling (Chen et al., NeurIPS 2023, equation 6): w ← projection on the simplex of w - gamma (J₁ J₂ᵀ + rho I) w for two independent
/// batches, from 1/T; the update is J₃ᵀ w of a third (the paper's own form updates by the mean of the two). The weights sum to 1. Memory: w, [T].
/// O(T²); not differentiated.
/// </summary>
internal sealed record MoDoWeighting(double Gamma, double Rho) : SampledWeighting
{
    public override GramianRule Start(int tasks) => new Rule(Gamma, Rho, tasks);

    public override string ToString() => "MoDo";

    private sealed class Rule : DenseRule
    {
        private readonly double gamma, rho;

        public Rule(double gamma, double rho, int tasks) : base("MoDo", tasks)
        {
            (this.gamma, this.rho) = (gamma, rho);
            register_buffer("weights", full(tasks, 1.0 / tasks, dtype: ScalarType.Float64));
        }

        internal override bool ReadsOneBatch => false;

        protected override double[] Weights(double[,] product, double[] losses)
        {
            var w = Recall("weights");
            var slope = Dense.Product(product, w);
            w = SimplexProjection.Of([.. w.Zip(slope, (weight, down) => weight - gamma * (down + rho * weight))]);
            Keep("weights", w);
            return w;
        }
    }
}
