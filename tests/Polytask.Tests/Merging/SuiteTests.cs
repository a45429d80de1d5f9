using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Merging;

public class SuiteTests
{
    // Features are the inputs; a class is the sign of the first feature.
    private static TaskSuite Signs(int tasks = 2)
    {
        var inputs = tensor(new float[] { 1, 2, -1, 3, 2, 0, -3, 1 }).reshape(4, 2);
        var names = Enumerable.Range(0, tasks).Select(i => $"task{i}").ToArray();
        var rows = Examples.PerTask([.. names.Select((name, i) => (name, inputs, tensor(new long[] { 1, 0, 1, i == 0 ? 0 : 1 })))]);
        return new(Scaling(), new(rows, rows, rows), names.ToDictionary(name => name, nn.Module<Tensor, Tensor> (_) => Head()));
    }

    private static Dictionary<string, Tensor> Times(double factor) => new() { ["weight"] = (float)factor * eye(2) };

    private static nn.Module<Tensor, Tensor> Scaling()
    {
        var body = nn.Linear(2, 2, hasBias: false);
        using var untracked = no_grad();
        body.weight.copy_(eye(2));
        return body;
    }

    private static nn.Module<Tensor, Tensor> Head()
    {
        var head = nn.Linear(2, 2, hasBias: false);
        using var untracked = no_grad();
        head.weight.copy_(tensor(new float[] { -1, 0, 1, 0 }).reshape(2, 2));
        return head;
    }

    [Fact]
    public void AccuraciesAreShares()
    {
        var suite = Signs();
        var identity = Times(1);
        var scores = suite.Score(suite.Test, identity);
        Assert.Equal([1.0, 0.75], scores.Accuracies.Select(each => each.Accuracy));
        Assert.Equal(0.875, scores.Average);
        Assert.Equal("task1", scores.Worst.Task);
        Assert.Equal((1 + 0.75) / 2, suite.Score(suite.Test, Times(5)).Average);
        var turned = suite.Score(suite.Test, Times(-1));
        Assert.Equal([0.0, 0.25], turned.Accuracies.Select(each => each.Accuracy));
        Assert.Equal((0 / 1.0 + 0.25 / 0.75) / 2, turned.Normalised(scores), 12);
    }

    [Fact]
    public void AMergeIsScoredAndSwept()
    {
        var suite = Signs();
        var pool = Merge.Of(Times(-1), Times(1));
        Assert.Equal(0.875, suite.Score(suite.Test, pool.TaskArithmetic(1)).Average);
        var sweep = suite.Sweep(suite.Validation, [0.0, 0.25, 0.75, 1], scale => pool.TaskArithmetic(scale));
        Assert.Equal([0.125, 0.125, 0.875, 0.875], sweep.Select(point => point.Scores.Average));
        Assert.Equal(0.75, sweep.Best().Setting);
        var direction = TaskVector.Of(Times(-1), Times(1));
        var again = suite.Sweep(suite.Validation, [0.0, 0.25, 0.75, 1], Times(-1), direction);
        Assert.Equal(sweep.Select(point => point.Scores.Average), again.Select(point => point.Scores.Average));
        Assert.Equal(eye(2), suite.Body.state_dict()["weight"]);
    }

    [Fact]
    public void AModelForEachTaskIsScoredOnItsOwn()
    {
        var suite = Signs();
        var pool = Merge.Of(Times(-1), Times(1));
        var scores = suite.Score(suite.Test, [pool.TaskArithmetic(1), pool.TaskArithmetic(0)]);
        Assert.Equal([1.0, 0.25], scores.Accuracies.Select(each => each.Accuracy));
        Assert.Contains("each of 2 tasks was expected, but got 1",
            Assert.Throws<ArgumentException>(() => suite.Score(suite.Test, [pool.Average()])).Message);
    }

    [Fact]
    public void APrototypeIsTheMeanOfItsShotsFromTheCentre()
    {
        var features = tensor(new float[] { 3, 4, 0, 2, 5, 0, 0, 1 }).reshape(4, 2);
        var head = PrototypeHead.Of(features, tensor(new long[] { 0, 1, 0, 1 }), 2, shots: 1, scale: 2);
        // f = (0.6, 0.8), (0, 1), (1, 0), (0, 1); the mean is (0.4, 0.7): class vectors along (0.2, 0.1) and (-0.4, 0.3).
        var (first, second) = (new[] { 2 / Math.Sqrt(5), 1 / Math.Sqrt(5) }, new[] { -0.8, 0.6 });
        var logits = head.call(tensor(new float[] { 0, 7 }).reshape(1, 2)).Numbers();
        Assert.Equal(2 * first[1], logits[0], 6);
        Assert.Equal(2 * second[1], logits[1], 6);
        Assert.Contains("class 0 has 2 of 4", Assert.Throws<DataException>(() =>
            PrototypeHead.Of(features, tensor(new long[] { 0, 1, 0, 1 }), 2, shots: 3).Dispose()).Message);
    }

