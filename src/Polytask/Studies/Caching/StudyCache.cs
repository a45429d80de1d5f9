using System.Text.Json;
using System.Text.Json.Nodes;

namespace Polytask;

/// <summary>
/// A folder of finished cells: HASH.json with the measured numbers and HASH.safetensors with the weights. The numbers are written last, with the
/// checksums of both, so that a cell is there whole or not at all, whenever a process ends.
/// </summary>
internal sealed class StudyCache
{
    private readonly string folder;
    private readonly bool keepsWeights;

    public StudyCache(string folder, bool keepsWeights)
    {
        (this.folder, this.keepsWeights) = (Path.GetFullPath(folder), keepsWeights);
        Directory.CreateDirectory(this.folder);
    }

    /// <summary>A cell's run; null where there is none, or none that is whole.</summary>
    /// <param name="hash">The cell.</param>
    /// <param name="model">Its model.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="seed">Its seed.</param>
    /// <param name="damage">What is wrong with the files, where something is.</param>
    public Run? Read(string hash, Model model, TrainingPlan plan, int seed, out string? damage)
    {
        damage = null;
        var path = At(hash, "json");
        if (!File.Exists(path)) return null;
        try
        {
            var stored = StoredRun.Parse(File.ReadAllBytes(path));
            if (stored.Weights is null && keepsWeights) return null;
            var weights = stored.Weights is null ? null : At(hash, "safetensors");
            if (weights is not null && StoredRun.ChecksumOf(weights) != stored.Weights)
                throw new InvalidDataException("the weights are not those that were written");
            return new Run(model, plan, seed, new StoredWeights(model, plan, weights), stored.History, stored.Epochs, stored.BestEpoch,
                stored.Duration, stored.Environment)
            { Remarks = stored.Remarks };
        }
        catch (Exception error) when (error is IOException or InvalidDataException or JsonException or InvalidOperationException or FormatException)
        {
            damage = $"the cached cell {path} is damaged ({error.Message.TrimEnd('.')}); it is computed anew";
            return null;
        }
    }

    /// <summary>Keeps a run.</summary>
    public void Write(string hash, Run run, GridPoint point)
    {
        string? checksum = null;
        if (keepsWeights)
        {
            var weights = At(hash, "safetensors");
            SafeTensors.Save(weights, run.Module.state_dict());
            checksum = StoredRun.ChecksumOf(weights);
        }
        Put(At(hash, "json"), StoredRun.Of(run, checksum).ToBytes(run.Model.Name, run.Seed, point));
        File.Delete(At(hash, "failed.json"));
    }

    /// <summary>Notes that a cell failed, for processes that do not compute it themselves.</summary>
    public void WriteFailure(string hash, string message) => Put(At(hash, "failed.json"), JsonSerializer.SerializeToUtf8Bytes(
        new JsonObject { ["message"] = message, ["at"] = DateTimeOffset.UtcNow.ToString("O") }));

    /// <summary>Why a cell failed; null where it did not, or not since that moment.</summary>
    public string? Failure(string hash, DateTimeOffset? since)
    {
        try
        {
            var noted = JsonNode.Parse(File.ReadAllBytes(At(hash, "failed.json")))!;
            return since is null || DateTimeOffset.Parse((string)noted["at"]!) >= since ? (string)noted["message"]! : null;
        }
        catch (Exception error) when (error is IOException or JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Takes a cell for this process; null where another one has it.</summary>
    public StudyClaim? TryTake(string hash) => StudyClaim.TryTake(At(hash, "lock"));

    private static void Put(string path, byte[] bytes)
    {
        using var file = new PendingFile(path, bytes.Length);
        RandomAccess.Write(file.Handle, bytes, 0);
        file.Complete();
    }

    private string At(string hash, string kind) => Path.Combine(folder, $"{hash}.{kind}");
}
