using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Studies;

/// <summary>A study of two models that takes a few milliseconds a cell.</summary>
internal static class Small
{
    public static readonly Model Linear = Model.Named("linear").Input(4).Task("y", Head.Regress());

    public static readonly Model Wide = Linear.Renamed("wide").Backbone(Block.Mlp(8));

    public static DataSource Data(double factor = 2, string name = "made", Action<int>? asked = null) => DataSource.Of(name, seed =>
    {
        asked?.Invoke(seed);
        var x = Values.Normal(seed, 60, 4);
        Examples Part(int from) => Examples.Joint(x[TensorIndex.Slice(from, from + 20)], ("y", x[TensorIndex.Slice(from, from + 20), 0] * factor));
        return new(Part(0), Part(20), Part(40));
    });

    public static Study Study => Polytask.Study.On(Data()).Variants(Linear, Wide).Train(t => t.Adam(1e-2).Epochs(3).Batch(8));

    /// <summary>A model whose loss is no number with some seeds: it fails there and nowhere else.</summary>
    public static Model FailingWith(params int[] seeds) => Linear.Renamed("failing").Task("z", Head.Regress(), loss: Loss.Of("at times", (output, target) =>
        (output - target).square() * (seeds.Contains((int)target[0].item<float>()) ? float.NaN : 1)));

    /// <summary>Data whose second task's label is the seed.</summary>
    public static DataSource Seeded => DataSource.Of("seeded", seed =>
    {
        var x = Values.Normal(seed, 20, 4);
        var rows = Examples.Joint(x, ("y", x[TensorIndex.Ellipsis, 0]), ("z", full(20, (float)seed)));
        return new(rows, rows, rows);
    });

    public static IEnumerable<(string, int, string, string, long)> Numbers(StudyResult result) => result.Cells.SelectMany(cell => cell.Run!.History
        .Select(row => ($"{cell}", row.Epoch, row.Split, row.Key, BitConverter.DoubleToInt64Bits(row.Value))));

    public static string WeightsOf(Run run) => string.Join(';', run.Module.state_dict().OrderBy(pair => pair.Key)
        .Select(pair => pair.Key + Convert.ToHexString(pair.Value.detach().cpu().contiguous().bytes)));
}

/// <summary>A folder that goes with its test.</summary>
public sealed class CacheFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("polytask-study-").FullName;

    public string[] Cells => [.. Directory.GetFiles(Path, "*.json").Where(file => !file.EndsWith(".failed.json"))];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