    [Fact]
    public void TuningStartsAtTheBaseAndLeavesTheBodyAlone()
    {
        var suite = Signs(1);
        var before = suite.Body.state_dict()["weight"].detach().clone();
        var start = new Dictionary<string, Tensor> { ["weight"] = tensor(new float[] { 0.1f, 0.2f, -0.3f, 0.4f }).reshape(2, 2) };
        // Adam's first step has the length of the rate wherever the gradient is not 0; the second feature is not read by the head.
        var tuned = new FineTuning(Steps: 1, Rows: 4, LearningRate: 0.01).Tune(suite, "task0", start, seed: 1)["weight"];
        var moved = (tuned - start["weight"]).Numbers();
        Assert.Equal(0.01, Math.Abs(moved[0]), 4);
        Assert.Equal(0.01, Math.Abs(moved[1]), 4);
        Assert.Equal([0.0, 0.0], moved[2..]);
        Assert.Equal(before.Numbers(), suite.Body.state_dict()["weight"].Numbers());
        var longer = new FineTuning(Steps: 50, Rows: 2, LearningRate: 0.05);
        Assert.Equal(longer.Tune(suite, "task0", start, 3)["weight"].Numbers(), longer.Jointly(suite, start, 3)["weight"].Numbers());
        Assert.Equal(1.0, suite.Score(suite.Test, longer.Tune(suite, "task0", start, 3)).Average);
    }

    [Fact]
    public void ALossThatIsNoNumberStopsTuning()
    {
        var start = new Dictionary<string, Tensor> { ["weight"] = full([2, 2], float.NaN) };
        var error = Assert.Throws<InvalidOperationException>(() => new FineTuning(Steps: 3).Tune(Signs(), "task1", start, 1));
        Assert.Contains("the loss of task 'task1' is NaN at step 1", error.Message);
        var suite = Signs();
        Assert.Contains("no task 'task7'", Assert.Throws<DataException>(() => new FineTuning().Tune(suite, "task7", start, 1)).Message);
    }

    [Fact]
    public void ASuiteNeedsAHeadForEachTask()
    {
        var rows = Examples.PerTask(("a", zeros(2, 2), tensor(new long[] { 0, 1 })));
        var none = new Dictionary<string, nn.Module<Tensor, Tensor>>();
        var error = Assert.Throws<DataException>(() => new TaskSuite(Scaling(), new(rows, rows, rows), none));
        Assert.Contains("'a' has only one of them", error.Message);
    }

    [Fact]
    public void TheFisherInformationUnderAHeadIsThatOfBothInOne()
    {
        var (body, head) = (nn.Linear(3, 4), nn.Linear(4, 2));
        foreach (var parameter in head.parameters()) parameter.requires_grad_(false);
        var inputs = Values.Normal(5, 6, 3).to(ScalarType.Float32);
        var apart = FisherDiagonal.Of(body, head, inputs);
        var whole = FisherDiagonal.Of(nn.Sequential(("body", body), ("head", head)), inputs);
        Assert.Equal(whole["body.weight"].Numbers(), apart["weight"].Numbers());
        Assert.Equal(whole["body.bias"].Numbers(), apart["bias"].Numbers());
    }

    [Fact]
    public void TheDigitPoolIsTheSameAgainAndLearns()
    {
        DigitPool Made() => DigitPool.Train(3, ["plain", "parity"], width: 32, pretraining: new(Width: 32, Steps: 60),
            tuning: new(Steps: 80, LearningRate: 1e-3));
        using var first = Made();
        using var again = Made();
        Pool.SameBits(first.Tuned[1].ToDictionary(), again.Tuned[1].ToDictionary());
        Pool.SameBits(first.Joint.ToDictionary(), again.Joint.ToDictionary());
        Assert.Equal(["plain", "parity"], first.Suite.Tasks);
        var suite = first.Suite;
        var before = suite.Score(suite.Test, first.Pretrained);
        Assert.True(suite.Score(suite.Test, first.Tuned[0])["plain"] > before["plain"] + 0.1);
        Assert.True(suite.Score(suite.Test, first.Tuned[1])["parity"] > before["parity"] + 0.1);
        Assert.True(suite.Score(suite.Test, first.Joint).Average > before.Average + 0.1);
        // theta_0 + tau_1 is theta_1 up to rounding, which may turn a row or two of 500.
        Assert.Equal(suite.Score(suite.Test, first.Tuned[0]).Average, suite.Score(suite.Test, first.Pool.TaskArithmetic(1, 0)).Average, 0.005);
    }
}
