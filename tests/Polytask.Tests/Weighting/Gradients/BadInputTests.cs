using static TorchSharp.torch;

namespace Polytask.Tests.Weightings;

public class BadGradientInputTests
{
    [Fact]
    public void A_Gramian_of_another_shape_is_refused()
    {
        var rule = Weighting.Mgda().Start(2);
        Assert.Equal("MGDA: the Gramian has shape [2, 3]; the rule was started for 2 tasks and expects [2, 2]",
            Assert.Throws<ArgumentException>(() => rule.call(ones(2, 3, dtype: ScalarType.Float64), ones(2))).Message);
        Assert.Equal("MGDA: the Gramian has shape [3, 3]; the rule was started for 2 tasks and expects [2, 2]",
            Assert.Throws<ArgumentException>(() => rule.call(eye(3, dtype: ScalarType.Float64), ones(2))).Message);
        Assert.Equal("MGDA: the losses have shape [3]; the rule was started for 2 tasks and expects [2]",
            Assert.Throws<ArgumentException>(() => rule.call(eye(2, dtype: ScalarType.Float64), ones(3))).Message);
    }

    [Fact]
    public void Numbers_that_are_none_are_refused_with_their_task()
    {
        var rule = Weighting.UPGrad().Start(2);
        Assert.Equal("UPGrad: the Gramian of task 1 (counted from 0) holds NaN; look at that task's loss and its gradient",
            Assert.Throws<ArgumentException>(() => rule.call(tensor(new[,] { { 1, 0 }, { 0, double.NaN } }), ones(2))).Message);
        Assert.Equal("UPGrad: the losses of task 0 (counted from 0) hold Infinity; look at that task's loss and its gradient",
            Assert.Throws<ArgumentException>(() => rule.call(eye(2), tensor(new[] { double.PositiveInfinity, 1 }))).Message);
        Assert.Equal("GradDrop: the gradient of task 1 (counted from 0) holds Infinity; look at that task's loss and its gradient",
            Assert.Throws<ArgumentException>(() => Weighting.GradDrop().Start(2).Direction([[1, 2], [3, double.PositiveInfinity]])).Message);
    }

    public static TheoryData<string, Action> Refused() => new()
    {
        { "MGDA: the number of tasks is at least 1, but got 0", () => Weighting.Mgda().Start(0) },
        { "GradVac: beta is between 0 and 1, but got 1.5", () => Weighting.GradVac(1.5) },
        { "CAGrad: c is a finite number of at least 0, but got -1", () => Weighting.CAGrad(-1) },
        { "FairGrad: alpha is between 0.001 and 50, but got 0", () => Weighting.FairGrad(0) },
        { "Nash-MTL: the number of steps between solutions is a finite number of at least 1, but got 0",
            () => Weighting.NashMtl(every: 0) },
        { "Krum: 1 hostile tasks need at least 4 in all, but there are 3", () => Weighting.Krum(1).Start(3) },
        { "Krum: the number of tasks to average is between 1 and 3, but got 4", () => Weighting.Krum(0, 4).Start(3) },
        { "UPGrad: the preference has 3 numbers, but there are 2 tasks; give one for each, in their order",
            () => Weighting.UPGrad(1e-4, 1, 2, 3).Start(2) },
        { "ConFIG: the preference of task 1 is a finite number of at least 0, but got NaN", () => Weighting.ConFig(1, double.NaN).Start(2) },
        { "GradDrop: the leak of task 0 is between 0 and 1, but got 2", () => Weighting.GradDrop(2, 0).Start(2) },
        { "trimmed mean: leaving out 1 on each side needs at least 3 tasks, but there are 2", () => Weighting.TrimmedMean().Start(2) },
        { "MoDo: gamma is a finite number of at least 0, but got -1", () => Weighting.MoDo(-1) },
        { "constant gradients: give a weight for each task, in their order", () => Weighting.ConstantGradients() },
        { "constant gradients: the weights have 1 numbers, but there are 2 tasks; give one for each, in their order",
            () => Weighting.ConstantGradients(1).Start(2) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Settings_out_of_range_are_refused(string message, Action start) =>
        Assert.Equal(message, Assert.Throws<DeclarationException>(start).Message);

    [Fact]
    public void MGDA_by_losses_needs_positive_losses() =>
        Assert.Equal("MGDA: the loss of task 1 (counted from 0) is 0; to divide by losses they must be positive",
            Assert.Throws<ArgumentException>(() => Weighting.Mgda(MgdaNormalization.Loss).Weights(Rows.A, [1, 0])).Message);

    [Fact]
    public void Rows_of_other_tasks_or_parameters_are_refused()
    {
        Assert.Equal("MoCo: there are gradients of 3 tasks; the rule was started for 2",
            Assert.Throws<ArgumentException>(() => Weighting.MoCo().Start(2).Direction(Rows.B)).Message);
        var rule = Weighting.MoCo().Start(2);
        rule.Direction(Rows.A);
        Assert.Equal("MoCo: the rule remembers gradients of shape [2, 1], but got [2, 2]; start a rule for each set of parameters",
            Assert.Throws<ArgumentException>(() => rule.Direction([[1, 2, 3, 4], [1, 2, 3, 4]])).Message);
    }
}
