using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Losses;

/// <summary>Losses against their formulas in double precision.</summary>
public class LossTests
{
    private static readonly Tensor Logits = Values.Normal(1, 6, 4) * 2;
    private static readonly long[] Classes = [0, 3, 1, 2, 2, 0];
    private static readonly float[] Labels = [1, 0, 0, 1, 1, 0];

    private static double[][] Probabilities => [.. Enumerable.Range(0, 6).Select(row =>
    {
        var exponentials = Logits[row].Numbers().Select(Math.Exp).ToArray();
        return exponentials.Select(value => value / exponentials.Sum()).ToArray();
    })];

    private static void Equal(IEnumerable<double> expected, Tensor actual) =>
        Assert.All(expected.Zip(actual.Numbers()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void Cross_entropy(double smoothing) => Equal(
        Probabilities.Select((p, row) => -(1 - smoothing) * Math.Log(p[Classes[row]]) - smoothing / 4 * p.Sum(Math.Log)),
        Loss.CrossEntropy(smoothing).PerRow(Logits, tensor(Classes)));

    [Fact]
    public void Binary_cross_entropy() => Equal(
        Logits.select(1, 0).Numbers().Zip(Labels, (z, y) => -Math.Log(1 / (1 + Math.Exp(y > 0.5 ? -z : z)))),
        Loss.BinaryCrossEntropy().PerRow(Logits.select(1, 0), tensor(Labels)));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(0.5)]
    public void Focal(double gamma)
    {
        Equal(Probabilities.Select((p, row) => -Math.Pow(1 - p[Classes[row]], gamma) * Math.Log(p[Classes[row]])), Loss.Focal(gamma).PerRow(Logits, tensor(Classes)));
        Equal(Logits.select(1, 0).Numbers().Zip(Labels, (z, y) =>
        {
            var p = 1 / (1 + Math.Exp(y > 0.5 ? -z : z));
            return -Math.Pow(1 - p, gamma) * Math.Log(p);
        }), Loss.Focal(gamma).PerRow(Logits.select(1, 0), tensor(Labels)));
    }

    [Fact]
    public void Squared_error_is_the_mean_over_the_outputs_of_a_row()
    {
        var target = Values.Normal(9, 6, 4);
        Equal(Enumerable.Range(0, 6).Select(row => Logits[row].Numbers().Zip(target[row].Numbers(), (z, y) => (z - y) * (z - y)).Average()),
            Loss.MeanSquaredError().PerRow(Logits, target));
    }

    [Fact]
    public void The_focal_gradient_is_that_of_finite_differences()
    {
        var loss = Loss.Focal(2);
        var z = Logits.to(ScalarType.Float64).detach().requires_grad_();
        loss.PerRow(z, tensor(Classes)).sum().backward();
        const double step = 1e-5;
        using var untracked = no_grad();
        for (var i = 0; i < 6; i++)
            for (var c = 0; c < 4; c++)
            {
                var shift = zeros_like(z);
                shift[i, c] = tensor(step, ScalarType.Float64);
                var difference = (loss.PerRow(z + shift, tensor(Classes)).sum() - loss.PerRow(z - shift, tensor(Classes)).sum()).item<double>() / (2 * step);
                Assert.Equal(difference, z.grad![i, c].item<double>(), 1e-6);
            }
    }

    // With 1 - p = 0 the slope of its root is infinite; the row is right, so nothing should move.
    [Fact]
    public void The_focal_gradient_of_a_row_that_is_right_beyond_precision_is_zero()
    {
        var z = tensor(new float[,] { { 200, -200 } }).requires_grad_();
        Loss.Focal(0.5).PerRow(z, tensor(new[] { 0L })).sum().backward();
        Assert.Equal([0.0, 0.0], z.grad!.Numbers());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    public void A_gamma_is_finite_and_not_negative(double gamma) =>
        Assert.StartsWith("focal loss needs a finite gamma of at least 0", Assert.Throws<DeclarationException>(() => Loss.Focal(gamma)).Message);

    [Fact]
    public void Weights_of_zero_leave_rows_out_and_the_others_are_averaged()
    {
        var (loss, z, y) = (Loss.BinaryCrossEntropy(), Logits.select(1, 0), tensor(Labels));
        var rows = loss.PerRow(z, y).Numbers();
        Assert.Equal(rows.Average(), loss.Mean(z, y).item<float>(), 1e-6);
        Assert.Equal((rows[1] + 0.25 * rows[4]) / 1.25, loss.Mean(z, y, tensor(new[] { 0f, 1, 0, 0, 0.25f, 0 })).item<float>(), 1e-6);
        Assert.Equal(0, loss.Mean(z, y, zeros(6)).item<float>());
    }

    [Fact]
    public void An_own_loss_of_a_batch_gives_one_number()
    {
        var range = Loss.OfBatch("range", (output, _, _) => output.max() - output.min());
        Assert.Equal(3, range.Mean(tensor(new[] { 1f, 4, 2 }), zeros(3)).item<float>());
        var rows = Loss.OfBatch("rows", (output, _, _) => output);
        Assert.Equal("loss 'rows' must give one number for the batch; for one per row use Loss.Of",
            Assert.Throws<DeclarationException>(() => rows.Mean(zeros(3), zeros(3))).Message);
    }

    [Fact]
    public void An_own_loss_must_give_a_number_per_row()
    {
        var mean = Loss.Of("mean", (output, target) => (output - target).square().mean());
        Assert.StartsWith("loss 'mean' must give one number per row, [6]", Assert.Throws<DeclarationException>(() => mean.PerRow(Logits.select(1, 0), tensor(Labels))).Message);
    }
}
