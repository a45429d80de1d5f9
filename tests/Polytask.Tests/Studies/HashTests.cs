using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Studies;

public sealed class HashTests
{
    private static readonly Model Base = Model.Named("base").Input(4).Backbone(Block.Mlp(8)).Experts(2, Block.Mlp(4).WithActivation(Activation.Tanh))
        .Task("y", Head.Binary(), loss: Loss.Focal(2)).Task("c", Head.Classify(3), tower: Block.Mlp(5));

    private static readonly TrainingPlan Plan = new TrainingPlan().Adam(1e-3).Epochs(4).Batch(8);

    private static string Hash(params object?[] values) => Hashed(values).Hash;

    private static (string Hash, IReadOnlyList<string> OwnCode) Hashed(params object?[] values)
    {
        using var form = new CanonicalForm();
        foreach (var value in values) form.Add("value", value);
        return (Convert.ToHexString(form.Hash()), form.OwnCode);
    }

    public static TheoryData<string, Func<object>> Changed => new()
    {
        { "units", () => Base.Backbone(Block.Mlp(9)) },
        { "layers", () => Base.Backbone(Block.Mlp(8, 8)) },
        { "activation", () => Base.Backbone(Block.Mlp(8).WithActivation(Activation.GELU)) },
        { "dropout", () => Base.Backbone(Block.Mlp(8).WithDropout(0.1)) },
        { "another block", () => Base.Backbone(Block.Linear(8)) },
        { "bias", () => Base.Backbone(Block.Linear(8, bias: false)) },
        { "experts", () => Base.Experts(3, Block.Mlp(4).WithActivation(Activation.Tanh)) },
        { "gate", () => Base.Gate(Gate.Softmax().Shared()) },
        { "gate's start", () => Base.Gate(Gate.Softmax().ZeroInitialised()) },
        { "input", () => Base.Input(5) },
        { "loss gamma", () => Base.Only("c").Task("y", Head.Binary(), loss: Loss.Focal(2.0000000000000004)) },
        { "order of tasks", () => Base.Only("c").Task("y", Head.Binary(), loss: Loss.Focal(2)) },
        { "a task less", () => Base.Only("y") },
        { "weighting", () => Base.Weigh(Weighting.Uncertainty()) },
        { "weights", () => Base.Weigh(Weighting.Constant(("y", 1))) },
        { "single task", () => Base.SingleTask() },
        { "learning rate", () => Plan.Adam(1.0000000000000002e-3) },
        { "optimiser", () => Plan.Sgd(1e-3) },
        { "weight decay", () => Plan.Adam(1e-3, 0.1) },
        { "epochs", () => Plan.Epochs(5) },
        { "batch", () => Plan.Batch(9) },
        { "full batch", () => Plan.FullBatch() },
        { "best", () => Plan.KeepBest() },
        { "clipping", () => Plan.ClipGradients(1) },
        { "device", () => Plan.On("cuda") },
    };

    [Theory]
    [MemberData(nameof(Changed))]
    public void A_change_of_anything_that_decides_the_result_changes_the_hash(string what, Func<object> changed)
    {
        var value = changed();
        var hashes = Changed.Select(row => Hash(((Func<object>)((object[])row)[1])())).Append(Hash(Base)).Append(Hash(Plan)).ToArray();
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.Equal(Hash(value), Hash(changed()));
        Assert.True(Hashed(value).OwnCode.Count == 0, what);
    }

    [Fact]
    public void A_name_and_how_a_value_was_made_change_nothing()
    {
        Assert.Equal(Hash(Base), Hash(Base.Renamed("another")));
        Assert.Equal(Hash(Base), Hash(Base.Weigh(Weighting.Uncertainty()).Weigh(Weighting.Equal()).WithoutBackbone().Backbone(Block.Mlp(8))));
        Assert.Equal(Hash(Plan), Hash(new TrainingPlan().FullBatch().Epochs(4).Batch(8).Adam(1e-3)));
    }

