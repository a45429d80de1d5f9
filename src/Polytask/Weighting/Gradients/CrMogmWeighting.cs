using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Composite gradients with smoothed weights, CR-MOGM (Zhou et al., NeurIPS 2022, algorithm 1): the weights of another rule are averaged over
/// steps, w_k = alpha w_(k-1) + (1 - alpha) ŵ_k from w_1 = ŵ_1, which makes them nearly independent of the batch. The paper lets alpha rise to 1
/// as the rate falls; here it is one number. Memory: w, [T]. Cost, convention and heads are the other rule's; not differentiated.
/// </summary>
internal sealed record CrMogmWeighting(GradientWeighting Of, double Alpha) : GradientWeighting
{
    public override bool WeighsHeads => Of.WeighsHeads;

    public override GramianRule Start(int tasks) => new Rule(Of.Start(tasks), Alpha, tasks);

    public override string ToString() => $"{Of}, smoothed";

    private sealed class Rule : DenseRule
    {
        private readonly GramianRule of;
        private readonly double alpha;

        public Rule(GramianRule of, double alpha, int tasks) : base("CR-MOGM", tasks)
        {
            (this.of, this.alpha) = (of, alpha);
            register_module("of", of);
            register_buffer("weights", zeros(tasks, dtype: ScalarType.Float64));
            register_buffer("steps", zeros(1, dtype: ScalarType.Float64));
        }

        protected override double[] Weights(double[,] gramian, double[] losses)
        {
            var w = of.call(tensor(gramian), tensor(losses)).data<double>().ToArray();
            var (last, steps) = (Recall("weights"), Recall("steps")[0]);
            if (steps > 0)
                for (var t = 0; t < Tasks; t++) w[t] = alpha * last[t] + (1 - alpha) * w[t];
            Keep("weights", w);
            Keep("steps", [steps + 1]);
            return w;
        }
    }
}
