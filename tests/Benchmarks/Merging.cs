using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Polytask;
using TorchSharp;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>
/// Eight state dictionaries of Float32 in 100 tensors, merged by task arithmetic, TIES and DARE: in memory, beside the same rule in plain PyTorch
/// (tests/peers/merging.py, whole tensors; TIES on flat vectors, as FusionBench does) and beside the memory's bandwidth; and on the disk, beside
/// a plain loop that reads the nine files and writes one as large. The bound is what the method's passes move, at the rate at which as many
/// threads as there are processors add up the nine models: nine models read, one written and, because a cache fetches what it writes, read. TIES
/// takes a pass more, which writes nothing. On the disk its bound is another: reading the files twice. Files are in the
/// page cache, and both sides flush what they write to the disk.
/// </summary>
internal static class Merging
{
    private const int Models = 8;
    private const int Tensors = 100;
    private const int Rounds = 5;

    private static readonly (string Name, MergeMethod Method, double Passes, int Readings)[] Methods =
    [
        ("task-arithmetic", MergeMethod.TaskArithmetic(), 11.0 / 9, 1),
        ("ties", MergeMethod.Ties(0.2, 0.3, TiesReduction.Sum), 1 + 11.0 / 9, 2),
        ("dare", MergeMethod.Dare(0.9, MergeMethod.TaskArithmetic()), 11.0 / 9, 1),
    ];

    /// <param name="millions">Parameters of a model.</param>
    public static void Run(int millions)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var models = Enumerable.Range(0, Models + 1).Select(_ => Model(millions)).ToArray();
        var gigabytes = (Models + 1) * millions * 4e-3;
        var once = Enumerable.Range(0, Rounds).Min(_ => Seconds(() => AddUp(models)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Models} models and their base, {millions} M parameters each: {gigabytes:0.0} GB, read at {gigabytes / once:0.0} GB/s"));
        foreach (var (name, method, passes, _) in Methods)
        {
            var pool = Merge.Of(models[0], models[1..]);
            var (here, there, ratio, peer) = Alternated.Run($"merging.py {name} {millions}", 1, _ =>
                Seconds(() => Dispose(pool.By(method).ToDictionary())),
                rounds: Rounds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name}: {here:0.000} s, {passes * once / here:P0} of the bandwidth bound of {passes * once:0.000} s; "
                + $"plain PyTorch {there:0.000} s ({peer}), ratio {ratio:0.00}"));
        }
        OnDisk(models);
    }

    private static void OnDisk(Dictionary<string, Tensor>[] models)
    {
        var folder = Directory.CreateTempSubdirectory("polytask-");
        try
        {
            string At(string name) => Path.Combine(folder.FullName, name);
            var files = models.Select((model, i) => At($"{i}.safetensors")).ToArray();
            foreach (var (file, model) in files.Zip(models)) SafeTensors.Save(file, model);
            foreach (var model in models) Dispose(model);
            foreach (var (name, method, _, readings) in Methods)
            {
                var pool = Merge.Of(files[0], files[1..]);
                var pairs = Enumerable.Range(0, Rounds).Select(_ =>
                    (Merge: Seconds(() => pool.By(method).Save(At("merged"))), Plain: Seconds(() => ReadAndWrite(files, At("plain"), 1)),
                    Bound: readings == 1 ? double.NaN : Seconds(() => ReadAndWrite(files, At("plain"), readings)))).ToArray();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name} from file to file: {Median(pairs.Select(pair => pair.Merge)):0.000} s; reading nine files and writing one: "
                    + $"{Median(pairs.Select(pair => pair.Plain)):0.000} s, ratio {Median(pairs.Select(pair => pair.Merge / pair.Plain)):0.00}"));
                if (readings == 1) continue;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  reading them {readings} times and writing one: {Median(pairs.Select(pair => pair.Bound)):0.000} s, "
                    + $"ratio {Median(pairs.Select(pair => pair.Merge / pair.Bound)):0.00}"));
            }
            foreach (var count in new[] { 1, 2, 4, Models })
            {
                Memory.Forget();
                var before = Memory.Resident();
                Merge.Of(files[0], files[1..(1 + count)]).By(Methods[1].Method).Save(At("merged"));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"TIES of {count} files: {Memory.Peak() - before:0} MB more resident at the peak"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Dictionary<string, Tensor> Model(int millions) =>
        Enumerable.Range(0, Tensors).ToDictionary(i => $"layer{i:00}.weight", _ => randn(millions * 10, 1_000_000 / Tensors / 10));

    private static void Dispose(Dictionary<string, Tensor> model)
    {
        foreach (var tensor in model.Values) tensor.Dispose();
    }

    private static void AddUp(Dictionary<string, Tensor>[] models) => Parallel.ForEach(
        models.SelectMany(model => model.Values), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, tensor =>
        {
            var (even, odd) = (Vector<float>.Zero, Vector<float>.Zero);
            var values = MemoryMarshal.Cast<byte, Vector<float>>(tensor.bytes);
            for (var i = 0; i + 1 < values.Length; i += 2)
            {
                even += values[i];
                odd += values[i + 1];
            }
            GC.KeepAlive(System.Numerics.Vector.Sum(even + odd));
        });

    private static void ReadAndWrite(string[] files, string target, int readings)
    {
        var buffer = new byte[4 << 20];
        var length = 0L;
        foreach (var path in Enumerable.Repeat(files, readings).SelectMany(each => each))
        {
            using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
            length = RandomAccess.GetLength(file);
            for (var offset = 0L; offset < length;) offset += RandomAccess.Read(file, buffer, offset);
        }
        // Beside the older file and in its place: disks take new blocks at another speed than those that a file had before.
        using (var file = File.OpenHandle(target + ".new", FileMode.Create, FileAccess.Write, preallocationSize: length))
        {
            for (var offset = 0L; offset < length; offset += buffer.Length)
                RandomAccess.Write(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - offset)), offset);
            RandomAccess.FlushToDisk(file);
        }
        File.Move(target + ".new", target, overwrite: true);
    }

    private static double Seconds(Action action)
    {
        var clock = Stopwatch.StartNew();
        action();
        return clock.Elapsed.TotalSeconds;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
