using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>One step of training: gradients (at the weights, or nearby for SAM), clipping, noise, the optimiser, the average of weights.</summary>
internal sealed class TrainingStep : IDisposable
{
    private readonly TrainingPlan plan;
    private readonly GradientPass pass;
    private readonly SharpnessAware? sharpness;
    private readonly GradientNoise? noise;

    /// <param name="module">The module, on its device.</param>
    /// <param name="plan">How it is trained.</param>
    /// <param name="seed">The seed of the noise.</param>
    /// <param name="resting">The losses of tasks that rest; null where none does.</param>
    /// <param name="scaler">Scales losses against the underflow of float16; by default where the plan computes in it.</param>
    public TrainingStep(MultiTaskModule module, TrainingPlan plan, int seed, RestingLosses? resting = null, GradientScaler? scaler = null)
    {
        this.plan = plan;
        Scaler = scaler ?? new GradientScaler(enabled: plan.Precision == ScalarType.Float16);
        Optimizer = new GroupedOptimizer(module, plan);
        pass = new GradientPass(module, plan, Scaler, resting);
        if (plan.Sharpness is { } sam) sharpness = new SharpnessAware(module, Optimizer.Parameters, sam.Radius, sam.IsAdaptive);
        if (plan.Noise is { } annealed) noise = new GradientNoise(annealed.Eta, annealed.Gamma, seed);
        if (plan.AverageDecay is { } decay) Average = new WeightAverage(module, decay);
    }

    public GroupedOptimizer Optimizer { get; }

    public GradientScaler Scaler { get; }

    /// <summary>The average of the weights, or null.</summary>
    public WeightAverage? Average { get; }

    /// <summary>The dot products of the tasks' gradients in the last step, outside of any dispose scope; null where the plan does not record them.</summary>
    public Tensor? Gramian { get; private set; }

    /// <summary>Takes the step.</summary>
    /// <param name="batch">Its rows.</param>
    /// <param name="step">The steps taken before, in all epochs.</param>
    /// <param name="rate">The factor of the learning rates.</param>
    /// <param name="factors">The factor of each loss, float [tasks]; null for 1.</param>
    /// <returns>
    /// Losses and weights at the step's beginning, outside of any dispose scope, and whether the gradient was so short that the step was not taken.
    /// </returns>
    public (Tensor Losses, Tensor Weights, bool IsConverged) Take(Batch batch, long step, double rate, Tensor? factors)
    {
        var (losses, weights) = ((Tensor?)null, (Tensor?)null);
        Optimizer.RateFactor = rate;
        var finite = sharpness is null ? Gradients() : sharpness.Run(Gradients, Gradients);
        var converged = plan.StopAtGradientNorm is { } bound && GradientNorm() < bound;
        if (plan.MaximumGradientNorm is { } norm) nn.utils.clip_grad_norm_(Optimizer.Parameters, norm);
        if (finite && !converged)
        {
            noise?.Add(Optimizer.Parameters, step);
            Optimizer.Step(batch, plan.OptimizerRule.IsElementwise ? null : AnewFrom(get_rng_state()));
            Average?.Update();
        }
        Scaler.Update(finite);
        return (losses!, weights!, converged);

        bool Gradients()
        {
            Pass();
            return Scaler.UnscaleGradients(Optimizer.Parameters);
        }

        Tensor Pass()
        {
            // Forgotten, not filled with zeros: two operators fewer per parameter.
            Optimizer.ForgetGradients();
            var run = pass.Run(batch, factors);
            // Of the first pass, at the step's own weights.
            if (losses is null)
                (losses, weights, Gramian) = (run.Losses.DetachFromDisposeScope(), run.Weights.DetachFromDisposeScope(), pass.Gramian?.DetachFromDisposeScope());
            return run.Minimised;
        }

        // Every look at the loss draws the same dropout, or the optimiser would compare different functions.
        Func<Tensor> AnewFrom(Tensor drawn) => () =>
        {
            set_rng_state(drawn);
            return Pass();
        };
    }

    private double GradientNorm() => Math.Sqrt(Optimizer.Parameters.Where(parameter => parameter.grad is not null)
        .Sum(parameter => Math.Pow(parameter.grad!.norm().item<float>(), 2)));

    /// <inheritdoc/>
    public void Dispose()
    {
        pass.Dispose();
        Optimizer.Dispose();
        Average?.Dispose();
    }
}
