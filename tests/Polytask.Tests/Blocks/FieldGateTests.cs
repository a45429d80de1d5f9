using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Blocks;

public class FieldGateTests
{
    private static readonly Block Scores = Block.Flatten().Then(Block.Linear(3));

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public void A_field_is_scaled_by_the_logistic_function_of_its_score(double limit)
    {
        var gate = Assert.IsType<FieldGateModule>(Block.FieldGate(Scores).UpTo(limit).Build(Shape.Of(3, 2)));
        var x = Values.Normal(4, 5, 3, 2);
        var weights = gate.state_dict();
        var scores = x.flatten(1).matmul(weights.Single(entry => entry.Key.EndsWith("weight")).Value.t())
            + weights.Single(entry => entry.Key.EndsWith("bias")).Value;
        var expected = limit / (1 + scores.neg().exp());
        Assert.True(Values.Difference(expected, gate.Weights(x)) <= 1e-6);
        Assert.True(Values.Difference(cat([x.select(2, 0) * expected, x.select(2, 1) * expected], 1),
            cat([gate.call(x).select(2, 0), gate.call(x).select(2, 1)], 1)) <= 1e-6);
    }

    [Fact]
    public void A_score_of_zero_leaves_fields_as_they_are()
    {
        var gate = Block.FieldGate(Scores).Build(Shape.Of(3, 2));
        using (no_grad())
            foreach (var parameter in gate.parameters()) parameter.zero_();
        var x = Values.Normal(4, 5, 3, 2);
        Assert.Equal(0, Values.Difference(x, gate.call(x)));
    }

    [Fact]
    public void Tasks_have_gates_of_their_own()
    {
        var model = Model.Named("m").Input(Shape.Of(3, 2)).Then(Layer.PerTask(Block.FieldGate(Scores)))
            .Task("a", Head.Regress()).Task("b", Head.Regress());
        using var module = model.Build();
        var x = Values.Normal(4, 5, 3, 2);
        Assert.True(Values.Difference(module.Representation("a", x), module.Representation("b", x)) > 1e-3);
        Assert.Equal(2, module.named_modules().Count(entry => entry.module is FieldGateModule));
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name()
    {
        string Message(Func<object> declare) => Assert.Throws<DeclarationException>(declare).Message;
        Assert.Contains("fields x width", Message(() => Model.Named("m").Input(6).Backbone(Block.FieldGate(Scores))));
        Assert.Contains("a score for each", Message(() => Model.Named("m").Input(Shape.Of(4, 2)).Backbone(Block.FieldGate(Scores))));
        Assert.Contains("limit", Message(() => Block.FieldGate(Scores).UpTo(0)));
    }
}
