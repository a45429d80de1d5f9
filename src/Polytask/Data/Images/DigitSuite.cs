using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// D8: eight classification tasks made of digits, alike enough to be merged and different enough for merging to cost something, with rows of their
/// own each.
/// <list type="table">
/// <item><term>plain</term><description>the picture as it is; the digit</description></item>
/// <item><term>rot90</term><description>turned by 90 degrees counter-clockwise; the digit</description></item>
/// <item><term>invert</term><description>1 - pixel; the digit</description></item>
/// <item><term>pixperm</term><description>all 196 pixels in one fixed random order; the digit</description></item>
/// <item><term>parity</term><description>flipped top to bottom; is the digit odd (2 classes)?</description></item>
/// <item><term>magnitude</term><description>flipped left to right; is the digit 5 or more (2 classes)?</description></item>
/// <item><term>optical</term><description>another data set's digits; the digit</description></item>
/// <item><term>relabel</term><description>the 49 blocks of 2 x 2 pixels in one fixed random order; the digit under one fixed
/// renaming</description></item>
/// </list>
/// Pictures have 14 x 14 pixels: MNIST's averaged over 2 x 2, the optical digits' 8 x 8 resized bilinearly. Every seed cuts MNIST's 10,000 into seven
/// blocks of 1,428 pictures, so no picture serves two tasks: 728 for training, 200 for validation, 500 for test (optical: 1,000, 200 and 500). Inputs
/// are standardised by the mean and the standard deviation of all pixels of the task's training pictures. The random orders are drawn once, from seed
/// 7; the run's seed decides which pictures go where.
/// </summary>
public sealed class DigitSuite : DataSource
{
    private const int Side = 14;
    private const int Pixels = Side * Side;
    private const int BlockRows = 1428;
    private const int Validation = 200;
    private const int Test = 500;
    private const int OpticalTrain = 1000;
    private const int FixedSeed = 7;
    private readonly ImageSource mnist;
    private readonly ImageSource optical;
    private readonly IReadOnlyList<TaskOf> tasks;

    private sealed record TaskOf(string Name, int[] Order, bool IsInverted, Func<int, long> Label, int Classes);

    /// <summary>The suite of two sets of digits.</summary>
    /// <param name="mnist">At least 9,996 pictures of 1 x 28 x 28 pixels in [0, 1].</param>
    /// <param name="optical">At least 1,700 pictures of 64 = 8 x 8 pixels in [0, 1].</param>
    /// <exception cref="DataException">Pictures have another shape, or are too few.</exception>
    internal DigitSuite(ImageSource mnist, ImageSource optical)
    {
        if (!mnist.Shape.Equals(Shape.Of(1, 2 * Side, 2 * Side)) || mnist.Rows < 7 * BlockRows)
            throw new DataException(
                $"the digit suite needs {7 * BlockRows} pictures of 1 x 28 x 28 pixels; {mnist.Name} has {mnist.Rows} of {mnist.Shape}");
        if (!optical.Shape.Equals(Shape.Of(64)) || optical.Rows < OpticalTrain + Validation + Test)
            throw new DataException(
                $"the digit suite needs {OpticalTrain + Validation + Test} pictures of 64 pixels; "
                + $"{optical.Name} has {optical.Rows} of {optical.Shape}");
        (this.mnist, this.optical) = (mnist, optical);
        int[] Drawn(string purpose, int count) => StableRandom.For(FixedSeed, $"digit suite: {purpose}").Permutation(count);
        int[] Pixel(Func<int, int, int> from) => [.. Enumerable.Range(0, Pixels).Select(at => from(at / Side, at % Side))];
        var (blocks, names) = (Drawn("blocks", Pixels / 4), Drawn("labels", 10));
        var same = Pixel((y, x) => y * Side + x);
        tasks =
        [
            new("plain", same, false, digit => digit, 10),
            new("rot90", Pixel((y, x) => x * Side + Side - 1 - y), false, digit => digit, 10),
            new("invert", same, true, digit => digit, 10),
            new("pixperm", Drawn("pixels", Pixels), false, digit => digit, 10),
            new("parity", Pixel((y, x) => (Side - 1 - y) * Side + x), false, digit => digit % 2, 2),
            new("magnitude", Pixel((y, x) => y * Side + Side - 1 - x), false, digit => digit >= 5 ? 1 : 0, 2),
            new("optical", same, false, digit => digit, 10),
            new("relabel", Pixel((y, x) =>
            {
                var block = blocks[y / 2 * (Side / 2) + x / 2];
                return (block / (Side / 2) * 2 + y % 2) * Side + block % (Side / 2) * 2 + x % 2;
            }), false, digit => names[digit], 10),
        ];
    }

