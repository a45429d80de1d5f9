using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>L = sum_t w_t L_t with weights that do not change.</summary>
internal sealed record ConstantWeighting((string Task, double Weight)[] Weights) : LossWeighting
{
    public override nn.Module<Tensor, Tensor> Build(IReadOnlyList<TaskSpec> tasks)
    {
        var names = tasks.Select(task => task.Name).ToArray();
        foreach (var (task, weight) in Weights)
        {
            if (!names.Contains(task)) throw new DeclarationException($"the constant weighting names task '{task}', but the model has {Names.Listed(names)}{Names.DidYouMean(task, names)}");
            if (!double.IsFinite(weight) || weight < 0) throw new DeclarationException($"task '{task}': a constant weight is a finite number of at least 0, but got {weight}");
        }
        return new WeightedSum([.. names.Select(name => Weights.Where(entry => entry.Task == name).Select(entry => (float)entry.Weight).DefaultIfEmpty(1f).Last())]);
    }

    public override string ToString() => "constant " + string.Join(", ", Weights.Select(entry => $"{entry.Task} {entry.Weight.ToString(CultureInfo.InvariantCulture)}"));

    private sealed class WeightedSum : nn.Module<Tensor, Tensor>
    {
        public WeightedSum(float[] weights) : base("constant") => register_buffer("weights", tensor(weights));

        public override Tensor forward(Tensor losses) => losses.dot(get_buffer("weights")!);
    }
}
