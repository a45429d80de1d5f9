using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Losses;

/// <summary>Losses that become each other, closed forms, and what does not change them.</summary>
public class LossIdentityTests
{
    private static double Mean(Loss loss, Tensor output, Tensor target) => loss.Mean(output, target).item<double>();

    private static readonly Tensor Z = LossCases.Scores;
    private static readonly Tensor Y = LossCases.Labels;

    [Fact]
    public void Half_of_the_absolute_error_is_the_pinball_of_the_median() =>
        Assert.Equal(Mean(Loss.AbsoluteError(), Z, LossCases.Values) / 2, Mean(Loss.Pinball(0.5), Z, LossCases.Values), 1e-12);

    [Fact]
    public void Huber_is_half_the_squared_error_where_its_delta_is_far() =>
        Assert.Equal(Mean(Loss.MeanSquaredError(), Z, LossCases.Values) / 2, Mean(Loss.Huber(1e6), Z, LossCases.Values), 1e-12);

    [Fact]
    public void Focal_without_gamma_is_cross_entropy() =>
        Assert.Equal(Mean(Loss.CrossEntropy(), LossCases.Logits, LossCases.Classes), Mean(Loss.Focal(0), LossCases.Logits, LossCases.Classes), 1e-12);

    [Fact]
    public void Ordinal_losses_of_two_levels_are_logistic_regression()
    {
        var expected = Mean(Loss.BinaryCrossEntropy(), Z, Y);
        var (one, level) = (Z.unsqueeze(1), Y.to(ScalarType.Int64));
        Assert.Equal(expected, Mean(Loss.Coral(), one, level), 1e-12);
        Assert.Equal(expected, Mean(Loss.CumulativeLink(), one, level), 1e-12);
        Assert.Equal(expected, Mean(Loss.Corn(), one, level), 1e-12);
        Assert.Equal(expected, Mean(Loss.DiscreteHazard(), one, stack([zeros_like(Y), Y], 1)), 1e-12);
    }

    // To stop at level y is an event of hazard 1 - P(y > k | y >= k) in interval y; the last level is never stopped.
    [Fact]
    public void Corn_is_a_discrete_hazard_of_stopping_and_the_probability_of_the_level()
    {
        var (steps, levels) = (LossCases.Logits.narrow(1, 0, 3), LossCases.Classes);
        var stopped = stack([levels.clamp(max: 2).to(ScalarType.Float64), levels.lt(3).to(ScalarType.Float64)], 1);
        Assert.Equal(Mean(Loss.DiscreteHazard(), -steps, stopped), Mean(Loss.Corn(), steps, levels), 1e-12);
        var further = steps.sigmoid().Numbers().Chunk(3).ToArray();
        var expected = further.Zip(levels.Numbers(), (p, y) => -Math.Log(p.Take((int)y).Aggregate(1.0, (a, b) => a * b) * (y < 3 ? 1 - p[(int)y] : 1))).Average();
        Assert.Equal(expected, Mean(Loss.Corn(), steps, levels), 1e-12);
    }

    [Fact]
    public void The_z_loss_knows_no_shift_and_no_scale()
    {
        var loss = Loss.Z(2, 1.5);
        Assert.Equal(Mean(loss, LossCases.Logits, LossCases.Classes), Mean(loss, 5 * LossCases.Logits - 3, LossCases.Classes), 1e-9);
        var z = LossCases.Logits.detach().clone().requires_grad_();
        loss.PerRow(z, LossCases.Classes).sum().backward();
        Assert.All(z.grad!.sum(1).Numbers(), value => Assert.Equal(0, value, 1e-9));
        Assert.All((z.grad * z).sum(1).Numbers(), value => Assert.Equal(0, value, 1e-9));
    }

    [Fact]
    public void Any_loss_without_sharpening_is_the_mean_absolute_error_of_probabilities()
    {
        var errors = (Z.sigmoid() - Y).abs().Numbers();
        Assert.Equal(errors.Average(), Mean(Loss.Any(SoftMetric.Accuracy, null), Z, Y), 1e-9);
        double Of(double label) => errors.Where((_, i) => Y.Numbers()[i] == label).Average();
        Assert.Equal((Of(0) + Of(1)) / 2, Mean(Loss.Any(SoftMetric.BalancedAccuracy, null), Z, Y), 1e-9);
    }