    /// <inheritdoc/>
    public override string Name => "digit suite";

    /// <summary>The names of the eight tasks.</summary>
    public IReadOnlyList<string> Tasks => [.. tasks.Select(task => task.Name)];

    /// <summary>The number of classes of a task.</summary>
    /// <exception cref="DataException">There is no such task.</exception>
    public int Classes(string task) => tasks.FirstOrDefault(each => each.Name == task)?.Classes
        ?? throw new DataException($"the digit suite has no task '{task}'; it has {Names.Listed(Tasks)}{Names.DidYouMean(task, Tasks)}");

    /// <summary>Which pictures of their source a seed gives to a task.</summary>
    /// <exception cref="DataException">There is no such task.</exception>
    public RowSplit RowsOf(int seed, string task)
    {
        _ = Classes(task);
        if (task == "optical")
        {
            var order = StableRandom.For(seed, "digit suite: optical").Permutation(optical.Rows);
            return new SplitSizes(OpticalTrain, Validation, Test).Cut(order);
        }
        var block = Tasks.Where(each => each != "optical").ToList().IndexOf(task);
        var shuffled = StableRandom.For(seed, "digit suite: mnist").Permutation(mnist.Rows);
        return new SplitSizes(BlockRows - Validation - Test, Validation, Test).Cut(shuffled[(block * BlockRows)..((block + 1) * BlockRows)]);
    }

    /// <summary>The splits of a seed: per task inputs float [rows, 196] and classes int64 [rows].</summary>
    public override DataSplits Split(int seed)
    {
        var parts = tasks.Select(task => PartsOf(task, RowsOf(seed, task.Name))).ToArray();
        return new(
            Examples.PerTask([.. parts.Select(part => part.Train)]),
            Examples.PerTask([.. parts.Select(part => part.Validation)]),
            Examples.PerTask([.. parts.Select(part => part.Test)]));
    }

    private ((string, Tensor, Tensor) Train, (string, Tensor, Tensor) Validation, (string, Tensor, Tensor) Test) PartsOf(TaskOf task, RowSplit rows)
    {
        var source = task.Name == "optical" ? optical : mnist;
        double[] Pictures(int[] part)
        {
            var pixels = new double[part.Length * Pixels];
            for (var i = 0; i < part.Length; i++) Lay(source, part[i], task, pixels.AsSpan(i * Pixels, Pixels));
            return pixels;
        }
        var train = Pictures(rows.Train);
        var scale = Standardisation.Of(train);
        (string, Tensor, Tensor) Part(int[] part, double[] pixels) => (task.Name,
            tensor(Array.ConvertAll(pixels, scale.Applied)).reshape(part.Length, Pixels),
            tensor(Array.ConvertAll(part, row => task.Label(source.DigitOf(row)))));
        return (Part(rows.Train, train), Part(rows.Validation, Pictures(rows.Validation)), Part(rows.Test, Pictures(rows.Test)));
    }

    private static void Lay(ImageSource source, int row, TaskOf task, Span<double> picture)
    {
        var small = source.Shape.Count == 64 ? Resized(source.PixelsOf(row)) : Pooled(source.PixelsOf(row));
        for (var at = 0; at < Pixels; at++) picture[at] = task.IsInverted ? 1 - small[task.Order[at]] : small[task.Order[at]];
    }

    private static double[] Pooled(ReadOnlySpan<float> pixels)
    {
        var small = new double[Pixels];
        for (var at = 0; at < pixels.Length; at++) small[at / (2 * Side) / 2 * Side + at % (2 * Side) / 2] += pixels[at] / 4.0;
        return small;
    }

    // Bilinear, pixel centres matched (align_corners = false in torch's words).
    private static double[] Resized(ReadOnlySpan<float> pixels)
    {
        const int from = 8;
        var large = new double[Pixels];
        (int Low, int High, double Part) Source(int at)
        {
            var centre = Math.Max(0, (at + 0.5) * from / Side - 0.5);
            var low = (int)centre;
            return (low, Math.Min(low + 1, from - 1), centre - low);
        }
        for (var at = 0; at < Pixels; at++)
        {
            var (y, x) = (Source(at / Side), Source(at % Side));
            var top = pixels[y.Low * from + x.Low] * (1 - x.Part) + pixels[y.Low * from + x.High] * x.Part;
            var bottom = pixels[y.High * from + x.Low] * (1 - x.Part) + pixels[y.High * from + x.High] * x.Part;
            large[at] = top * (1 - y.Part) + bottom * y.Part;
        }
        return large;
    }
}
