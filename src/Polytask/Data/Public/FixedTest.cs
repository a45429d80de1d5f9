using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Rows that are published as training and test rows: the test rows stay as they are, a tenth of the training rows, drawn from the seed, validates.
/// </summary>
/// <param name="name">What results call the data.</param>
/// <param name="train">The published training rows; read when first asked for.</param>
/// <param name="test">The published test rows.</param>
internal sealed class FixedTest(string name, Func<Examples> train, Func<Examples> test) : DataSource
{
    private const int Share = 10;

    private readonly Lazy<Examples> train = new(train);
    private readonly Lazy<Examples> test = new(test);

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override DataSplits Split(int seed)
    {
        var rows = (int)train.Value.Rows;
        var order = Array.ConvertAll(StableRandom.For(seed, $"validation rows of {name}").Permutation(rows), row => (long)row);
        var held = Math.Max(1, rows / Share);
        Examples At(long[] chosen) => train.Value.At(tensor(chosen));
        return new(At(order[held..]), At(order[..held]), test.Value);
    }
}
