namespace Polytask;

public abstract partial record Weighting
{
    /// <summary>The sum of the task gradients: <see cref="Equal"/>, by way of the gradients.</summary>
    public static GradientWeighting GradientSum() => new FixedGradientWeighting("gradient sum", []);

    /// <summary>The mean of the task gradients.</summary>
    public static GradientWeighting GradientMean() => new FixedGradientWeighting("gradient mean", [], IsMean: true);

    /// <summary>Fixed weights of the task gradients, at least 0, in the order of the model's tasks. Heads keep their own losses.</summary>
    public static GradientWeighting ConstantGradients(params double[] weights) => weights.Length > 0
        ? new FixedGradientWeighting("constant gradients", [.. weights])
        : throw new DeclarationException("constant gradients: give a weight for each task, in their order");

    /// <summary>
    /// Random gradient weighting (Lin et al., TMLR 2022): the softmax of normal numbers, anew in each step. The weights sum to 1.
    /// </summary>
    public static GradientWeighting RandomGradients() => new RandomGradientWeighting();

    /// <summary>
    /// The multiple-gradient descent algorithm (Désidéri, 2012; Sener and Koltun, NeurIPS 2018): the shortest convex combination of the task
    /// gradients, found exactly.
    /// </summary>
    /// <param name="normalization">What the gradients are divided by while the weights are found.</param>
    public static GradientWeighting Mgda(MgdaNormalization normalization = MgdaNormalization.None) => new MgdaWeighting(normalization);

    /// <summary>
    /// MGDA-UB (Sener and Koltun, NeurIPS 2018, section 3.3): MGDA on the gradients at the representation that all tasks read.
    /// </summary>
    /// <param name="normalization">What the gradients are divided by while the weights are found.</param>
    public static GradientWeighting MgdaUb(MgdaNormalization normalization = MgdaNormalization.None) => Mgda(normalization).AtRepresentation();

    /// <summary>
    /// PCGrad (Yu et al., NeurIPS 2020): of each gradient the part against another is taken off, in random order. A sum over tasks.
    /// </summary>
    public static GradientWeighting PCGrad() => new PCGradWeighting();

    /// <summary>Gradient vaccine (Wang et al., ICLR 2021): as PCGrad, towards cosines that follow the past. A sum over tasks.</summary>
    /// <param name="beta">How fast the targets follow, 0 to 1; 0.5 as in the known codes.</param>
    public static GradientWeighting GradVac(double beta = 0.5) =>
        new GradVacWeighting(Refuse.Outside("GradVac", "beta", beta, 0, 1));

    /// <summary>CAGrad (Liu et al., NeurIPS 2021): near the mean gradient, the direction that is best for the task it serves worst.</summary>
    /// <param name="c">How far from the mean, in its lengths; 0 is the mean, at least 1 conflicts with no task.</param>
    /// <param name="rescale">What the direction is divided by.</param>
    /// <param name="preference">The weights of the gradient to stay near, in the order of the tasks; 1/T each unless given.</param>
    public static GradientWeighting CAGrad(double c = 0.4, CAGradRescale rescale = CAGradRescale.None, params double[] preference) =>
        new CAGradWeighting(Refuse.Outside("CAGrad", "c", c, 0), rescale, [.. preference]);

    /// <summary>Nash-MTL (Navon et al., ICML 2022): the bargaining solution, G w = 1 / w. Heads are trained by w_t L_t.</summary>
    /// <param name="maxNorm">The greatest length of the update; 0 for none.</param>
    /// <param name="every">The weights are computed in every so many steps, and kept between.</param>
    public static GradientWeighting NashMtl(double maxNorm = 1, int every = 1) => new NashMtlWeighting(
        Refuse.Outside("Nash-MTL", "the greatest norm", maxNorm, 0),
        (int)Refuse.Outside("Nash-MTL", "the number of steps between solutions", every, 1));

    /// <summary>FairGrad (Ban and Ji, ICML 2024): alpha-fair shares, G w = w^(-1/alpha).</summary>
    /// <param name="alpha">From 0.001 (near the sum) by 1 (Nash-MTL) to 50 (near the direction of MGDA).</param>
    public static GradientWeighting FairGrad(double alpha = 1) =>
        new FairGradWeighting(Refuse.Outside("FairGrad", "alpha", alpha, 1e-3, 50));

    /// <summary>IMTL-G (Liu et al., ICLR 2021): the same projection on every unit gradient. The weights sum to 1.</summary>
    public static GradientWeighting ImtlG() => new ImtlGWeighting();

    /// <summary>
    /// Aligned-MTL (Senushkin et al., CVPR 2023): the components of the gradients made orthogonal and equally long. A mean unless told.
    /// </summary>
    /// <param name="scale">Their common squared length.</param>
    /// <param name="preference">The tasks' weights, in their order; 1/T each unless given.</param>
    public static GradientWeighting AlignedMtl(AlignedScale scale = AlignedScale.Minimum, params double[] preference) =>
        new AlignedMtlWeighting(scale, [.. preference]);

    /// <summary>DualProj (Lopez-Paz and Ranzato, NeurIPS 2017): the nearest direction to the mean that conflicts with no task.</summary>
    /// <param name="ridge">
    /// What is added to the diagonal of G / trace G. A task whose gradient is shorter than its root, by default a hundredth, of the longest is no
    /// longer protected against conflict; 0 for none.
    /// </param>
    /// <param name="preference">The tasks' weights, in their order; 1/T each unless given.</param>
    public static GradientWeighting DualProj(double ridge = 1e-4, params double[] preference) => new DualProjWeighting(
        Refuse.Outside("DualProj", "the ridge", ridge, 0), [.. preference]);

