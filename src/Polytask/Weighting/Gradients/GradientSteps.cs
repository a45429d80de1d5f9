using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Weightings of task gradients in a training loop of one's own: <c>Weighting.PCGrad().Backward(losses, parameters)</c> in the place of
/// <c>loss.backward()</c>. A rule that remembers past steps is started once: <c>var rule = Weighting.GradVac().Start(3)</c>, then
/// <c>rule.Backward(losses, parameters)</c> in each step. Parameters that only one task has are not passed: train them by its loss, for which
/// the graph is retained. A rule that was started of a weighting of logs (<see cref="Weighting.OfLogs"/>) is given the logs of the losses.
/// </summary>
public static class GradientSteps
{
    /// <summary>Adds Jᵀ w to the <c>grad</c> of the parameters.</summary>
    /// <param name="weighting">The weighting, without memory.</param>
    /// <param name="losses">A loss for each task, of one element.</param>
    /// <param name="parameters">What the tasks share.</param>
    /// <param name="retainGraph">Keep the graph for a further backward pass.</param>
    /// <returns>w, float64 [T].</returns>
    /// <exception cref="InvalidOperationException">The weighting remembers past steps, which would be lost.</exception>
    /// <exception cref="ArgumentException">
    /// Losses or parameters that <see cref="TaskGradients.Of"/> refuses, or gradients that are not finite.
    /// </exception>
    public static Tensor Backward(
        this GradientWeighting weighting, IReadOnlyList<Tensor> losses, IEnumerable<Tensor> parameters, bool retainGraph = false) =>
        WithoutMemory(weighting, weighting.Start(losses.Count)).Backward(Read(weighting, losses), parameters, retainGraph);

    /// <summary>Adds Jᵀ w to the <c>grad</c> of the parameters.</summary>
    /// <param name="rule">A rule that was started for these tasks.</param>
    /// <inheritdoc cref="Backward(GradientWeighting, IReadOnlyList{Tensor}, IEnumerable{Tensor}, bool)"/>
    public static Tensor Backward(this GramianRule rule, IReadOnlyList<Tensor> losses, IEnumerable<Tensor> parameters, bool retainGraph = false) =>
        Backward(rule, losses, [.. parameters], null, retainGraph);

    /// <summary>
    /// Adds Jᵀ w to the <c>grad</c> of the parameters of the tape's network, which is what the tasks share; where many tasks meet large layers in less time
    /// and memory than by the parameters alone.
    /// </summary>
    /// <param name="weighting">The weighting, without memory.</param>
    /// <param name="losses">A loss for each task, of one element.</param>
    /// <param name="tape">Made before the forward pass that gave the losses; the pass is forgotten afterwards.</param>
    /// <param name="retainGraph">Keep the graph for a further backward pass.</param>
    /// <inheritdoc cref="Backward(GradientWeighting, IReadOnlyList{Tensor}, IEnumerable{Tensor}, bool)"/>
    public static Tensor Backward(this GradientWeighting weighting, IReadOnlyList<Tensor> losses, LayerTape tape, bool retainGraph = false) =>
        WithoutMemory(weighting, weighting.Start(losses.Count)).Backward(Read(weighting, losses), tape, retainGraph);

    /// <inheritdoc cref="Backward(GradientWeighting, IReadOnlyList{Tensor}, LayerTape, bool)"/>
    /// <param name="rule">A rule that was started for these tasks.</param>
    public static Tensor Backward(this GramianRule rule, IReadOnlyList<Tensor> losses, LayerTape tape, bool retainGraph = false)
    {
        try
        {
            return Backward(rule, losses, Trained(tape), tape, retainGraph);
        }
        finally
        {
            tape.Clear();
        }
    }

    /// <summary>
    /// Adds sum_i w_i grad l_i to the <c>grad</c> of the parameters of the tape's network, with one objective for each row (Quinton and Rey, 2024,
    /// section 5). Layers without weights of their own may stand between; what mixes rows (batch normalisation) is refused.
    /// </summary>
    /// <param name="weighting">The weighting, without memory.</param>
    /// <param name="rowLosses">The loss of each row, [B].</param>
    /// <param name="tape">Made before the forward pass that gave the losses; the pass is forgotten afterwards.</param>
    /// <returns>w, float64 [B].</returns>
    /// <exception cref="InvalidOperationException">The weighting remembers past steps.</exception>
    /// <exception cref="ArgumentException">Losses of another shape, a network that mixes rows, or gradients that are not finite.</exception>
    public static Tensor Backward(this GradientWeighting weighting, Tensor rowLosses, LayerTape tape)
    {
        if (rowLosses.ndim != 1)
            throw new ArgumentException($"the rows' losses have shape [{string.Join(", ", rowLosses.shape)}]; expected one number for each row, [B]: leave the "
                + "reduction of the loss out", nameof(rowLosses));
        try
        {
            using var scope = NewDisposeScope();
            var losses = weighting.ReadsLogs ? Positive.Log(weighting.Describe(), rowLosses) : rowLosses;
            var parameters = Trained(tape);
            var w = WithoutMemory(weighting, weighting.Start((int)losses.shape[0]))
                .call(RowGramian.Of([losses], tape, parameters), losses.detach().cpu().to(ScalarType.Float64));
            var weighed = (losses * w.to(losses.dtype).to(losses.device)).sum();
            Add(parameters, [.. autograd.grad([weighed], parameters, allow_unused: true)]);
            return w.MoveToOuterDisposeScope();
        }
        finally
        {
            tape.Clear();
        }
    }

