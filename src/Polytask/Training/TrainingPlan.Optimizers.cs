using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

public sealed partial record TrainingPlan
{
    internal OptimizerSpec OptimizerRule { get; private init; } = AdamOf(1e-3, 0);

    /// <summary>Whether small parameters are laid side by side and stepped at once (<see cref="FlatOptimizer"/>): faster, the same numbers.</summary>
    public bool StepsFlat { get; private init; } = true;

    /// <summary>Adam (Kingma and Ba, ICLR 2015), PyTorch's betas and epsilon.</summary>
    public TrainingPlan Adam(double learningRate, double weightDecay = 0) => With(AdamOf(learningRate, weightDecay));

    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, ICLR 2019).</summary>
    public TrainingPlan AdamW(double learningRate, double weightDecay = 0.01) =>
        With(new("adamw", learningRate, weightDecay, (parameters, rate, decay) => optim.AdamW(parameters, rate, weight_decay: decay)));

    /// <summary>Stochastic gradient descent.</summary>
    /// <param name="learningRate">The step along the gradient.</param>
    /// <param name="momentum">The share of the last step that is kept.</param>
    /// <param name="weightDecay">The multiple of a weight that is added to its gradient.</param>
    /// <param name="nesterov">Nesterov's momentum (Sutskever et al., ICML 2013); it needs a momentum.</param>
    public TrainingPlan Sgd(double learningRate, double momentum = 0, double weightDecay = 0, bool nesterov = false)
    {
        NotNegative(momentum, "momentum");
        if (nesterov && momentum == 0)
            throw new DeclarationException("Nesterov's momentum needs a momentum above 0: .Sgd(0.1, momentum: 0.9, nesterov: true)");
        return With(new("sgd", learningRate, weightDecay,
            (parameters, rate, decay) => optim.SGD(parameters, rate, momentum, weight_decay: decay, nesterov: nesterov))
        {
            Details = (momentum > 0 ? FormattableString.Invariant($", momentum {momentum}") : "") + (nesterov ? ", nesterov" : ""),
        });
    }

    /// <summary>Adagrad (Duchi, Hazan and Singer, JMLR 2011).</summary>
    public TrainingPlan Adagrad(double learningRate, double weightDecay = 0) =>
        With(new("adagrad", learningRate, weightDecay, (parameters, rate, decay) => optim.Adagrad(parameters, rate, weight_decay: decay)));

    /// <summary>RMSprop (Tieleman and Hinton, 2012, lecture 6.5).</summary>
    /// <param name="learningRate">The step along the scaled gradient.</param>
    /// <param name="smoothing">The share of the mean square that is kept.</param>
    /// <param name="momentum">The share of the last step that is kept.</param>
    /// <param name="weightDecay">The multiple of a weight that is added to its gradient.</param>
    public TrainingPlan RmsProp(double learningRate, double smoothing = 0.99, double momentum = 0, double weightDecay = 0)
    {
        NotNegative(momentum, "momentum");
        NotNegative(smoothing, "smoothing");
        return With(new("rmsprop", learningRate, weightDecay,
            (parameters, rate, decay) => optim.RMSProp(parameters, rate, smoothing, weight_decay: decay, momentum: momentum))
        {
            Details = FormattableString.Invariant($", smoothing {smoothing}")
                + (momentum > 0 ? FormattableString.Invariant($", momentum {momentum}") : ""),
        });
    }

    /// <summary>
    /// Limited-memory BFGS (Liu and Nocedal, 1989) without a line search, for smooth problems in full batches. It looks at the loss several times a
    /// step and remembers past steps of all parameters together: no parameter groups, clipping, noise, SAM or checkpoints.
    /// </summary>
    /// <param name="learningRate">The length of a step, 1 for the full quasi-Newton step.</param>
    /// <param name="iterations">The most inner steps of a step.</param>
    /// <param name="history">How many past steps it remembers.</param>
    public TrainingPlan Lbfgs(double learningRate = 1, int iterations = 20, int history = 100)
    {
        Positive(iterations, "the number of inner steps");
        Positive(history, "the history");
        return With(new("l-bfgs", learningRate, 0,
            (parameters, rate, _) => optim.LBFGS(parameters, rate, max_iter: iterations, history_size: history))
        {
            IsElementwise = false,
            Details = $", {iterations} inner steps, history {history}",
        });
    }

    /// <summary>An optimiser of your own choice: <c>.Optimizer("radam", parameters => optim.RAdam(parameters, 1e-3))</c>.</summary>
    /// <param name="name">What the plan calls it.</param>
    /// <param name="make">
    /// Makes it over given parameters; it is called once for each buffer or group of them and must step element by element, as all of TorchSharp's
    /// but L-BFGS do.
    /// </param>
    public TrainingPlan Optimizer(string name, Func<IEnumerable<Parameter>, optim.Optimizer> make)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(make);
        // The rate that schedules multiply is the one that the function gives.
        using var any = new Parameter(zeros(1));
        using var made = make([any]) ?? throw new DeclarationException($"the function of optimiser '{name}' gave no optimiser");
        if (made is TorchSharp.Modules.LBFGS) throw new DeclarationException("L-BFGS is no optimiser for single parameters; use .Lbfgs()");
        return With(new(name, made.ParamGroups.First().LearningRate, 0, (parameters, _, _) => make(parameters)) { TakesSettings = false });
    }

    /// <summary>Step every parameter by itself instead of in flat buffers, for an optimiser that is not element by element.</summary>
    public TrainingPlan WithoutFlatParameters() => this with { StepsFlat = false };

    private TrainingPlan With(OptimizerSpec spec)
    {
        Positive(spec.LearningRate, "a learning rate");
        NotNegative(spec.WeightDecay, "weight decay");
        return this with { OptimizerRule = spec };
    }

    private static OptimizerSpec AdamOf(double learningRate, double weightDecay) =>
        new("adam", learningRate, weightDecay, (parameters, rate, decay) => optim.Adam(parameters, rate, weight_decay: decay));
}
