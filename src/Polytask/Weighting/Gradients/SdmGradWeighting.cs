using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// SDMGrad (Xiao, Ban and Ji, NeurIPS 2023, algorithm 1): with A = J₁ J₂ᵀ of two independent batches, divided by the square of the mean of
/// sqrt(A_tt), w takes 20 steps down A (w + lambda w0), w0 = 1/T, by momentum 0.5 with a projection on the simplex, from where it stood; the
/// update is (J₃ᵀ w + lambda g0) / (1 + lambda), which lies between MGDA (lambda = 0) and the mean. Rate 10 as in the authors' code (LibMTL: 5).
/// The weights returned sum to 1; whoever updates adds the mean's share. Memory: w, [T]. O(20 T²); not differentiated.
/// </summary>
internal sealed record SdmGradWeighting(double Lambda, double Rate, int Iterations) : SampledWeighting
{
    public override double MeanShare => Lambda;

    public override GramianRule Start(int tasks) => new Rule(Lambda, Rate, Iterations, tasks);

    public override string ToString() => "SDMGrad";

    private sealed class Rule : DenseRule
    {
        private readonly double lambda, rate;
        private readonly int iterations;

        public Rule(double lambda, double rate, int iterations, int tasks) : base("SDMGrad", tasks)
        {
            (this.lambda, this.rate, this.iterations) = (lambda, rate, iterations);
            register_buffer("weights", full(tasks, 1.0 / tasks, dtype: ScalarType.Float64));
        }

        internal override bool ReadsOneBatch => false;

        protected override double[] Weights(double[,] product, double[] losses)
        {
            var (w, velocity, scale) = (Recall("weights"), new double[Tasks], 0.0);
            for (var t = 0; t < Tasks; t++) scale += Math.Sqrt(Math.Max(0, product[t, t])) / Tasks;
            if (scale == 0) return w;
            for (var k = 0; k < iterations; k++)
            {
                var slope = Dense.Product(product, Array.ConvertAll(w, weight => weight + lambda / Tasks));
                for (var t = 0; t < Tasks; t++) velocity[t] = 0.5 * velocity[t] + slope[t] / (scale * scale);
                w = SimplexProjection.Of([.. w.Zip(velocity, (weight, speed) => weight - rate * speed)]);
            }
            Keep("weights", w);
            return w;
        }
    }
}
