using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Heads;

/// <summary>Targets that a head cannot learn are refused: which task and split, what the head takes, what was found.</summary>
public class TargetTests
{
    private const string Place = "task 'a', training split: ";

    private static Tensor Ints(params long[] shape) => zeros(shape, dtype: ScalarType.Int64);

    private static Tensor With(Tensor target, double value, params long[] place)
    {
        target.flatten()[place[0]] = tensor(value).to(target.dtype);
        return target;
    }

    public static TheoryData<string, Head, Tensor> Bad => new()
    {
        { "a multi-label head takes Float32 zeros and ones [rows, 3], but the target is Float32 [4, 2]", Head.MultiLabel(3), zeros(4, 2) },
        { "a multi-label head takes Float32 zeros and ones [rows, 3], but the target holds 0.5", Head.MultiLabel(3), With(zeros(4, 3), 0.5, 7) },
        { "an ordinal head takes int64 levels 0 to 4 [rows], but the target is Float32 [4]", Head.Ordinal(5), zeros(4) },
        { "an ordinal head takes int64 levels 0 to 4 [rows], but the target holds 5", Head.Ordinal(5), With(Ints(4), 5, 2) },
        { "an ordinal conditional head takes int64 levels 0 to 4 [rows], but the target holds 5", Head.OrdinalConditional(5), With(Ints(4), 5, 2) },
        { "an ordinal softmax head takes int64 levels 0 to 4 [rows], but the target holds 9", Head.OrdinalSoftmax(5), With(Ints(4), 9, 2) },
        { "a quantile head takes Float32 values [rows], but the target is Float32 [4, 2]", Head.Quantiles(0.1, 0.9), zeros(4, 2) },
        { "a Gaussian head of 1 value takes Float32 values [rows], but the target is Int64 [4]", Head.Gaussian(), Ints(4) },
        { "a Gaussian head of 2 values takes Float32 values [rows, 2], but the target is Float32 [4]", Head.Gaussian(2), zeros(4) },
        { "a count head takes Float32 whole numbers of at least 0 [rows], but the target holds 1.5", Head.Count(), With(zeros(4), 1.5, 1) },
        { "a count head takes Float32 whole numbers of at least 0 [rows], but the target holds -2", Head.Count(), With(zeros(4), -2, 1) },
        {
            "a hazard head of 3 intervals takes Float32 [rows, 2]: the interval, 0 to 2, and 1 for an event or 0 for a censored row, but the target holds 3",
            Head.Hazard(3), With(zeros(4, 2), 3, 2)
        },
        { "a Cox head takes Float32 [rows, 2]: the time, at least 0, and 1 for an event or 0 for a censored row, but the target holds -1", Head.Cox(), With(zeros(4, 2), -1, 2) },
        { "a Cox head takes Float32 [rows, 2]: the time, at least 0, and 1 for an event or 0 for a censored row, but the target holds 7", Head.Cox(), With(zeros(4, 2), 7, 3) },
        { "a ranking head takes Float32 relevances [rows], or relevances and query numbers [rows, 2], but the target is Int64 [4]", Head.Rank(), Ints(4) },
        { "an embedding head takes int64 group numbers [rows], but the target is Float32 [4]", Head.Represent(2), zeros(4) },
        { "an embedding pair takes Float32 ones [rows] (NaN: not a pair), but the target is Int64 [4]", Head.RepresentPairs(2), Ints(4) },
        {
            "an imitating head takes Float32 logits of its teacher [rows, 3], with a label in a last column where wanted, but the target is Float32 [4, 5]",
            Head.Imitate(3), zeros(4, 5)
        },
        { "the label of an imitating head is a class 0 to 2, but the target holds 3", Head.Imitate(3), With(zeros(4, 4), 3, 7) },
        { "a segmentation head takes int64 classes 0 to 2 (negative: no label) [rows, height, width], but the target holds 255", Head.Segment(3), With(Ints(4, 2, 2), 255, 3) },
        { "a depth head takes Float32 depths above 0 (NaN: not measured) [rows, height, width], but the target is Float32 [4, 1, 2, 2]", Head.Depth(), zeros(4, 1, 2, 2) },
        { "a depth head takes Float32 depths above 0 (NaN: not measured) [rows, height, width], but the target holds 0", Head.Depth(), With(ones(4, 2, 2), 0, 5) },
        { "a normals head takes Float32 vectors (NaN: not measured) [rows, 3, height, width], but the target is Float32 [4, 2, 2, 2]", Head.Normals(), zeros(4, 2, 2, 2) },
        { "an edge head takes Float32 zeros and ones (NaN: no label) [rows, height, width], but the target holds 2", Head.Edges(), With(zeros(4, 2, 2), 2, 3) },
        {
            "a detection head takes Float32 boxes [rows, boxes, 5]: class (-1: no box), centre x and y, width and height as shares, but the target holds 40",
            Head.Detect(2), With(zeros(4, 1, 5), 40, 1)
        },
        {
            "a detection head takes Float32 boxes [rows, boxes, 5]: class (-1: no box), centre x and y, width and height as shares, of classes 0 to 1, "
                + "but the target holds 2",
            Head.Detect(2), With(zeros(4, 1, 5), 2, 0)
        },
        { "a tagging head takes int64 tags 0 to 2 (negative: padding) [rows, tokens], but the target is Int64 [4]", Head.Tag(3), Ints(4) },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void A_target_that_does_not_fit_is_refused(string message, Head head, Tensor target) =>
        Assert.Equal(Place + message, Assert.Throws<DataException>(() => head.Check("a", "training", target)).Message);

    [Fact]
    public void A_distillation_with_hard_labels_needs_them() => Assert.Equal(
        "the loss 'distillation, temperature 2, hard labels 0.5' needs labels in a last column of its target, [rows, 4], but the target has 3",
        Assert.Throws<DataException>(() => Loss.Distillation(2, 0.5).Mean(zeros(2, 3), zeros(2, 3))).Message);
}
