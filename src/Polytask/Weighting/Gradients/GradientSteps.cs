using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Weightings of task gradients in a training loop of one's own: <c>Weighting.PCGrad().Backward(losses, parameters)</c> in the place of
/// <c>loss.backward()</c>. A rule that remembers past steps is started once: <c>var rule = Weighting.GradVac().Start(3)</c>, then
/// <c>rule.Backward(losses, parameters)</c> in each step. Parameters that only one task has are not passed: train them by its loss, for which
/// the graph is retained.
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
    public static Tensor Backward(this GramianRule rule, IReadOnlyList<Tensor> losses, IEnumerable<Tensor> parameters, bool retainGraph = false)
    {
        Tensor[] shared = [.. parameters];
        using var scope = NewDisposeScope();
        var gradients = TaskGradients.Of(losses, shared, retainGraph: retainGraph);
        var w = rule.call(gradients.Gramian(ScalarType.Float64).cpu(), Values(losses));
        Add(shared, gradients.Combined(w));
        return w.MoveToOuterDisposeScope();
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

    private static T WithoutMemory<T>(Weighting weighting, T rule) where T : nn.Module => rule.state_dict().Count == 0
        ? rule
        : throw new InvalidOperationException($"{weighting} remembers past steps, which would be lost here: start it once, "
            + "var rule = weighting.Start(tasks), and call rule.Backward(losses, parameters) in each step");

    private static IReadOnlyList<Tensor> Read(Weighting weighting, IReadOnlyList<Tensor> losses) =>
        weighting.ReadsLogs ? [.. losses.Select(loss => Positive.Log($"{weighting} of logs", loss))] : losses;

    private static Tensor Values(IReadOnlyList<Tensor> losses) =>
        stack([.. losses.Select(loss => loss.detach().cpu().to(ScalarType.Float64).reshape([]))]);

    private static void Add(Tensor[] parameters, Tensor[] direction)
    {
        using var untracked = no_grad();
        foreach (var (parameter, added) in parameters.Zip(direction))
            parameter.grad = (parameter.grad is { } before ? before + added : added).DetachFromDisposeScope();
    }
}
