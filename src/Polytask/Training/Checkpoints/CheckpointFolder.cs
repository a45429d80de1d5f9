using System.Globalization;
using System.Text.Json;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>The checkpoints of one run: <c>step-0000000120.safetensors</c>, ..., of which the last few are kept.</summary>
internal sealed class CheckpointFolder
{
    private const string Prefix = "step-", Ending = ".safetensors";

    private readonly string folder;
    private readonly int keep;
    private readonly List<string> damaged = [];

    /// <param name="rule">The folder of all runs.</param>
    /// <param name="model">The name of the run's model.</param>
    /// <param name="seed">The run's seed.</param>
    public CheckpointFolder(CheckpointRule rule, string model, int seed)
    {
        var name = string.Concat(model.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
        folder = Path.Combine(rule.Folder, $"{name}-seed{seed}");
        keep = rule.Keep;
        Directory.CreateDirectory(folder);
        // What a killed process left of a file that it was writing.
        foreach (var file in Directory.EnumerateFiles(folder, $".{Prefix}*.tmp")) File.Delete(file);
    }

    /// <summary>The last complete checkpoint, or null.</summary>
    public string? Last { get; private set; }

    /// <summary>Refuses to start a run where an earlier one has left checkpoints, which it would remove.</summary>
    /// <exception cref="TrainingException">There are some.</exception>
    public void RefuseIfUsed()
    {
        if (Files().LastOrDefault() is { } file)
            throw new TrainingException($"'{folder}' holds checkpoints of an earlier run, the last of step {StepOf(file)}; "
                + "add .Resume() to go on from it, or give another folder");
    }

    /// <summary>The newest checkpoint that is whole.</summary>
    /// <param name="identity">What the run follows from.</param>
    /// <param name="remarks">Where it is said which checkpoints were damaged.</param>
    /// <returns>Null where there is no checkpoint.</returns>
    /// <exception cref="TrainingException">It is of another run, or there is none but damaged ones.</exception>
    public (CheckpointRecord Record, Dictionary<string, Tensor> Tensors)? Read(RunIdentity identity, List<string> remarks)
    {
        foreach (var file in Files().Reverse())
        {
            try
            {
                var (text, tensors) = CheckpointFile.Load(file);
                var record = CheckpointRecord.Parse(text);
                if (identity.DifferenceFrom(record.Identity) is { } difference)
                    throw new TrainingException($"'{file}' is a checkpoint of another run: {difference}. Give this run another folder, "
                        + "or declare it as that one was");
                foreach (var passed in damaged)
                    remarks.Add($"the checkpoint '{Path.GetFileName(passed)}' is damaged; went on from '{Path.GetFileName(file)}'");
                Last = file;
                return (record, tensors);
            }
            catch (Exception error) when (error is InvalidDataException or EndOfStreamException or JsonException)
            {
                damaged.Add(file);
            }
        }
        return damaged.Count == 0 ? null : throw new TrainingException(
            $"none of the checkpoints in '{folder}' can be read ({Names.Listed(damaged.Select(file => Path.GetFileName(file)))} are damaged); "
            + "remove them to start from the beginning");
    }

    /// <summary>Writes a checkpoint, then removes the oldest.</summary>
    public void Write(CheckpointRecord record, IReadOnlyDictionary<string, Tensor> tensors)
    {
        var path = Path.Combine(folder, Prefix + record.Step.ToString("0000000000", CultureInfo.InvariantCulture) + Ending);
        CheckpointFile.Save(path, record.ToText(), tensors);
        Last = path;
        damaged.Remove(path);
        foreach (var file in damaged.Concat(Files().Except(damaged).SkipLast(keep)).ToArray()) File.Delete(file);
        damaged.Clear();
    }

    // By step, which the names sort by.
    private IEnumerable<string> Files() =>
        Directory.EnumerateFiles(folder, $"{Prefix}*{Ending}").Where(file => StepOf(file) is not null).Order(StringComparer.Ordinal);

    private static long? StepOf(string file) =>
        long.TryParse(Path.GetFileNameWithoutExtension(file)[Prefix.Length..], CultureInfo.InvariantCulture, out var step) ? step : null;
}
