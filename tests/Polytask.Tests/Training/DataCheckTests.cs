using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Training;

/// <summary>Data that does not fit is refused before training, in one sentence that says what to do.</summary>
public class DataCheckTests
{
    private static readonly Tensor X = zeros(4, 3);

    private static string Refusal(Model model, Examples examples) =>
        Assert.Throws<DataException>(() => model.Train(new DataSplits(examples, examples, examples), t => t.Epochs(1))).Message;

    private static Model Of(Head head) => Model.Named("m").Input(3).Task("income", head);

    [Fact]
    public void An_unknown_task() => Assert.Equal("model 'm' has a task 'income', but the training split has 'incomes' and 'home'; did you mean 'incomes'?",
        Refusal(Of(Head.Binary()), Examples.Joint(X, ("incomes", zeros(4)), ("home", zeros(4)))));

    [Fact]
    public void Another_number_of_features() => Assert.Equal("model 'm' declares 3 features, but task 'income' of the training split has 5 features; declare .Input(5)",
        Refusal(Of(Head.Binary()), Examples.Joint(zeros(4, 5), ("income", zeros(4)))));

    [Fact]
    public void Labels_outside_the_classes() => Assert.Equal("task 'income', training split: label 9 is outside the 9 classes 0 to 8; declare Head.Classify(10) or mend the labels",
        Refusal(Of(Head.Classify(9)), Examples.Joint(X, ("income", tensor(new long[] { 0, 9, -1, 3 })))));

    [Fact]
    public void Labels_that_are_not_zero_or_one() => Assert.Equal("task 'income', training split: a binary head takes labels 0 and 1, but the target holds 2",
        Refusal(Of(Head.Binary()), Examples.Joint(X, ("income", tensor(new[] { 0f, 1f, 2f, float.NaN })))));

    [Fact]
    public void Classes_given_as_floating_numbers() => Assert.Equal("task 'income', training split: a classification head takes int64 class numbers [rows], but the target is Float32 [4]",
        Refusal(Of(Head.Classify(2)), Examples.Joint(X, ("income", zeros(4)))));

    [Fact]
    public void Numbers_of_another_precision()
    {
        Assert.Equal("task 'income', training split: inputs are Float64, but a model computes in Float32; convert them with .to(ScalarType.Float32)",
            Refusal(Of(Head.Binary()), Examples.Joint(zeros(4, 3, ScalarType.Float64), ("income", zeros(4)))));
        Assert.Equal("task 'income', training split: a regression head of 1 output takes Float32 values [rows], but the target is Float64 [4]",
            Refusal(Of(Head.Regress()), Examples.Joint(X, ("income", zeros(4, ScalarType.Float64)))));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(0.5f)]
    public void Levels_outside_an_embedding(float level)
    {
        var model = Model.Named("m").Input(3).Backbone(Block.Embed([0, 3, 4], 2).Then(Block.Mlp(4))).Task("income", Head.Binary());
        var inputs = tensor(new[,] { { 0.5f, 2, 3 }, { -7, level, 0 } });
        Assert.Equal(FormattableString.Invariant(
            $"task 'income', training split: column 1 has 3 levels, numbered 0 to 2, but holds {level}; mend the data or the cardinalities of Block.Embed"),
            Refusal(model, Examples.Joint(inputs, ("income", zeros(2)))));
    }

    [Fact]
    public void A_task_without_any_label() => Assert.Equal("task 'income', training split: no row has a label; drop the task or mend its labels",
        Refusal(Of(Head.Regress()), Examples.Joint(X, ("income", full(4, float.NaN)))));

    [Fact]
    public void Features_that_are_not_numbers()
    {
        var bad = X.clone();
        bad[2, 1] = tensor(float.NaN);
        Assert.Equal("the inputs hold values that are not finite numbers: 1 in all, the first in row 2, column 1; fill or drop them before training",
            Assert.Throws<DataException>(() => Examples.Joint(bad, ("income", zeros(4)))).Message);
    }

    [Fact]
    public void An_empty_split() => Assert.Equal("task 'income': the split is empty; give every split at least one row",
        Assert.Throws<DataException>(() => Examples.Joint(zeros(0, 3), ("income", zeros(0)))).Message);

    [Fact]
    public void Rows_and_labels_of_different_number() => Assert.StartsWith("task 'income': 4 rows of inputs, but 3 of labels",
        Assert.Throws<DataException>(() => Examples.Joint(X, ("income", zeros(3)))).Message);
}