    // The gradients of the paper's section 3, through d = s(A (p - 1/2)).
    [Theory]
    [InlineData("accuracy")]
    [InlineData("f1")]
    [InlineData("f2")]
    [InlineData("balanced")]
    [InlineData("g-mean")]
    public void Any_loss_has_the_gradients_of_its_paper(string metric)
    {
        const double sharpness = 9;
        var z = Z.detach().clone().requires_grad_();
        Loss.Any(metric switch
        {
            "accuracy" => SoftMetric.Accuracy,
            "f1" => SoftMetric.F(),
            "f2" => SoftMetric.F(2),
            "balanced" => SoftMetric.BalancedAccuracy,
            _ => SoftMetric.GeometricMean,
        }, sharpness).Mean(z, Y).backward();
        double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
        var p = Z.Numbers().Select(Sigmoid).ToArray();
        var d = p.Select(value => Sigmoid(sharpness * (value - 0.5))).ToArray();
        var y = Y.Numbers();
        var (n, positives, decided) = (6.0, y.Sum(), d.Sum());
        var truePositives = y.Zip(d, (a, b) => a * b).Sum();
        var trueNegatives = n - positives - decided + truePositives;
        var gradient = z.grad!.Numbers();
        for (var i = 0; i < 6; i++)
        {
            double F(double beta) => -(1 + beta * beta) * (y[i] * (beta * beta * positives + decided) - truePositives)
                / Math.Pow(beta * beta * positives + decided, 2);
            var outer = metric switch
            {
                "accuracy" => -(2 * y[i] - 1) / n,
                "f1" => F(1),
                "f2" => F(2),
                "balanced" => -(y[i] / positives - (1 - y[i]) / (n - positives)) / 2,
                _ => -(y[i] * trueNegatives + (y[i] - 1) * truePositives)
                    / (2 * positives * (n - positives) * Math.Sqrt(truePositives * trueNegatives / (positives * (n - positives)))),
            };
            Assert.Equal(outer * sharpness * d[i] * (1 - d[i]) * p[i] * (1 - p[i]), gradient[i], 1e-9);
        }
    }

    [Fact]
    public void The_worst_share_is_a_mean_of_the_largest_losses_and_all_of_it_the_plain_mean()
    {
        var (loss, z, y) = (Loss.AbsoluteError(), zeros(4, dtype: ScalarType.Float64), tensor(new[] { 1.0, 4, 2, 8 }));
        Assert.Equal(6, Mean(Loss.WorstRows(loss, 0.5), z, y), 1e-12);
        Assert.Equal((8 + 0.5 * 4) / 1.5, Mean(Loss.WorstRows(loss, 0.375), z, y), 1e-12);
        Assert.Equal(Mean(loss, z, y), Mean(Loss.WorstRows(loss, 1), z, y), 1e-12);
    }

    [Fact]
    public void A_sum_adds_its_terms() => Assert.Equal(
        Mean(Loss.AbsoluteError(), Z, LossCases.Values) + 0.5 * Mean(Loss.MeanSquaredError(), Z, LossCases.Values),
        Mean(Loss.Sum((1, Loss.AbsoluteError()), (0.5, Loss.MeanSquaredError())), Z, LossCases.Values), 1e-12);

    [Fact]
    public void A_student_equal_to_its_teacher_has_nothing_to_learn() =>
        Assert.Equal(0, Mean(Loss.Distillation(4), LossCases.Logits, LossCases.Logits), 1e-12);

    [Fact]
    public void A_negative_risk_below_zero_counts_as_zero()
    {
        // Unlabelled rows look negative, positive rows positive: the plain estimate of the negatives' risk is below 0.
        var (z, y) = (tensor(new[] { 4.0, 4, -4, -4 }), tensor(new double[] { 1, 1, 0, 0 }));
        Assert.Equal(0.5 / (1 + Math.Exp(4)), Mean(Loss.NonNegativePu(0.5), z, y), 1e-12);
    }

    [Fact]
    public void Levels_of_a_cumulative_link_have_probabilities_that_sum_to_one()
    {
        var steps = tensor(new[] { 3.0, 1.5, -30, -30.5 }).unsqueeze(0);
        var shares = Enumerable.Range(0, 5).Select(level => Math.Exp(-Mean(Loss.CumulativeLink(), steps, tensor(new[] { (long)level }))));
        Assert.Equal(1, shares.Sum(), 1e-9);
    }

    public static TheoryData<string, Func<Loss>> Mistakes => new()
    {
        { "label smoothing is a share from 0 to 1, but got 2", () => Loss.CrossEntropy(2) },
        { "a class weight is a finite number of at least 0, but got -1", () => Loss.CrossEntropy(classWeights: [1, -1]) },
        { "the weight of positives is a finite number above 0, but got 0", () => Loss.BinaryCrossEntropy(0) },
        { "a quantile level lies between 0 and 1, but got 1", () => Loss.Pinball(0.5, 1) },
        { "the pinball loss needs at least one quantile level", () => Loss.Pinball() },
        { "the share of positives lies between 0 and 1, but got 1", () => Loss.NonNegativePu(1) },
        { "distillation needs a finite temperature above 0, but got 0", () => Loss.Distillation(0) },
        { "a contrastive loss needs a finite temperature above 0, but got -1", () => Loss.InfoNce(-1) },
        { "the share of worst rows lies above 0 and up to 1, but got 0", () => Loss.WorstRows(Loss.AbsoluteError(), 0) },
        {
            "the worst rows need a loss that gives every row a number, but 'Cox partial likelihood' reads the rows of a batch together",
            () => Loss.WorstRows(Loss.CoxLikelihood(), 0.5)
        },
        { "a sum of losses needs at least one", () => Loss.Sum() },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void A_parameter_out_of_range_is_refused(string message, Func<Loss> declare) =>
        Assert.Equal(message, Assert.Throws<DeclarationException>(declare).Message);
}
