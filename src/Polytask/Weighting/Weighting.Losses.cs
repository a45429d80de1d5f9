namespace Polytask;

/// <content>Weightings that read the values of the losses.</content>
public abstract partial record Weighting
{
    /// <summary>The plain sum of the task losses.</summary>
    public static LossWeighting Equal() => new EqualWeighting();

    /// <summary>A fixed weight per task, at least 0; tasks not named have weight 1. Checked against the model's tasks when it is built.</summary>
    public static LossWeighting Constant(params (string Task, double Weight)[] weights) => new ConstantWeighting([.. weights]);

    /// <summary>
    /// Learned task uncertainties (Kendall et al., CVPR 2018, equations 7 and 10): L = sum_t c_t exp(-s_t) L_t + s_t / 2, where s_t = log sigma_t^2
    /// is trained with the model from 0 on, and c_t is 1/2 for a regression head and 1 for the others.
    /// </summary>
    public static LossWeighting Uncertainty() => new UncertaintyWeighting();

    /// <summary>Learned uncertainties with a regulariser that stays above 0 (Liebel and Körner, 2018); see <see cref="RevisedUncertaintyWeighting"/>.</summary>
    public static LossWeighting RevisedUncertainty() => new RevisedUncertaintyWeighting();

    /// <summary>IMTL-L (Liu et al., ICLR 2021): learned scales that bring all losses to 1; see <see cref="ImtlLossWeighting"/>.</summary>
    public static LossWeighting ImtlL() => new ImtlLossWeighting();

    /// <summary>The geometric mean of the losses (GLS: Chennupati et al., 2019); see <see cref="GeometricMeanWeighting"/>.</summary>
    public static LossWeighting GeometricMean() => new GeometricMeanWeighting();

    /// <summary>Random weights in each step (RLW: Lin et al., TMLR 2022); see <see cref="RandomLossWeighting"/>.</summary>
    public static LossWeighting RandomLosses() => new RandomLossWeighting();

    /// <summary>Dynamic weight averaging (DWA: Liu et al., CVPR 2019): tasks whose losses fall slowly count more; see <see cref="DynamicAverageWeighting"/>.</summary>
    /// <param name="temperature">tau, above 0: the larger, the more equal the weights.</param>
    public static LossWeighting DynamicAverage(double temperature = 2) =>
        new DynamicAverageWeighting(Above(0, temperature, "the temperature of dynamic weight averaging"));

    /// <summary>FAMO (Liu et al., NeurIPS 2023): all losses fall at one rate; see <see cref="FamoWeighting"/>.</summary>
    /// <param name="learningRate">Of its own Adam, above 0.</param>
    /// <param name="weightDecay">gamma, at least 0.</param>
    public static LossWeighting Famo(double learningRate = 0.025, double weightDecay = 1e-3) => new FamoWeighting(
        Above(0, learningRate, "FAMO's learning rate"), weightDecay >= 0 && double.IsFinite(weightDecay) ? weightDecay
            : throw new DeclarationException($"FAMO's weight decay is a finite number of at least 0, but got {weightDecay}"));

    /// <summary>GO4Align (Shen et al., NeurIPS 2024): tasks in groups that learn at one pace; see <see cref="GoAlignWeighting"/>.</summary>
    /// <param name="groups">K, at least 1.</param>
    /// <param name="rate">eta, above 0.</param>
    public static LossWeighting GoAlign(int groups = 2, double rate = 1e-4) => new GoAlignWeighting(
        groups >= 1 ? groups : throw new DeclarationException($"GO4Align has at least 1 group, but got {groups}"), Above(0, rate, "GO4Align's rate"));

    /// <summary>The largest weighed distance from the ideal, max_t lambda_t (L_t - z_t).</summary>
    /// <param name="preferences">lambda and z by task.</param>
    public static LossWeighting Tchebycheff(params Preference[] preferences) => new TchebycheffWeighting([.. preferences]);

