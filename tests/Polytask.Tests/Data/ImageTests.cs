using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Data;

public class ImageTests
{
    private static readonly ImageSource Mnist = Datasets.Mnist();

    // Counted with Python.
    [Fact]
    public void Mnist_has_its_pictures_and_labels()
    {
        using var scope = NewDisposeScope();
        var (images, digits) = (Mnist.Images, Mnist.Digits);
        Assert.Equal([10000L, 1, 28, 28], images.shape);
        Assert.Equal((0f, 1f), (images.min().item<float>(), images.max().item<float>()));
        Assert.Equal([1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978], digits.data<long>().ToArray().CountBy(digit => digit).OrderBy(pair => pair.Key).Select(pair => pair.Value));
        Assert.Equal(0.131125750, images.to(ScalarType.Float64).mean().item<double>(), 1e-6);
        Assert.Equal(9, digits[0].item<long>());
        Assert.Equal(24359, (images[0] * 255).sum().item<float>(), 0.5);
    }

    [Fact]
    public void Digits_have_the_labels_that_their_tasks_say()
    {
        using var scope = NewDisposeScope();
        var digits = Datasets.Digits();
        Assert.Equal((1797, 64L), (digits.Rows, digits.Shape[0]));
        Assert.Equal(["digit", "parity", "large"], digits.Tasks);
        var train = digits.Split(0).Train;
        Assert.Equal([1079L, 64], train.Inputs("digit").shape);
        Assert.Equal((0f, 1f), (train.Inputs("digit").min().item<float>(), train.Inputs("digit").max().item<float>()));
        var digit = train.Target("digit");
        Assert.True(train.Target("parity").Same(digit.remainder(2).to(ScalarType.Float32)));
        Assert.True(train.Target("large").Same(digit.ge(5).to(ScalarType.Float32)));
    }

    // The first row of the file, as scikit-learn prints it.
    [Fact]
    public void The_first_of_the_digits_is_the_file_s_first_row()
    {
        using var scope = NewDisposeScope();
        var digits = Datasets.Digits();
        Assert.Equal(0, digits.Digits[0].item<long>());
        Assert.Equal([0f, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0], (digits.Images[0] * 16).data<float>().ToArray()[..16]);
    }

    [Fact]
    public void Splits_are_made_of_the_rows_they_say()
    {
        using var scope = NewDisposeScope();
        var (images, digits) = (Mnist.Images, Mnist.Digits);
        var test = Mnist.Split(4).Test;
        var rows = tensor(Array.ConvertAll(Mnist.RowsOf(4).Test, row => (long)row));
        Assert.True(test.Inputs("digit").Same(images.index_select(0, rows)));
        Assert.True(test.Target("digit").Same(digits.index_select(0, rows)));
    }

    [Fact]
    public void Multi_mnist_lays_the_two_pictures_over_one_another()
    {
        using var scope = NewDisposeScope();
        var pairs = new MultiMnist(Mnist, train: 50, validation: 20, test: 30);
        var (images, digits) = (Mnist.Images, Mnist.Digits);
        var (splits, sources) = (pairs.Split(2), pairs.PairsOf(2));
        Assert.Equal((50, 20, 30), (splits.Train.Rows, splits.Validation.Rows, splits.Test.Rows));
        Assert.Equal(Shape.Of(1, 36, 36), splits.Train.InputShape);
        for (var i = 0; i < 30; i++)
        {
            var (left, right) = sources.Test[i];
            // Independent of the generator's loops: two padded pictures, the larger value of each pixel.
            var expected = maximum(nn.functional.pad(images[left], [0, 8, 0, 8]), nn.functional.pad(images[right], [8, 0, 8, 0]));
            Assert.True(splits.Test.Inputs("left")[i].Same(expected), $"pair {i}");
            Assert.Equal(digits[left].item<long>(), splits.Test.Target("left")[i].item<long>());
            Assert.Equal(digits[right].item<long>(), splits.Test.Target("right")[i].item<long>());
        }
    }

    [Fact]
    public void No_picture_of_multi_mnist_is_in_two_splits()
    {
        var pairs = new MultiMnist(Mnist, train: 3000, validation: 1000, test: 1000).PairsOf(1);
        HashSet<int> Used(IEnumerable<(int Left, int Right)> split) => [.. split.SelectMany(pair => new[] { pair.Left, pair.Right })];
        var (train, validation, test) = (Used(pairs.Train), Used(pairs.Validation), Used(pairs.Test));
        Assert.False(train.Overlaps(validation) || train.Overlaps(test) || validation.Overlaps(test));
        Assert.InRange(train.Count, 3000, 6000);
    }

    [Fact]
    public void Multi_mnist_of_a_seed_is_the_same_again()
    {
        using var scope = NewDisposeScope();
        var pairs = new MultiMnist(Mnist, 20, 5, 5);
        Assert.True(pairs.Split(9).Train.Inputs("left").Same(Datasets.MultiMnist(20, 5, 5).Split(9).Train.Inputs("left")));
        Assert.False(pairs.Split(9).Train.Inputs("left").Same(pairs.Split(8).Train.Inputs("left")));
    }

    [Fact]
    public void Multi_mnist_refuses_other_pictures_and_empty_splits()
    {
        Assert.Contains("but digits has 64 features", Assert.Throws<DataException>(() => new MultiMnist(Datasets.Digits(), 1, 1, 1)).Message);
        Assert.Contains("validation is 0", Assert.Throws<DataException>(() => new MultiMnist(Mnist, 1, 0, 1)).Message);
    }

    // Labels from a separate implementation in Python (tests/peers/datasets_reference.py).
    [Fact]
    public void Noise_is_a_fixed_relabelling_that_no_picture_tells()
    {
        using var scope = NewDisposeScope();
        var digits = Datasets.Digits().WithNoise();
        Assert.Equal(["digit", "parity", "large", "noise"], digits.Tasks);
        var (rows, split) = (digits.RowsOf(0), digits.SplitBy(Splitting.Shares(0.7, 0, 0.3)).Split(0));
        var all = digits.Split(0);
        int[] labels = [.. new[] { (rows.Train, all.Train), (rows.Validation, all.Validation), (rows.Test, all.Test) }
            .SelectMany(part => part.Item1.Zip(part.Item2.Target("noise").data<long>().ToArray())).OrderBy(pair => pair.First).Select(pair => (int)pair.Second)];
        Assert.Equal([5, 5, 0, 3, 8, 8, 2, 7, 2, 8, 6, 3], labels[..12]);
        Assert.Equal([191, 179, 188, 178, 172, 187, 170, 180, 182, 170], labels.CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value));
        Assert.Equal((1258, 539), (split.Train.Rows, split.Test.Rows));
        Assert.Contains("0: 191, 1: 179", digits.ToString());
        Assert.Contains("stratified by parity", digits.SplitBy(Splitting.Default.StratifiedBy("parity")).ToString());
        Assert.Contains("'noise' exists already", Assert.Throws<DataException>(() => digits.WithNoise()).Message);
        Assert.Contains("has no task 'odd'", Assert.Throws<DataException>(() => digits.SplitBy(Splitting.Default.StratifiedBy("odd")).Split(0)).Message);
    }
}
