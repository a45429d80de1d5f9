namespace Polytask.Analysis.Tests;

public class PrecisionTests
{
    // The first two are the Particle Data Group's own examples of its rule; the third is the case that it rounds up to 1000.
    [Theory]
    [InlineData(0.827, 0.119, "0.83 ± 0.12")]
    [InlineData(0.827, 0.367, "0.8 ± 0.4")]
    [InlineData(0.827, 0.0967, "0.83 ± 0.10")]
    [InlineData(12345.6, 234, "12346 ± 234")]
    [InlineData(-0.00004, 0.02, "0.000 ± 0.020")]
    public void The_uncertainty_decides_the_digits(double mean, double deviation, string expected)
    {
        var precision = Precision.Of([mean], [deviation]);
        Assert.Equal(expected, $"{precision.Text(mean)} ± {precision.Text(deviation)}");
        Assert.Equal("", precision.Heading);
    }

    [Theory]
    [InlineData(0.73421, "0.7342")]
    [InlineData(7.3421, "7.342")]
    [InlineData(734.21, "734.2")]
    [InlineData(73421, "73421")]
    [InlineData(0, "0.000")]
    public void Without_uncertainty_four_digits_are_shown(double mean, string expected) => Assert.Equal(expected, Precision.Of([mean], [double.NaN]).Text(mean));

    [Fact]
    public void Tiny_and_huge_numbers_carry_their_power_in_the_heading()
    {
        var tiny = Precision.Of([3.214e-7, 1.5e-7], [1.2e-8, double.NaN]);
        Assert.Equal((" (x 1e-7)", "3.21", "0.12"), (tiny.Heading, tiny.Text(3.214e-7), tiny.Text(1.2e-8)));
        var huge = Precision.Of([4.25e12], [3e10]);
        Assert.Equal((" (x 1e12)", "4.250", "0.030"), (huge.Heading, huge.Text(4.25e12), huge.Text(3e10)));
    }
}