    /// <summary>
    /// Adds (J₃ᵀ w + lambda mean) / (1 + lambda) to the <c>grad</c> of the parameters, w from J₁ J₂ᵀ; the losses of three batches, each from a forward
    /// pass of its own.
    /// </summary>
    /// <param name="weighting">The weighting that the rule is of.</param>
    /// <param name="rule">A rule that was started for these tasks.</param>
    /// <param name="first">A loss for each task, of the first batch.</param>
    /// <param name="second">The same of the second batch.</param>
    /// <param name="third">The same of the third batch, whose gradients are combined.</param>
    /// <param name="parameters">What the tasks share.</param>
    /// <returns>The weights of the third batch's gradients, float64 [T].</returns>
    /// <exception cref="ArgumentException">
    /// Losses or parameters that <see cref="TaskGradients.Of"/> refuses, or gradients that are not finite.
    /// </exception>
    public static Tensor Backward(this SampledWeighting weighting, GramianRule rule, IReadOnlyList<Tensor> first, IReadOnlyList<Tensor> second,
        IReadOnlyList<Tensor> third, IEnumerable<Tensor> parameters)
    {
        Tensor[] shared = [.. parameters];
        using var scope = NewDisposeScope();
        var batches = new[] { first, second, third }.Select(losses => Read(weighting, losses)).ToArray();
        var gradients = Array.ConvertAll(batches, losses => TaskGradients.Of(losses, shared));
        var w = rule.call(gradients[0].Products(gradients[1], ScalarType.Float64).cpu(), stack([.. batches.Select(Values)]).mean([0L]));
        var mixed = (w + weighting.MeanShare / first.Count) / (1 + weighting.MeanShare);
        Add(shared, gradients[2].Combined(mixed));
        return mixed.MoveToOuterDisposeScope();
    }

    /// <summary>Adds the direction that the weighting makes of J to the <c>grad</c> of the parameters.</summary>
    /// <inheritdoc cref="Backward(GradientWeighting, IReadOnlyList{Tensor}, IEnumerable{Tensor}, bool)"/>
    public static void Backward(
        this JacobianWeighting weighting, IReadOnlyList<Tensor> losses, IEnumerable<Tensor> parameters, bool retainGraph = false) =>
        WithoutMemory(weighting, weighting.Start(losses.Count)).Backward(Read(weighting, losses), parameters, retainGraph);

    /// <summary>Adds the direction that the rule makes of J to the <c>grad</c> of the parameters.</summary>
    /// <param name="rule">A rule that was started for these tasks.</param>
    /// <inheritdoc cref="Backward(GradientWeighting, IReadOnlyList{Tensor}, IEnumerable{Tensor}, bool)"/>
    public static void Backward(this JacobianRule rule, IReadOnlyList<Tensor> losses, IEnumerable<Tensor> parameters, bool retainGraph = false)
    {
        Tensor[] shared = [.. parameters];
        using var scope = NewDisposeScope();
        var gradients = TaskGradients.Of(losses, shared, retainGraph: retainGraph);
        Add(shared, rule.Combine(gradients, Values(losses)));
    }

    private static Tensor Backward(GramianRule rule, IReadOnlyList<Tensor> losses, Tensor[] shared, LayerTape? tape, bool retainGraph)
    {
        if (rule is DenseRule { ReadsOneBatch: false })
            throw new InvalidOperationException($"{rule.GetName()} reads the gradients of three batches; use weighting.Backward(rule, first, second, third, "
                + "parameters)");
        using var scope = NewDisposeScope();
        TaskGradients.Check(losses, shared);
        var gradients = SharedGradients.Of(losses, shared, [.. losses.Select(_ => Array.Empty<Parameter>())], tape, retainGraph);
        var w = rule.call(gradients.Gramian(), Values(losses));
        Add(shared, gradients.Combined(w));
        return w.MoveToOuterDisposeScope();
    }

    private static Parameter[] Trained(LayerTape tape) => [.. tape.Network.parameters().Where(parameter => parameter.requires_grad)];

    private static T WithoutMemory<T>(Weighting weighting, T rule) where T : nn.Module => rule.state_dict().Count == 0
        ? rule
        : throw new InvalidOperationException($"{weighting} remembers past steps, which would be lost here: start it once, "
            + "var rule = weighting.Start(tasks), and call rule.Backward(losses, parameters) in each step");

    private static IReadOnlyList<Tensor> Read(Weighting weighting, IReadOnlyList<Tensor> losses) =>
        weighting.ReadsLogs ? [.. losses.Select(loss => Positive.Log(weighting.Describe(), loss))] : losses;

    private static Tensor Values(IReadOnlyList<Tensor> losses) =>
        stack([.. losses.Select(loss => loss.detach().cpu().to(ScalarType.Float64).reshape([]))]);

    private static void Add(Tensor[] parameters, Tensor?[] direction)
    {
        using var untracked = no_grad();
        foreach (var (parameter, added) in parameters.Zip(direction))
            if (added is { IsInvalid: false }) parameter.grad = (parameter.grad is { } before ? before + added : added).DetachFromDisposeScope();
    }
}
