using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Pictures of single digits as multi-task data: the digit itself, and yes-or-no questions about it. Splits are seeded (see
/// <see cref="RowSplit"/>).</summary>
public sealed class ImageSource : DataSource
{
    private readonly float[] pixels;
    private readonly int[] digits;
    private readonly IReadOnlyList<(string Task, Func<int, bool> Yes)> questions;

    /// <summary>Pictures and their labels.</summary>
    /// <param name="name">The name under which results are reported.</param>
    /// <param name="shape">The shape of a picture as models see it.</param>
    /// <param name="pixels">The pictures one after the other, values in [0, 1].</param>
    /// <param name="digits">The digit of each, 0 to 9.</param>
    /// <param name="questions">Binary tasks: their name, and for which digits the answer is yes.</param>
    internal ImageSource(string name, Shape shape, float[] pixels, int[] digits, params IReadOnlyList<(string Task, Func<int, bool> Yes)> questions)
    {
        (Name, Shape, this.pixels, this.digits, this.questions) = (name, shape, pixels, digits, questions);
        Tasks = ["digit", .. questions.Select(question => question.Task)];
        if (pixels.LongLength != digits.Length * shape.Count)
            throw new DataException(
                $"{name}: {digits.Length} labels, but {pixels.LongLength} pixels, which is not {digits.Length} pictures of {shape}");
        var odd = Array.FindIndex(digits, digit => digit is < 0 or > 9);
        if (odd >= 0) throw new DataException($"{name}: the label of picture {odd} is {digits[odd]}; labels must be digits, 0 to 9");
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>The shape of a picture as models see it.</summary>
    public Shape Shape { get; }

    /// <summary>The number of pictures.</summary>
    public int Rows => digits.Length;

    /// <summary>The names of the tasks: "digit" first, int64 labels 0 to 9; then the binary ones, float labels 0 and 1.</summary>
    public IReadOnlyList<string> Tasks { get; }

    /// <summary>All pictures, float [rows, ...<see cref="Shape"/>], in [0, 1].</summary>
    public Tensor Images => Pictures([.. Enumerable.Range(0, Rows)]);

    /// <summary>The digit on each picture, int64 [rows].</summary>
    public Tensor Digits => tensor(Array.ConvertAll(digits, digit => (long)digit));

    /// <summary>Which pictures a seed gives to each split.</summary>
    public RowSplit RowsOf(int seed) => RowSplit.Of(Rows, seed, Name);

    /// <inheritdoc/>
    public override DataSplits Split(int seed)
    {
        var rows = RowsOf(seed);
        return new(Part(rows.Train), Part(rows.Validation), Part(rows.Test));
    }

    /// <summary>The pixels of a picture, row by row.</summary>
    internal ReadOnlySpan<float> PixelsOf(int row) => pixels.AsSpan(row * (int)Shape.Count, (int)Shape.Count);

    /// <summary>The digit on a picture.</summary>
    internal int DigitOf(int row) => digits[row];

    private Examples Part(int[] rows)
    {
        var digit = tensor(Array.ConvertAll(rows, row => (long)digits[row]));
        Tensor Answers(Func<int, bool> yes) => tensor(Array.ConvertAll(rows, row => yes(digits[row]) ? 1f : 0f));
        return Examples.Joint(Pictures(rows), [("digit", digit), .. questions.Select(question => (question.Task, Answers(question.Yes)))]);
    }

    private Tensor Pictures(int[] rows)
    {
        var size = (int)Shape.Count;
        var taken = new float[rows.Length * size];
        for (var i = 0; i < rows.Length; i++) PixelsOf(rows[i]).CopyTo(taken.AsSpan(i * size));
        return tensor(taken).reshape([rows.Length, .. Shape]);
    }
}
