using System.Collections.Immutable;
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>L = sum_t w_t L_t with weights that do not change.</summary>
internal sealed record ConstantWeighting(ImmutableArray<(string Task, double Weight)> Weights) : LossWeighting
{
    public override nn.Module<Tensor, Tensor> Build(IReadOnlyList<TaskSpec> tasks)
    {
        var names = tasks.Select(task => task.Name).ToArray();
        foreach (var (task, weight) in Weights)
        {
            if (!names.Contains(task))
                throw new DeclarationException(
                    $"the constant weighting names task '{task}', but the model has {Names.Listed(names)}{Names.DidYouMean(task, names)}");
            if (!double.IsFinite(weight) || weight < 0)
                throw new DeclarationException($"task '{task}': a constant weight is a finite number of at least 0, but got {weight}");
            if (Weights.Count(entry => entry.Task == task) > 1)
                throw new DeclarationException($"the constant weighting names task '{task}' twice; give each task one weight");
        }
        var given = Weights.ToDictionary(entry => entry.Task, entry => (float)entry.Weight);
        return new WeightedSum(Array.ConvertAll(names, name => given.GetValueOrDefault(name, 1f)));
    }

    public override string ToString() =>
        "constant " + string.Join(", ", Weights.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Task} {entry.Weight}")));

    private sealed class WeightedSum : nn.Module<Tensor, Tensor>
    {
        public WeightedSum(float[] weights) : base("constant") => register_buffer("weights", tensor(weights));

        public override Tensor forward(Tensor losses) => losses.dot(get_buffer("weights")!);
    }
}
