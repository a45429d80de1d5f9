using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Data;

public class DigitSuiteTests
{
    private static readonly ImageSource Mnist = Datasets.Mnist();
    private static readonly DigitSuite Suite = Datasets.DigitSuite();

    [Fact]
    public void Eight_tasks_of_disjoint_pictures()
    {
        Assert.Equal(["plain", "rot90", "invert", "pixperm", "parity", "magnitude", "optical", "relabel"], Suite.Tasks);
        Assert.Equal([10, 10, 10, 10, 2, 2, 10, 10], Suite.Tasks.Select(Suite.Classes));
        var used = Suite.Tasks.Where(task => task != "optical").Select(task => Suite.RowsOf(3, task)).SelectMany(rows => rows.Train.Concat(rows.Validation).Concat(rows.Test)).ToArray();
        Assert.Equal(9996, used.Length);
        Assert.Equal(9996, used.Distinct().Count());
        Assert.Contains("did you mean 'plain'?", Assert.Throws<DataException>(() => Suite.Classes("plane")).Message);
    }

    // Every picture against torch's own pooling, turning, flipping and resizing, up to the scalars of standardisation.
    [Fact]
    public void Pictures_are_made_as_their_task_says()
    {
        using var scope = NewDisposeScope();
        var splits = Suite.Split(3);
        Assert.Equal((7 * 728 + 1000, 1600, 4000), (splits.Train.Rows, splits.Validation.Rows, splits.Test.Rows));
        Tensor Small(int[] rows) => nn.functional.avg_pool2d(Mnist.Images.index_select(0, tensor(Array.ConvertAll(rows, row => (long)row))), 2).squeeze(1);
        Tensor Resized(int[] rows) => nn.functional.interpolate(
            Datasets.Digits().Images.index_select(0, tensor(Array.ConvertAll(rows, row => (long)row))).reshape(-1, 1, 8, 8), [14, 14],
            mode: InterpolationMode.Bilinear, align_corners: false).squeeze(1);
        var maps = new Dictionary<string, Func<Tensor, Tensor>>
        {
            ["plain"] = x => x,
            ["rot90"] = x => x.rot90(1, (1, 2)),
            ["invert"] = x => 1 - x,
            ["parity"] = x => x.flip(1),
            ["magnitude"] = x => x.flip(2),
            ["optical"] = x => x,
        };
        foreach (var (task, map) in maps)
        {
            var rows = Suite.RowsOf(3, task);
            Tensor Expected(int[] part) => map(task == "optical" ? Resized(part) : Small(part)).flatten(1);
            var train = Expected(rows.Train).to(ScalarType.Float64);
            var (mean, deviation) = (train.mean().item<double>(), train.std(unbiased: false).item<double>());
            foreach (var (part, examples) in new[] { (rows.Train, splits.Train), (rows.Validation, splits.Validation), (rows.Test, splits.Test) })
                Assert.True((examples.Inputs(task) - (Expected(part) - mean) / deviation).abs().max().item<float>() < 1e-4, task);
        }
    }

    [Fact]
    public void Permuted_pictures_keep_their_pixels_or_their_blocks_and_the_permutation_is_the_same_for_all_seeds()
    {
        using var scope = NewDisposeScope();
        var plain = nn.functional.avg_pool2d(Mnist.Images, 2).reshape(-1, 196);
        var orders = new List<float[]>();
        foreach (var seed in new[] { 0, 4 })
        {
            var train = Suite.Split(seed).Train;
            foreach (var task in new[] { "pixperm", "relabel" })
            {
                var rows = tensor(Array.ConvertAll(Suite.RowsOf(seed, task).Train, row => (long)row));
                var (made, source) = (train.Inputs(task), plain.index_select(0, rows));
                source = (source - source.mean()) / source.std(unbiased: false);
                Assert.True((made.sort(1).Values - source.sort(1).Values).abs().max().item<float>() < 1e-4);
                // Mean picture in the made order: the same permutation moves it the same way up to sampling.
                if (task == "relabel")
                {
                    Tensor Blocks(Tensor x) => x.reshape(-1, 7, 2, 7, 2).permute(0, 1, 3, 2, 4).reshape(-1, 49, 4);
                    Assert.True((Blocks(made).sum(2).sort(1).Values - Blocks(source).sum(2).sort(1).Values).abs().max().item<float>() < 1e-3);
                }
                orders.Add(made.mean([0]).data<float>().ToArray());
            }
        }
        double Correlation(float[] a, float[] b) => a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(x => x * x));
        Assert.True(Correlation(orders[0], orders[2]) > 0.95);
        Assert.True(Correlation(orders[1], orders[3]) > 0.95);
        Assert.True(Correlation(orders[0], orders[1]) < 0.5);
    }

    [Fact]
    public void Labels_are_the_digit_its_parity_its_size_or_its_other_name()
    {
        using var scope = NewDisposeScope();
        var test = Suite.Split(1).Test;
        long[] Digits(string task) => (task == "optical" ? Datasets.Digits() : Mnist).Digits
            .index_select(0, tensor(Array.ConvertAll(Suite.RowsOf(1, task).Test, row => (long)row))).data<long>().ToArray();
        long[] Labels(string task) => test.Target(task).data<long>().ToArray();
        foreach (var task in new[] { "plain", "rot90", "invert", "pixperm", "optical" }) Assert.Equal(Digits(task), Labels(task));
        Assert.Equal(Digits("parity").Select(digit => digit % 2), Labels("parity"));
        Assert.Equal(Digits("magnitude").Select(digit => digit / 5), Labels("magnitude"));
        var names = Digits("relabel").Zip(Labels("relabel")).Distinct().ToArray();
        Assert.Equal((10, 10), (names.Length, names.Select(pair => pair.Second).Distinct().Count()));
        Assert.NotEqual(Digits("relabel"), Labels("relabel"));
    }
}