    [Fact]
    public void Data_is_its_numbers()
    {
        static DataSplits Splits(float first = 0.5f, string? other = null)
        {
            var x = tensor(new[] { first, 1, 2, 3 }).reshape(2, 2);
            var rows = other is null ? Examples.Joint(x, ("y", tensor(new[] { 0f, 1f })))
                : Examples.Joint(x, ("y", tensor(new[] { 0f, 1f })), (other, tensor(new[] { 4f, float.NaN })));
            return new(rows, rows, rows);
        }
        Assert.Equal(Hash(Splits()), Hash(Splits()));
        Assert.NotEqual(Hash(Splits()), Hash(Splits(MathF.BitIncrement(0.5f))));
        Assert.NotEqual(Hash(Splits()), Hash(Splits(other: "z")));
        Assert.Equal(Hash(Splits()), Hash(Splits(other: "z").Only("y")));
        // A part of a larger tensor is what it holds, in whatever order it lies in memory.
        var square = arange(9, dtype: ScalarType.Float32).reshape(3, 3);
        Assert.Equal(Hash(square.t().contiguous()), Hash(square.t()));
        Assert.NotEqual(Hash(square), Hash(square.t()));
        Assert.NotEqual(Hash(square), Hash(square.reshape(9)));
        Assert.NotEqual(Hash(zeros(2)), Hash(zeros(2, dtype: ScalarType.Int32)));
    }

    [Fact]
    public void Values_that_print_alike_differ_and_order_counts_only_where_there_is_one()
    {
        Assert.Equal(9, new object?[] { 1, 1L, 1.0, 1f, "1", '1', new[] { 1 }, null, ImmutableArray<int>.Empty }.Select(value => Hash(value)).Distinct().Count());
        Assert.NotEqual(Hash("ab", "c"), Hash("a", "bc"));
        Assert.NotEqual(Hash(0.0), Hash(-0.0));
        Assert.NotEqual(Hash(new[] { 1, 2 }), Hash(new[] { 2, 1 }));
        Assert.NotEqual(Hash(new[,] { { 1, 2 }, { 3, 4 } }), Hash(new[,] { { 1, 2, 3, 4 } }));
        Assert.NotEqual(Hash((object)new Loss[] { Loss.Focal(1) }), Hash((object)new Loss[] { Loss.Focal(2) }));
        Assert.Equal(Hash(new HashSet<string> { "a", "b" }), Hash(new HashSet<string> { "b", "a" }));
        Assert.Equal(Hash(new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }), Hash(new Dictionary<string, int> { ["b"] = 2, ["a"] = 1 }));
        Assert.NotEqual(Hash(new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }), Hash(new Dictionary<string, int> { ["a"] = 2, ["b"] = 1 }));
        Assert.Equal(Hash(default(ImmutableArray<int>)), Hash(ImmutableArray<int>.Empty));
    }

    [Fact]
    public void Own_code_is_found_wherever_it_stands()
    {
        var own = Model.Named("m").Input(4).Backbone(Block.Mlp(4).Then(Block.Of("mine", Shape.Of(2), () => nn.Linear(4, 2))))
            .Task("y", Head.Regress(), loss: Loss.Of("own", (output, target) => (output - target).square()));
        var found = Hashed(own).OwnCode;
        Assert.Equal(2, found.Count);
        Assert.Contains(found, place => place.Contains("BackboneBlock.Blocks[1].Module: a function"));
        Assert.Contains(found, place => place.Contains("Tasks[0].Loss.Rows: a function"));
        Assert.Contains("value: OwnType", Hashed(new OwnType()).OwnCode);
        // The library's own functions are known by the library's build.
        Assert.Empty(Hashed(Metric.Accuracy).OwnCode);
        Assert.NotEqual(Hash(Metric.Accuracy), Hash(Metric.AreaUnderCurve.Named(Metric.Accuracy.Name)));
        // What holds itself is not followed without end.
        var self = new List<object>();
        self.Add(self);
        Assert.Single(Hashed(self).OwnCode);
    }

    // The same in every process and on every machine; computed by tests/peers/study_hash_reference.py.
    [Fact]
    public void The_hash_of_plain_values_does_not_change_from_process_to_process() =>
        Assert.Equal("9575941F43271BFC7B3795F23F88D8F305AF6A75FD47E84AA849BD50AFF8500C", Hash("text", 3, 2.5, new[] { true, false }, Activation.GELU));

    private sealed class OwnType;
}