    /// <summary>A smooth maximum of the weighed distances from the ideal (STCH: Lin et al., ICML 2024); see <see cref="SmoothTchebycheffWeighting"/>.</summary>
    /// <param name="smoothness">mu, above 0: towards 0 the maximum, for large values the mean.</param>
    /// <param name="preferences">lambda and z by task.</param>
    public static LossWeighting SmoothTchebycheff(double smoothness = 1, params Preference[] preferences) =>
        new SmoothTchebycheffWeighting(Above(0, smoothness, "the smoothness of Tchebycheff's weighting"), [.. preferences]);

    /// <summary>Smooth Tchebycheff of log losses from the nadir after a warm-up, its authors' recipe for many tasks; see <see cref="NadirTchebycheffWeighting"/>.</summary>
    /// <param name="smoothness">mu, above 0.</param>
    /// <param name="warmUp">The epochs before the nadir is taken, at least 1.</param>
    public static LossWeighting NadirTchebycheff(double smoothness = 1, int warmUp = 4) => new NadirTchebycheffWeighting(
        Above(0, smoothness, "the smoothness of Tchebycheff's weighting"),
        warmUp >= 1 ? warmUp : throw new DeclarationException($"the nadir is taken after at least 1 epoch, but got {warmUp}"));

    /// <summary>Penalty-based boundary intersection (Zhang and Li, 2007); see <see cref="PenaltyIntersectionWeighting"/>.</summary>
    /// <param name="penalty">theta, at least 0: what a distance from the preferred direction costs.</param>
    /// <param name="preferences">r and z by task.</param>
    public static LossWeighting PenaltyIntersection(double penalty = 5, params Preference[] preferences) => new PenaltyIntersectionWeighting(
        penalty >= 0 && double.IsFinite(penalty) ? penalty : throw new DeclarationException($"a penalty is a finite number of at least 0, but got {penalty}"),
        [.. preferences]);

    /// <summary>The preferred mean with a reward for losses in the preference's direction (COSMOS: Ruchte and Grabocka, ICDM 2021); see <see cref="CosmosWeighting"/>.</summary>
    /// <param name="alignment">lambda, at least 0.</param>
    /// <param name="preferences">r by task.</param>
    public static LossWeighting Cosmos(double alignment = 1, params Preference[] preferences) => new CosmosWeighting(
        alignment >= 0 && double.IsFinite(alignment) ? alignment
            : throw new DeclarationException($"the alignment of COSMOS is a finite number of at least 0, but got {alignment}"),
        [.. preferences]);

    /// <summary>
    /// GradNorm (Chen et al., ICML 2018): tasks pull on the shared parameters as strongly as they are behind; see <see cref="GradNormWeighting"/>. It
    /// weighs the losses, and reads the norms of the tasks' gradients to do so.
    /// </summary>
    /// <param name="alpha">How strongly slow tasks are helped, at least 0.</param>
    /// <param name="learningRate">Of the weights, above 0.</param>
    public static GradientWeighting GradNorm(double alpha = 1.5, double learningRate = 0.025) => new GradNormWeighting(
        alpha >= 0 && double.IsFinite(alpha) ? alpha : throw new DeclarationException($"GradNorm's alpha is a finite number of at least 0, but got {alpha}"),
        Above(0, learningRate, "GradNorm's learning rate"));

    /// <summary>
    /// The worst tasks first (group DRO: Sagawa et al., ICLR 2020, algorithm 1): L = sum_t q_t L_t, where the shares q start even, sum to 1, and are
    /// multiplied by exp(step L_t) in every step of the training.
    /// </summary>
    /// <param name="step">How fast the shares follow the losses, above 0.</param>
    public static LossWeighting GroupDro(double step = 0.01) => new GroupDroWeighting(Above(0, step, "the step of group DRO"));

    private static double Above(double bound, double value, string what) => value > bound && double.IsFinite(value)
        ? value
        : throw new DeclarationException($"{what} is a finite number above {bound}, but got {value}");
}
