using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Pictures of single digits as multi-task data: the digit itself, and yes-or-no questions about it. Splits are seeded: 60 %
/// training, 20 % validation, 20 % test unless <see cref="SplitBy"/> says otherwise.</summary>
public sealed class ImageSource : DataSource, IMimeBundle
{
    private readonly float[] pixels;
    private readonly int[] digits;
    private readonly IReadOnlyList<(string Task, Func<int, bool> Yes)> questions;
    private readonly IReadOnlyList<(string Task, int[] Labels)> noises = [];
    private readonly Splitting splitting = Splitting.Default;

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

    private ImageSource(ImageSource source, IReadOnlyList<(string Task, int[] Labels)> noises, Splitting splitting)
        : this(source.Name, source.Shape, source.pixels, source.digits, source.questions)
    {
        (this.noises, this.splitting) = (noises, splitting);
        Tasks = [.. Tasks, .. noises.Select(noise => noise.Task)];
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>The shape of a picture as models see it.</summary>
    public Shape Shape { get; }

    /// <summary>The number of pictures.</summary>
    public int Rows => digits.Length;

    /// <summary>The names of the tasks: "digit" first, int64 labels 0 to 9; then the binary ones, float labels 0 and 1; then
    /// those of <see cref="WithNoise"/>, int64 labels 0 to 9.</summary>
    public IReadOnlyList<string> Tasks { get; }

    /// <summary>The same pictures with other splits.</summary>
    public ImageSource SplitBy(Splitting splitting) => new(this, noises, splitting);

    /// <summary>
    /// The same pictures with one more task that nothing on them tells: 10 classes, the class of picture i being the first draw of
    /// <see cref="StableRandom"/> from the state i, modulo 10. It is fixed for ever, can be learnt by heart, and never generalises.
    /// </summary>
    /// <exception cref="DataException">The name is taken.</exception>
    public ImageSource WithNoise(string task = "noise")
    {
        if (Tasks.Contains(task)) throw new DataException($"{Name}: a task '{task}' exists already; choose another name");
        var labels = Enumerable.Range(0, Rows).Select(row => (int)(new StableRandom((ulong)row).NextBits() % 10)).ToArray();
        return new(this, [.. noises, (task, labels)], splitting);
    }

    /// <summary>All pictures, float [rows, ...<see cref="Shape"/>], in [0, 1].</summary>
    public Tensor Images => Pictures([.. Enumerable.Range(0, Rows)]);

    /// <summary>The digit on each picture, int64 [rows].</summary>
    public Tensor Digits => tensor(Array.ConvertAll(digits, digit => (long)digit));

    /// <summary>Which pictures a seed gives to each split.</summary>
    public RowSplit RowsOf(int seed) => splitting.Of(new SplitRows(Name, Rows, Texts), seed);

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

    /// <summary>The tasks as a table to read: the rows of each class.</summary>
    public TableView Balance() => new($"{Name}: {Rows} pictures of {Shape}", ["task", "labels"],
        Tasks.Select(task => (IReadOnlyList<TableCell>)[task, string.Join(", ", Texts(task).CountBy(text => text)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {pair.Value}"))]), $"Splits: {splitting}, by seed.");

    /// <inheritdoc/>
    public override string ToString() => Balance().ToString();

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Balance().ToMimeBundle();

    private string[] Texts(string task)
    {
        if (task == "digit") return Array.ConvertAll(digits, digit => $"{digit}");
        if (noises.FirstOrDefault(noise => noise.Task == task).Labels is { } labels) return Array.ConvertAll(labels, label => $"{label}");
        return questions.FirstOrDefault(question => question.Task == task).Yes is { } yes
            ? Array.ConvertAll(digits, digit => yes(digit) ? "yes" : "no")
            : throw new DataException($"{Name} has no task '{task}'; it has {Names.Listed(Tasks)}{Names.DidYouMean(task, Tasks)}");
    }

    private Examples Part(int[] rows)
    {
        var digit = tensor(Array.ConvertAll(rows, row => (long)digits[row]));
        Tensor Answers(Func<int, bool> yes) => tensor(Array.ConvertAll(rows, row => yes(digits[row]) ? 1f : 0f));
        return Examples.Joint(Pictures(rows), [("digit", digit), .. questions.Select(question => (question.Task, Answers(question.Yes))),
            .. noises.Select(noise => (noise.Task, tensor(Array.ConvertAll(rows, row => (long)noise.Labels[row]))))]);
    }

    private Tensor Pictures(int[] rows)
    {
        var size = (int)Shape.Count;
        var taken = new float[rows.Length * size];
        for (var i = 0; i < rows.Length; i++) PixelsOf(rows[i]).CopyTo(taken.AsSpan(i * size));
        return tensor(taken).reshape([rows.Length, .. Shape]);
    }
}
