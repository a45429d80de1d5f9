using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Polytask;
using TorchSharp;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>
/// A safetensors file of 1 GiB (64 tensors) saved and loaded, beside the disk's own sequential speed in the same run: a plain loop of writes of
/// 16 MiB with a flush to the disk, and a plain loop of reads into one buffer. Both write beside the older file, because disks take new blocks at
/// another speed than those that a file had before. Before each load and each loop of reads the file is dropped from the page cache (posix_fadvise,
/// which the kernel follows for pages that are on the disk). Memory is the peak of the resident set (VmHWM) above what was resident before.
/// </summary>
internal static class SafeTensorsSpeed
{
    private const int Tensors = 64;
    private const int Piece = 16 << 20;
    private const long Size = (long)Tensors * Piece;
    private const int Rounds = 5;

    public static void Run()
    {
        var folder = Directory.CreateTempSubdirectory("polytask-");
        try
        {
            string At(string name) => Path.Combine(folder.FullName, name);
            var (path, plain, beside) = (At("model.safetensors"), At("plain"), At("beside"));
            using var scope = NewDisposeScope();
            var tensors = Enumerable.Range(0, Tensors).ToDictionary(i => $"layer{i:00}", _ => randn(Piece / sizeof(float)));
            var buffer = new byte[Piece];
            Random.Shared.NextBytes(buffer);

            var (saves, writes, loads, reads) = (new double[Rounds], new double[Rounds], new double[Rounds], new double[Rounds]);
            var (saveMemory, loadMemory) = (0L, 0L);
            for (var round = 0; round < Rounds; round++)
            {
                var (saved, saving) = Measured(() => SafeTensors.Save(path, tensors));
                var (written, _) = Measured(() => WritePlain(beside, buffer));
                File.Move(beside, plain, overwrite: true);
                (saves[round], writes[round], saveMemory) = (saved, written, Math.Max(saveMemory, saving));
            }
            foreach (var tensor in tensors.Values) tensor.Dispose();
            for (var round = 0; round < Rounds; round++)
            {
                Drop(path);
                Dictionary<string, Tensor> loaded = [];
                var (seconds, loading) = Measured(() => loaded = SafeTensors.Load(path));
                foreach (var tensor in loaded.Values) tensor.Dispose();
                Drop(plain);
                var (read, _) = Measured(() => ReadPlain(plain, buffer));
                (loads[round], reads[round], loadMemory) = (seconds, read, Math.Max(loadMemory, loading));
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"save 1 GiB of safetensors: {Rate(saves)}; plain writes with a flush {Rate(writes)}; "
                + $"time ratio {Ratio(saves, writes):0.00}; {saveMemory / 1024.0:0} MiB more resident at the peak"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"load 1 GiB of safetensors, not in the page cache: {Rate(loads)}; plain reads {Rate(reads)}; "
                + $"time ratio {Ratio(loads, reads):0.00}; {loadMemory / 1024.0:0} MiB more resident at the peak, "
                + $"{loadMemory / 1024.0 - Size / 1048576.0:0} above the file's size"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Rate(double[] seconds) => string.Create(CultureInfo.InvariantCulture, $"{Size / 1e6 / Median(seconds):0} MB/s");

    private static double Ratio(double[] ours, double[] plain) => Median(ours.Zip(plain, (a, b) => a / b));

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private static (double Seconds, long KiB) Measured(Action action)
    {
        // Forgets the old peak (proc(5), clear_refs).
        File.WriteAllText("/proc/self/clear_refs", "5");
        var before = Status("VmRSS:");
        var clock = Stopwatch.StartNew();
        action();
        return (clock.Elapsed.TotalSeconds, Status("VmHWM:") - before);
    }

    private static long Status(string field) => long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(field, StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    private static void WritePlain(string path, byte[] buffer)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        for (var offset = 0L; offset < Size; offset += buffer.Length) RandomAccess.Write(file, buffer, offset);
        RandomAccess.FlushToDisk(file);
    }

    private static void ReadPlain(string path, byte[] buffer)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        for (var offset = 0L; offset < Size;) offset += RandomAccess.Read(file, buffer, offset);
    }

    private static void Drop(string path)
    {
        const int dontNeed = 4;
        using var file = File.OpenHandle(path);
        var error = Advise(file, 0, 0, dontNeed);
        if (error != 0) throw new IOException($"posix_fadvise answered {error}: the page cache was not dropped, so nothing would be measured");
    }

    [DllImport("libc", EntryPoint = "posix_fadvise")]
    private static extern int Advise(SafeFileHandle file, long offset, long length, int advice);
}
