using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Losses;

/// <summary>Every loss with an output and a target of six rows (two for maps), in double precision; inputs as tests/peers/losses_reference.py makes them.</summary>
internal static class LossCases
{
    private const double Nan = double.NaN;

    public static Tensor Sines(double phase, params long[] shape) =>
        ((arange(shape.Aggregate(1L, (a, b) => a * b), dtype: ScalarType.Float64) * 1.7 + phase).sin() * 1.5).reshape(shape);

    public static readonly Tensor Logits = Sines(1, 6, 4);
    public static readonly Tensor Scores = Sines(2, 6);
    public static readonly Tensor Classes = tensor(new long[] { 0, 3, 1, 2, 2, 0 });
    public static readonly Tensor Labels = tensor(new double[] { 1, 0, 0, 1, 1, 0 });
    public static readonly Tensor Values = Sines(4, 6);

    private static readonly Tensor Many = tensor(new[,] { { 1, 0, 1, 0 }, { 0, 0, Nan, 1 }, { 1, 1, 1, 1 }, { 0, 0, 0, 0 }, { Nan, 1, Nan, 0 }, { 0, 1, 0, 1 } });
    private static readonly Tensor Steps = stack([Scores - 1, Scores - 1.5, Scores - 2.75], 1);
    private static readonly Tensor Teacher = Sines(6, 6, 4);
    private static readonly Tensor Survival = tensor(new double[,] { { 0, 1 }, { 3, 0 }, { 1, 0 }, { 2, 1 }, { 2, 0 }, { 3, 1 } });
    private static readonly Tensor Lists = tensor(new double[,] { { 2, 5 }, { 0, 5 }, { 1, 5 }, { 3, 8 }, { 1, 8 }, { 0, 8 } });
    private static readonly Tensor Groups = tensor(new long[] { 0, 1, 0, 1, 0, 2 });
    private static readonly Tensor Maps = Sines(8, 2, 3, 4, 5);
    private static readonly Tensor Truth = tensor(new long[]
    {
        0, 0, 1, 1, -1, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, -1,
        2, 2, 2, 0, 0, 2, 2, 0, 0, 1, 2, 0, 0, 1, 1, 0, 0, 1, 1, 1,
    }).reshape(2, 4, 5);
    private static readonly Tensor Boxes = tensor(new[]
    {
        0, 0.3, 0.4, 0.5, 0.6, 1, 0.9, 0.1, 0.2, 0.2, -1, 0, 0, 0, 0,
        1, 0.5, 0.55, 0.9, 0.3, -1, 0, 0, 0, 0, -1, 0, 0, 0, 0,
    }).reshape(2, 3, 5);

    private static readonly Dictionary<string, (Loss Loss, Tensor Output, Tensor Target)> All = new()
    {
        ["class-weighted cross-entropy"] = (Loss.CrossEntropy(classWeights: [1, 2, 0.5, 3]), Logits, Classes),
        ["smoothed cross-entropy"] = (Loss.CrossEntropy(0.1), Logits, Classes),
        ["binary cross-entropy, positives x 3"] = (Loss.BinaryCrossEntropy(3), Scores, Labels),
        ["multi-label"] = (Loss.BinaryCrossEntropy(), Logits, Many),
        ["focal"] = (Loss.Focal(1.5), Logits, Classes),
        ["absolute error"] = (Loss.AbsoluteError(), Scores, Values),
        ["squared error"] = (Loss.MeanSquaredError(), Scores, Values),
        ["huber"] = (Loss.Huber(0.7), Scores, Values),
        ["cosine"] = (Loss.Cosine(), Logits, Sines(5, 6, 4)),
        ["gaussian"] = (Loss.GaussianLikelihood(), Sines(3, 6, 2), Values),
        ["poisson"] = (Loss.PoissonLikelihood(), Scores, tensor(new double[] { 0, 3, 1, 7, 2, 0 })),
        ["pinball"] = (Loss.Pinball(0.1, 0.5, 0.9), Logits.narrow(1, 0, 3), Values),
        ["distillation"] = (Loss.Distillation(3), Logits, Teacher),
        ["distillation with labels"] = (Loss.Distillation(3, 0.25), Logits, cat([Teacher, Classes.to(ScalarType.Float64).unsqueeze(1)], 1)),
        ["cumulative link"] = (Loss.CumulativeLink(), Steps, Classes),
        ["coral"] = (Loss.Coral(), Steps, Classes),
        ["corn"] = (Loss.Corn(), Logits.narrow(1, 0, 3), Classes),
        ["soft ordinal"] = (Loss.SoftOrdinal(1.5), Logits, Classes),
        ["discrete hazard"] = (Loss.DiscreteHazard(), Logits, Survival),
        ["cox"] = (Loss.CoxLikelihood(), Scores, Survival),
        ["concordance"] = (Loss.Concordance(), Scores, Survival),
        ["pairwise logistic"] = (Loss.PairwiseLogistic(), Scores, Lists),
        ["listnet"] = (Loss.ListNet(), Scores, Lists),
        ["listmle"] = (Loss.ListMle(), Scores, Lists),
        ["supervised contrastive"] = (Loss.SupervisedContrastive(0.3), Logits, Groups),
        ["triplet"] = (Loss.Triplet(0.5), Logits, Groups),
        ["nt-xent"] = (Loss.NtXent(0.5), Sines(7, 6, 2, 3), ones(6)),
        ["info-nce"] = (Loss.InfoNce(0.2), Sines(7, 6, 2, 3), ones(6)),
        ["any accuracy"] = (Loss.Any(SoftMetric.Accuracy, 8), Scores, Labels),
        ["any f1"] = (Loss.Any(SoftMetric.F(), 8), Scores, Labels),
        ["any f2, not sharpened"] = (Loss.Any(SoftMetric.F(2), null), Scores, Labels),
        ["any balanced accuracy"] = (Loss.Any(SoftMetric.BalancedAccuracy, 8), Scores, Labels),
        ["any g-mean"] = (Loss.Any(SoftMetric.GeometricMean, 8), Scores, Labels),
        ["z-loss"] = (Loss.Z(2, 1.5), Logits, Classes),
        ["spherical softmax"] = (Loss.SphericalSoftmax(), Logits, Classes),
        ["taylor softmax"] = (Loss.TaylorSoftmax(), Logits, Classes),
        ["non-negative pu"] = (Loss.NonNegativePu(0.3), Scores, Labels),
        ["variational pu"] = (Loss.VariationalPu(0.5), Logits, Many),
        ["worst rows"] = (Loss.WorstRows(Loss.MeanSquaredError(), 0.4), Scores, Values),
        ["sum"] = (Loss.Sum((1, Loss.AbsoluteError()), (0.5, Loss.MeanSquaredError())), Scores, Values),
        ["segmentation"] = (Loss.CrossEntropy(), Maps, Truth),
        ["dice"] = (Loss.Dice(), Maps, Truth),
        ["tversky"] = (Loss.Tversky(0.3, 0.7), Maps, Truth),
        ["boundary"] = (Loss.Boundary(), Maps, Truth),
        ["detection"] = (Loss.CentreDetection(), Sines(9, 2, 6, 4, 5), Boxes),
    };

    public static IEnumerable<string> Names => All.Keys;

    public static (Loss Loss, Tensor Output, Tensor Target) Of(string name) => All[name];
}
