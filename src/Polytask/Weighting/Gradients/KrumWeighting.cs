namespace Polytask;

/// <summary>
/// Krum and Multi-Krum (Blanchard et al., NeurIPS 2017): the score of a task is the sum of the squared distances |g_i - g_j|² to its T - f - 2
/// nearest others; the k tasks of least score are averaged, w_i = 1/k, the others left out. Of equal scores the first task is taken. Squared
/// distances as in the paper, where TorchJD sums plain ones. O(T² log T); piecewise constant, so that its derivative says nothing.
/// </summary>
internal sealed record KrumWeighting(int Byzantine, int Selected) : GradientWeighting
{
    public override GramianRule Start(int tasks)
    {
        if (tasks < Byzantine + 3)
            throw new DeclarationException($"Krum: {Byzantine} hostile tasks need at least {Byzantine + 3} in all, but there are {tasks}");
        Refuse.Outside("Krum", "the number of tasks to average", Selected, 1, tasks);
        return new Rule(Byzantine, Selected, tasks);
    }

    public override string ToString() => Selected == 1 ? "Krum" : $"Krum of {Selected}";

    private sealed class Rule(int byzantine, int selected, int tasks) : DenseRule("Krum", tasks)
    {
        protected override double[] Weights(double[,] gramian, double[] losses)
        {
            var scores = new double[Tasks];
            for (var i = 0; i < Tasks; i++)
                scores[i] = Enumerable.Range(0, Tasks).Where(j => j != i).Select(j => gramian[i, i] + gramian[j, j] - 2 * gramian[i, j])
                    .Order().Take(Tasks - byzantine - 2).Sum();
            var w = new double[Tasks];
            foreach (var i in Enumerable.Range(0, Tasks).OrderBy(i => scores[i]).Take(selected)) w[i] = 1.0 / selected;
            return w;
        }
    }
}
