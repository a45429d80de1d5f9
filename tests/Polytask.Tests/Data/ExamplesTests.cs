using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Data;

public class ExamplesTests
{
    private static readonly Tensor X = arange(12, ScalarType.Float32).reshape(4, 3);

    private static readonly Examples Joint = Examples.Joint(X, ("a", tensor(new[] { 1f, float.NaN, 3f, 4f })), ("b", tensor(new long[] { 0, 1, -1, 1 })));

    private static string Refusal(Func<object> made) => Assert.Throws<DataException>(made).Message;

    [Fact]
    public void Named_tasks_keep_their_rows_in_the_order_named()
    {
        var picked = Joint.Only("b", "a", "b");
        Assert.Equal(["b", "a"], picked.Tasks);
        Assert.Equal([0.0, 1, -1, 1], picked.Target("b").Numbers());
        Assert.Equal(["a"], new DataSplits(Joint, Joint, Joint).Only("a").Test.Tasks);
    }

    [Fact]
    public void Tasks_that_are_not_there_or_none_are_refused()
    {
        Assert.Equal("the data has no task 'aa'; it has 'a' and 'b'; did you mean 'a'?", Refusal(() => Joint.Only("aa")));
        Assert.Equal("examples without any task were asked for; name at least one of 'a' and 'b'", Refusal(() => Joint.Only()));
    }

    [Fact]
    public void Picked_rows_keep_labels_and_masks_beside_them()
    {
        var picked = Joint.At(tensor(new long[] { 3, 1 }));
        Assert.Equal([9.0, 10, 11, 3, 4, 5], picked.Inputs("b").Numbers());
        Assert.Equal([4.0, double.NaN], picked.Target("a").Numbers());
        Assert.Equal([1.0, 0], picked.Labelled("a")!.Numbers());
    }

    [Fact]
    public void Rows_of_tasks_with_rows_of_their_own_have_no_common_index()
    {
        var own = Examples.PerTask(("a", X, zeros(4)), ("b", X[TensorIndex.Slice(0, 2)], zeros(2)));
        Assert.Equal((false, 6, 2), (own.IsJoint, own.Rows, own.RowsOf("b")));
        Assert.StartsWith("rows can be picked by one index only where all tasks share their rows", Refusal(() => own.At(zeros(1, ScalarType.Int64))));
    }

    [Fact]
    public void A_move_to_a_device_keeps_what_is_shared_shared()
    {
        var moved = Joint.To(CPU);
        Assert.Same(moved.Inputs("a"), moved.Inputs("b"));
        Assert.Equal(X.Numbers(), moved.Inputs("a").Numbers());
    }

    [Fact]
    public void Inputs_without_a_feature_dimension_are_refused() => Assert.Equal(
        "task 'a': inputs are [rows, ...example shape], but these are [4]; one feature is [rows, 1]: .unsqueeze(1)",
        Refusal(() => Examples.Joint(zeros(4), ("a", zeros(4)))));

    [Fact]
    public void Two_targets_of_one_name_are_refused() =>
        Assert.Equal("two targets are named 'a'; give each task a name of its own", Refusal(() => Examples.Joint(X, ("a", zeros(4)), ("a", zeros(4)))));
}
