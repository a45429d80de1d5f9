using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Multi-MNIST: two digits on one 36 x 36 canvas, one in the top left corner and one in the bottom right, the brighter pixel winning where they
/// overlap. Task "left" is the digit in the top left, task "right" the one in the bottom right, 10 classes each.
/// <para>
/// After Sabour, Frosst and Hinton, "Dynamic routing between capsules" (NeurIPS 2017), who shift both digits at random by up to 4 pixels and take
/// two different digits, and Sener and Koltun, "Multi-task learning as multi-objective optimization" (NeurIPS 2018), who fix the corners as is done
/// here. Differences from the latter: the pictures come from 10,000 of MNIST's images, not from all 70,000; a pair may show the same digit twice; the
/// canvas keeps its 36 x 36
/// pixels.
/// </para>
/// Training, validation and test pairs are made of disjoint sets of MNIST images (60, 20 and 20 percent of them by seed), so no handwriting is seen
/// twice across splits.
/// </summary>
public sealed class MultiMnist : DataSource
{
    private const int Side = 28;
    private const int Canvas = 36;
    private readonly ImageSource digits;
    private readonly int train;
    private readonly int validation;
    private readonly int test;

    /// <summary>Pairs of the given pictures.</summary>
    /// <param name="digits">Pictures of 1 x 28 x 28 pixels.</param>
    /// <param name="train">The number of training pairs.</param>
    /// <param name="validation">The number of validation pairs.</param>
    /// <param name="test">The number of test pairs.</param>
    /// <exception cref="DataException">The pictures have another shape, or a split would be empty.</exception>
    public MultiMnist(ImageSource digits, int train, int validation, int test)
    {
        if (!digits.Shape.Equals(Shape.Of(1, Side, Side)))
            throw new DataException($"Multi-MNIST is made of 1 x {Side} x {Side} pictures, but {digits.Name} has {digits.Shape}");
        foreach (var (split, pairs) in new[] { ("train", train), ("validation", validation), ("test", test) })
            if (pairs < 1) throw new DataException($"Multi-MNIST: {split} is {pairs}; every split needs at least one pair");
        (this.digits, this.train, this.validation, this.test) = (digits, train, validation, test);
    }

    /// <inheritdoc/>
    public override string Name => "multi-mnist";

    /// <summary>Which pictures make each pair of a seed, by their numbers in the source.</summary>
    public (IReadOnlyList<(int Left, int Right)> Train, IReadOnlyList<(int Left, int Right)> Validation, IReadOnlyList<(int Left, int Right)> Test)
        PairsOf(int seed)
    {
        var pools = digits.RowsOf(seed);
        return (
            Pairs(seed, "train", pools.Train, train),
            Pairs(seed, "validation", pools.Validation, validation),
            Pairs(seed, "test", pools.Test, test));
    }

    /// <summary>The splits of a seed: inputs float [pairs, 1, 36, 36] in [0, 1], labels int64 [pairs].</summary>
    public override DataSplits Split(int seed)
    {
        var pairs = PairsOf(seed);
        return new(Overlaid(pairs.Train), Overlaid(pairs.Validation), Overlaid(pairs.Test));
    }

    private static (int Left, int Right)[] Pairs(int seed, string split, int[] pool, int count)
    {
        var random = StableRandom.For(seed, $"multi-mnist {split}");
        var pairs = new (int, int)[count];
        for (var i = 0; i < count; i++) pairs[i] = (pool[random.NextBelow(pool.Length)], pool[random.NextBelow(pool.Length)]);
        return pairs;
    }

    private Examples Overlaid(IReadOnlyList<(int Left, int Right)> pairs)
    {
        var pixels = new float[pairs.Count * Canvas * Canvas];
        for (var i = 0; i < pairs.Count; i++)
        {
            var canvas = pixels.AsSpan(i * Canvas * Canvas, Canvas * Canvas);
            Lay(digits.PixelsOf(pairs[i].Left), canvas, 0);
            Lay(digits.PixelsOf(pairs[i].Right), canvas, Canvas - Side);
        }
        return Examples.Joint(tensor(pixels).reshape(pairs.Count, 1, Canvas, Canvas),
            ("left", tensor(pairs.Select(pair => (long)digits.DigitOf(pair.Left)).ToArray())),
            ("right", tensor(pairs.Select(pair => (long)digits.DigitOf(pair.Right)).ToArray())));
    }

    private static void Lay(ReadOnlySpan<float> digit, Span<float> canvas, int corner)
    {
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
            {
                ref var pixel = ref canvas[(corner + y) * Canvas + corner + x];
                pixel = Math.Max(pixel, digit[y * Side + x]);
            }
    }
}
