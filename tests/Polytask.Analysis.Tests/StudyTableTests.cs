namespace Polytask.Analysis.Tests;

public class StudyTableTests
{
    // Deviations with n - 1: of 1, 2, 3 it is 1, so that the pooled deviation of the column is 0.71: one digit; of 0.5, 0.6, 0.7 it is 0.1: two.
    // Parameters: a linear map of 3 is 4; two experts of 3 x 4 + 4, a gate of 3 x 2 and a head of 4 + 1 for each of two tasks are 32 + 2 (6 + 5) = 54.
    [Fact]
    public void Cells_are_mean_and_deviation_over_seeds_and_the_best_is_marked()
    {
        var table = Made.Study().Table();
        Assert.Equal(["variant", "y/mse ↓", "k/auc ↑", "parameters"], table.Columns);
        Assert.Equal(["shared", "2.0 ± 1.0", "–", "4"], table.Rows[0].Select(cell => cell.Text));
        Assert.Equal(["gated", "1.0 ± 0.0", "0.60 ± 0.10", "54"], table.Rows[1].Select(cell => cell.Text));
        Assert.Equal([false, false, false, false], table.Rows[0].Select(cell => cell.Bold));
        Assert.Equal([false, true, true, false], table.Rows[1].Select(cell => cell.Bold));
        Assert.Contains("over 3 seeds", table.Note);
    }

    [Fact]
    public void One_seed_has_no_deviation()
    {
        var table = Made.Study(seeds: 1).Table("y/loss");
        Assert.Equal(["variant", "y/loss ↓", "parameters"], table.Columns);
        Assert.Equal(["10.00", "5.00"], table.Rows.Select(row => row[1].Text));
        Assert.Contains("One seed", table.Note);
    }

    [Fact]
    public void What_a_study_does_not_have_is_named_with_the_nearest_that_it_has()
    {
        Assert.Contains("no 'y/mae'; it has 'y/loss', 'y/mse', 'k/loss' and 'k/auc'; did you mean 'y/mse'?", Assert.Throws<DataException>(() => Made.Study().Table("y/mae")).Message);
        Assert.Contains("no variant 'sharde'; it has 'shared' and 'gated'; did you mean 'shared'?", Assert.Throws<DataException>(() => Made.Study().Table(baseline: "sharde")).Message);
    }

    // The differences of "b" from "a" are 0.1, 0.2, 0.3: t = 0.2 / (0.1 / sqrt 3) = 3.4641, two degrees of freedom, where the density integrates to
    // p = 1 - t / sqrt(t^2 + 2) = 0.07418; d = 2, and J(2) = Gamma(1) / Gamma(1 / 2) = 1 / sqrt(pi), g = 2 / sqrt(pi) = 1.128.
    // Those of "c" are -0.1, 0, 0.1: p = 1 and g = 0. Of two comparisons Holm doubles the smaller p.
    [Fact]
    public void Variants_are_tested_against_a_baseline_pair_by_pair()
    {
        var study = Made.Of(("a", [0.5, 0.6, 0.4]), ("b", [0.6, 0.8, 0.7]), ("c", [0.4, 0.6, 0.5]));
        var table = study.Table(baseline: "a", "k/auc");
        Assert.Equal(["variant", "k/auc ↑", "against a", "parameters"], table.Columns);
        Assert.Equal(["baseline", "p = 0.148, g = +1.13", "p = 1.000, g = 0.00"], table.Rows.Select(row => row[2].Text));
        Assert.Contains("paired t-test over seeds, two-sided, p corrected by Holm's method for 2 comparisons", table.Note);
        Assert.Contains("3 seeds are few", table.Note);
        var compared = study.Compare("b", "a", "k/auc");
        Assert.Equal((3, 0.2, 0.07418), (compared.Seeds, Math.Round(compared.Difference, 9), Math.Round(compared.PValue, 5)));
    }

    [Fact]
    public void For_a_result_where_low_is_good_a_lower_value_has_a_positive_effect()
    {
        var study = Made.Of("y/mse", ("a", [0.5, 0.6, 0.4]), ("b", [0.4, 0.4, 0.1]));
        Assert.True(study.Compare("b", "a", "y/mse").Effect > 0);
        Assert.True(study.Compare("b", "a", "y/mse").Difference < 0);
    }