    /// <summary>UPGrad (Quinton and Rey, 2024): each gradient projected to conflict with no task, then averaged.</summary>
    /// <param name="ridge">
    /// What is added to the diagonal of G / trace G. A task whose gradient is shorter than its root, by default a hundredth, of the longest is no
    /// longer protected against conflict; 0 for none.
    /// </param>
    /// <param name="preference">The tasks' weights, in their order; 1/T each unless given.</param>
    public static GradientWeighting UPGrad(double ridge = 1e-4, params double[] preference) => new UPGradWeighting(
        Refuse.Outside("UPGrad", "the ridge", ridge, 0), [.. preference]);

    /// <summary>Krum (Blanchard et al., NeurIPS 2017): the mean of the gradients that lie nearest to the others.</summary>
    /// <param name="byzantine">How many tasks may be hostile; at least 3 more are needed.</param>
    /// <param name="selected">How many are averaged.</param>
    public static GradientWeighting Krum(int byzantine = 0, int selected = 1) => new KrumWeighting(
        (int)Refuse.Outside("Krum", "the number of hostile tasks", byzantine, 0), selected);

    /// <summary>ConFIG (Liu et al., ICLR 2025): the same cosine to every gradient, as long as their sum along it.</summary>
    /// <param name="preference">What the cosines are in proportion to, in the order of the tasks; ones unless given.</param>
    public static GradientWeighting ConFig(params double[] preference) => new ConFigWeighting([.. preference]);

    /// <summary>CR-MOGM (Zhou et al., NeurIPS 2022): the weights of another rule, averaged over steps.</summary>
    /// <param name="of">The other rule.</param>
    /// <param name="alpha">The share of the past, 0 to 1.</param>
    public static GradientWeighting CrMogm(GradientWeighting of, double alpha = 0.9)
    {
        ArgumentNullException.ThrowIfNull(of);
        return new CrMogmWeighting(of, Refuse.Outside("CR-MOGM", "alpha", alpha, 0, 1));
    }

    /// <summary>
    /// GradDrop (Chen et al., NeurIPS 2020) on parameters: in each coordinate only one sign passes, by chance of its share. A sum over tasks.
    /// </summary>
    /// <param name="leak">The share of each task that passes regardless, in their order; none unless given.</param>
    public static JacobianWeighting GradDrop(params double[] leak) => new GradDropWeighting([.. leak]);

    /// <summary>The mean in each coordinate without its extremes (Yin et al., ICML 2018).</summary>
    /// <param name="trimmed">How many are left out on each side.</param>
    public static JacobianWeighting TrimmedMean(int trimmed = 1) => new TrimmedMeanWeighting(
        (int)Refuse.Outside("trimmed mean", "the number of entries left out on each side", trimmed, 0));

    /// <summary>MoCo (Fernando et al., ICLR 2023): gradients and weights of MGDA that follow slowly, so that batches do not bias them.</summary>
    /// <param name="beta">The step of the gradients, 0 to 1.</param>
    /// <param name="gamma">The step of the weights.</param>
    /// <param name="sigma">Both steps fall as k^-sigma.</param>
    /// <param name="rho">The ridge of the weights.</param>
    public static JacobianWeighting MoCo(double beta = 0.5, double gamma = 0.1, double sigma = 0.5, double rho = 0) => new MoCoWeighting(
        Refuse.Outside("MoCo", "beta", beta, 0, 1), Refuse.Outside("MoCo", "gamma", gamma, 0), Refuse.Outside("MoCo", "sigma", sigma, 0),
        Refuse.Outside("MoCo", "rho", rho, 0));

    /// <summary>ExcessMTL (He et al., ICML 2024): weights that rise with the estimated excess risk. They sum to 1.</summary>
    /// <param name="eta">The step of the weights.</param>
    public static JacobianWeighting ExcessMtl(double eta = 0.01) => new ExcessMtlWeighting(Refuse.Outside("ExcessMTL", "eta", eta, 0));

    /// <summary>DB-MTL (Lin et al., 2023), with <see cref="OfLogs"/>: averaged gradients made as long as the longest. A sum over tasks.</summary>
    /// <param name="beta">The share of the past, 0 to 1.</param>
    /// <param name="sigma">It falls as k^-sigma.</param>
    public static JacobianWeighting DbMtl(double beta = 0.9, double sigma = 0) => new DbMtlWeighting(
        Refuse.Outside("DB-MTL", "beta", beta, 0, 1), Refuse.Outside("DB-MTL", "sigma", sigma, 0));

    /// <summary>SDMGrad (Xiao, Ban and Ji, NeurIPS 2023): MGDA from independent batches, drawn towards the mean.</summary>
    /// <param name="lambda">How much: 0 is MGDA.</param>
    /// <param name="rate">The step of the weights.</param>
    /// <param name="iterations">The number of those steps in each step.</param>
    public static SampledWeighting SdmGrad(double lambda = 0.3, double rate = 10, int iterations = 20) => new SdmGradWeighting(
        Refuse.Outside("SDMGrad", "lambda", lambda, 0), Refuse.Outside("SDMGrad", "the rate", rate, 0),
        (int)Refuse.Outside("SDMGrad", "the number of iterations", iterations, 1));

    /// <summary>MoDo (Chen et al., NeurIPS 2023): one step of MGDA's weights from independent batches.</summary>
    /// <param name="gamma">The step of the weights.</param>
    /// <param name="rho">Their ridge.</param>
    public static SampledWeighting MoDo(double gamma = 0.001, double rho = 0.1) =>
        new MoDoWeighting(Refuse.Outside("MoDo", "gamma", gamma, 0), Refuse.Outside("MoDo", "rho", rho, 0));
}
