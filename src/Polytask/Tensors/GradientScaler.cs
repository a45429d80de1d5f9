using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Keeps small gradients of float16 from vanishing: the loss is multiplied by a large number before the backward pass and the gradients
/// divided by it before the step. A step whose gradients overflowed is left out and the number made smaller; after many steps without one
/// it is made larger again (Micikevicius et al., Mixed Precision Training, ICLR 2018, section 3.2). The rules and their defaults are those
/// of PyTorch's <c>GradScaler</c>. With bfloat16, which has float32's range, none of this is needed.
/// <code>
/// scaler.Scale(loss).backward();
/// scaler.Unscale(optimizer);        // only where gradients are looked at or clipped before the step
/// scaler.Step(optimizer);
/// scaler.Update();
/// </code>
/// </summary>
public sealed class GradientScaler
{
    private readonly Dictionary<optim.Optimizer, Progress> optimizers = [];
    private float scale;
    private double growthFactor, backoffFactor;
    private int growthInterval, stepsSinceChange;

    /// <param name="initialScale">The first number that losses are multiplied by.</param>
    /// <param name="growthFactor">What the number is multiplied by after <paramref name="growthInterval"/> steps without an overflow; above 1.</param>
    /// <param name="backoffFactor">What it is multiplied by after an overflow; between 0 and 1.</param>
    /// <param name="growthInterval">How many steps without an overflow make it grow.</param>
    /// <param name="enabled">False lets losses, gradients and steps through as they are.</param>
    /// <exception cref="ArgumentOutOfRangeException">For a factor on the wrong side of 1, or a number that is not above 0.</exception>
    public GradientScaler(
        double initialScale = 65536, double growthFactor = 2, double backoffFactor = 0.5, int growthInterval = 2000, bool enabled = true)
    {
        IsEnabled = enabled;
        Load(new GradientScalerState(initialScale, growthFactor, backoffFactor, growthInterval, 0));
    }

    private enum Stage
    {
        Ready,
        Unscaled,
        Stepped,
    }

    /// <summary>Whether it does anything.</summary>
    public bool IsEnabled { get; }

    /// <summary>What losses are multiplied by now; 1 when it is not enabled.</summary>
    public double CurrentScale => IsEnabled ? scale : 1;

    /// <summary>The loss times <see cref="CurrentScale"/>: call <c>backward</c> on the result.</summary>
    public Tensor Scale(Tensor loss) => IsEnabled ? loss * scale : loss;

    /// <summary>Divides the gradients by <see cref="CurrentScale"/>, for clipping or looking at; <see cref="Step"/> does it otherwise.</summary>
    /// <exception cref="InvalidOperationException">When it was done before, or the step was made, since the last update; or for gradients of float16.</exception>
    public void Unscale(optim.Optimizer optimizer)
    {
        if (!IsEnabled) return;
        var progress = ProgressOf(optimizer);
        if (progress.Stage != Stage.Ready)
        {
            throw new InvalidOperationException(progress.Stage == Stage.Unscaled
                ? "the gradients were unscaled already: call Unscale once for each optimiser, then Step, then Update"
                : "Unscale was called after Step: call Update first, to begin the next iteration");
        }
        progress.IsFinite = UnscaleGradients(optimizer.parameters());
        progress.Stage = Stage.Unscaled;
    }

    /// <summary>Makes the optimiser's step with unscaled gradients, unless one of them is infinite or not a number.</summary>
    /// <returns>Whether the step was made.</returns>
    /// <exception cref="InvalidOperationException">When the step was made already since the last update; or for gradients of float16.</exception>
    public bool Step(optim.Optimizer optimizer)
    {
        if (!IsEnabled)
        {
            optimizer.step();
            return true;
        }
        var progress = ProgressOf(optimizer);
        if (progress.Stage == Stage.Stepped) throw new InvalidOperationException("Step was called twice: call Update after the step, to begin the next iteration");
        if (progress.Stage == Stage.Ready) Unscale(optimizer);
        if (progress.IsFinite) optimizer.step();
        progress.Stage = Stage.Stepped;
        return progress.IsFinite;
    }