    [Fact]
    public void A_test_that_cannot_reach_a_small_p_says_so()
    {
        var note = Made.Of(("a", [0.5, 0.6, 0.4]), ("b", [0.6, 0.8, 0.7])).Table(new Baseline("a").By(PairedTest.SignFlip())).Note;
        Assert.Contains("exact sign-flip test", note);
        Assert.Contains("With 3 seeds this test gives no p below 0.25", note);
        Assert.Contains("One seed allows no test", Made.Of(("a", [0.5]), ("b", [0.6])).Table(baseline: "a").Note);
    }

    // "b" has no run of seed 1 and a metric that is not defined on seed 2; it would win on what is left.
    [Fact]
    public void Seeds_without_a_number_are_counted_and_their_variant_is_not_the_best()
    {
        var study = Made.Of(("a", [0.5, 0.6, 0.4]), ("b", [0.9, null, double.NaN]), ("c", [null, null, null]));
        var table = study.Table(baseline: "a", "k/auc");
        Assert.Equal(["0.50 ± 0.10", "0.90 (1 of 3)", "– (0 of 3)"], table.Rows.Select(row => row[1].Text));
        Assert.Equal([true, false, false], table.Rows.Select(row => row[1].Bold));
        Assert.Equal(["baseline", "–", "–"], table.Rows.Select(row => row[2].Text));
        Assert.Contains("(k of 3)", table.Note);
        Assert.Contains("–: no test", table.Note);
    }

    [Fact]
    public void A_metric_that_is_undefined_is_shown_as_such_with_its_reason()
    {
        var made = Made.Of(("a", [0.5, 0.6]), ("b", [double.NaN, double.NaN]));
        var runs = made.Runs.Select(run => new Run(run.Model, run.Plan, run.Seed, null!, [.. run.History.Select(row =>
            double.IsNaN(row.Value) && row.Split == "test" ? row with { Undefined = "only one class occurs" } : row)], 1, 1, TimeSpan.Zero));
        var table = new StudyResult(made.Study, [.. runs]).Table("k/auc");
        Assert.Equal("undefined", table.Rows[1][1].Text);
        Assert.Contains("Undefined: k/auc on the test split, only one class occurs.", table.Note);
        Assert.DoesNotContain("Undefined", made.Table("k/auc").Note);
    }

    [Fact]
    public void Equal_results_are_both_the_best_and_not_tested()
    {
        var table = Made.Of(("a", [0.5, 0.6]), ("b", [0.5, 0.6])).Table(baseline: "a", "k/auc");
        Assert.All(table.Rows, row => Assert.True(row[1].Bold));
        Assert.Equal("–", table.Rows[1][2].Text);
    }

    [Fact]
    public void A_variant_alone_is_not_the_best_of_anything() => Assert.False(Made.Of(("a", [0.5, 0.6])).Table("k/auc").Rows[0][1].Bold);

    [Fact]
    public void Names_are_escaped_in_html_and_in_latex()
    {
        var table = Made.Of(("<b>\"a\" & b_1</b>", [0.5, 0.6]), ("100 % ~", [0.1, 0.2])).Table("k/auc");
        Assert.Contains("&lt;b&gt;&quot;a&quot; &amp; b_1&lt;/b&gt;", table.ToHtml());
        Assert.DoesNotContain("<b>\"a\"", table.ToHtml());
        Assert.Equal(
            """
            % made
            % Mean ± standard deviation over 2 seeds. ↑ higher is better, ↓ lower is better; the best of a column stands out.
            \begin{tabular}{lrr}
            \toprule
            variant & k/auc $\uparrow$ & parameters \\
            \midrule
            $<$b$>$"a" \& b\_1$<$/b$>$ & \textbf{0.55 $\pm$ 0.07} & 4 \\
            100 \% \textasciitilde{} & 0.15 $\pm$ 0.07 & 4 \\
            \bottomrule
            \end{tabular}
            """.ReplaceLineEndings("\n"), table.ToLatex());
    }
}
