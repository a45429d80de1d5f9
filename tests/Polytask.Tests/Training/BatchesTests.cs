using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Training;

public class BatchesTests
{
    private static List<double[]> Pass(Batches batches) => [.. Enumerable.Range(0, (int)batches.PerEpoch).Select(_ => batches.Next().Inputs.squeeze(1).Numbers())];

    [Fact]
    public void Every_pass_sees_every_row_once_in_an_order_of_its_own()
    {
        var rows = arange(10, ScalarType.Float32).unsqueeze(1);
        using var batches = new Batches("all tasks", rows, [rows], [null], batch: 4, seed: 1);
        var (first, second) = (Pass(batches), Pass(batches));
        Assert.Equal([4, 4, 2], first.Select(batch => batch.Length));
        foreach (var pass in new[] { first, second })
            Assert.Equal(Enumerable.Range(0, 10).Select(row => (double)row), pass.SelectMany(batch => batch).Order());
        Assert.NotEqual(first.SelectMany(batch => batch), second.SelectMany(batch => batch));
    }

    [Fact]
    public void The_order_depends_on_the_seed_and_not_on_what_else_is_drawn()
    {
        var rows = arange(10, ScalarType.Float32).unsqueeze(1);
        IEnumerable<double> Order(int seed)
        {
            using var batches = new Batches("all tasks", rows, [rows], [null], batch: 3, seed);
            _ = rand(7);
            return [.. Pass(batches).SelectMany(batch => batch)];
        }
        Assert.Equal(Order(1), Order(1));
        Assert.NotEqual(Order(1), Order(2));
    }

    [Fact]
    public void Targets_and_masks_stay_beside_their_rows()
    {
        var rows = arange(10, ScalarType.Float32).unsqueeze(1);
        using var batches = new Batches("all tasks", rows, [rows.squeeze(1) * 2], [rows.squeeze(1).gt(4)], batch: 3, seed: 1);
        for (var i = 0; i < 8; i++)
        {
            var (inputs, targets, labelled) = batches.Next();
            Assert.Equal(inputs.squeeze(1).Numbers().Select(row => 2 * row), targets[0].Numbers());
            Assert.Equal(inputs.squeeze(1).Numbers().Select(row => row > 4 ? 1.0 : 0.0), labelled[0]!.Numbers());
        }
    }
}