    /// <summary>Ends an iteration: makes the scale smaller if any optimiser's gradients overflowed, larger after enough iterations without.</summary>
    /// <exception cref="InvalidOperationException">When no optimiser's gradients were looked at since the last update.</exception>
    public void Update()
    {
        if (!IsEnabled) return;
        if (optimizers.Count == 0) throw new InvalidOperationException("Update was called before Step: there is nothing yet to judge the scale by");
        var isFinite = optimizers.Values.All(progress => progress.IsFinite);
        optimizers.Clear();
        Update(isFinite);
    }

    /// <summary>Ends an iteration of which it is known whether its gradients were finite.</summary>
    internal void Update(bool isFinite)
    {
        if (!IsEnabled) return;
        stepsSinceChange = isFinite ? stepsSinceChange + 1 : 0;
        if (!isFinite)
        {
            scale = (float)(scale * backoffFactor);
        }
        else if (stepsSinceChange == growthInterval)
        {
            // Past float32's range the scale itself would be infinite.
            var grown = (float)(scale * growthFactor);
            if (float.IsFinite(grown)) scale = grown;
            stepsSinceChange = 0;
        }
    }

    /// <summary>Ends an iteration with a scale of the caller's choice.</summary>
    public void Update(double newScale)
    {
        if (!IsEnabled) return;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(newScale);
        scale = (float)newScale;
        optimizers.Clear();
    }

    /// <summary>What a checkpoint needs to go on from here; take it after <see cref="Update()"/>.</summary>
    public GradientScalerState Save() => new(scale, growthFactor, backoffFactor, growthInterval, stepsSinceChange);

    /// <summary>Goes on from a saved state.</summary>
    /// <exception cref="ArgumentOutOfRangeException">For a state that no scaler can have.</exception>
    public void Load(GradientScalerState state)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(state.Scale);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(state.GrowthFactor, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(state.BackoffFactor);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(state.BackoffFactor, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(state.GrowthInterval);
        ArgumentOutOfRangeException.ThrowIfNegative(state.StepsSinceChange);
        scale = (float)state.Scale;
        growthFactor = state.GrowthFactor;
        backoffFactor = state.BackoffFactor;
        growthInterval = state.GrowthInterval;
        stepsSinceChange = state.StepsSinceChange;
        optimizers.Clear();
    }

    private Progress ProgressOf(optim.Optimizer optimizer)
    {
        if (!optimizers.TryGetValue(optimizer, out var progress)) optimizers[optimizer] = progress = new Progress();
        return progress;
    }

    /// <summary>Divides every gradient, and says whether all were finite: one question to a device, however many there are.</summary>
    internal bool UnscaleGradients(IEnumerable<Parameter> parameters)
    {
        if (!IsEnabled) return true;
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var inverse = (float)(1.0 / scale);
        var finite = new List<Tensor>();
        foreach (var parameter in parameters)
        {
            if (parameter.grad is not { } gradient) continue;
            if (gradient.dtype == ScalarType.Float16)
            {
                throw new InvalidOperationException(
                    "a gradient is float16, which overflows when it is unscaled: keep the parameters in float32 and let autocast choose float16 for the products");
            }
            finite.Add(isfinite(gradient).all());
            gradient.mul_(inverse);
        }
        return finite.GroupBy(flag => flag.device.ToString()).All(device => stack([.. device]).all().item<bool>());
    }

    /// <summary>How far an optimiser has come in this iteration.</summary>
    private sealed class Progress
    {
        public Stage Stage { get; set; }

        public bool IsFinite { get; set; } = true;
    }
}

/// <summary>A <see cref="GradientScaler"/>'s numbers: PyTorch's <c>scale</c>, <c>growth_factor</c>, <c>backoff_factor</c>, <c>growth_interval</c>, <c>_growth_tracker</c>.</summary>
public sealed record GradientScalerState(double Scale, double GrowthFactor, double BackoffFactor, int GrowthInterval, int StepsSinceChange);
