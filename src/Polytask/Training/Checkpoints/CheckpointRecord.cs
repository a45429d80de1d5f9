using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Polytask;

/// <summary>What a checkpoint holds beside its tensors.</summary>
internal sealed record CheckpointRecord
{
    private const int Current = 1;

    private static readonly JsonSerializerOptions Options = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IncludeFields = true, // tuples
    };

    /// <summary>The layout of checkpoints, for readers to come.</summary>
    public int Format { get; init; } = Current;

    public required RunIdentity Identity { get; init; }

    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The steps taken in the epoch.</summary>
    public required int StepOfEpoch { get; init; }

    /// <summary>The steps taken in all.</summary>
    public required long Step { get; init; }

    /// <summary>Whether the epoch was validated too.</summary>
    public required bool IsEpochOver { get; init; }

    /// <summary>Whether the training came to its end.</summary>
    public required bool IsFinished { get; init; }

    public required Measurement[] History { get; init; }

    public required BestEpoch Best { get; init; }

    public required GradientScalerState Scaler { get; init; }

    public required OptimizerRecord[] Optimizers { get; init; }

    /// <summary>How far the rows of each source are used.</summary>
    public required (int Pass, long Position)[] Places { get; init; }

    /// <summary>The seconds that the training took so far.</summary>
    public required double Seconds { get; init; }

    /// <summary>The threads of one tensor operation.</summary>
    public required int Threads { get; init; }

    public string ToText() => JsonSerializer.Serialize(this, Options);

    /// <exception cref="InvalidDataException">It was written by another version.</exception>
    /// <exception cref="JsonException">It is no such text.</exception>
    public static CheckpointRecord Parse(string text)
    {
        var record = JsonSerializer.Deserialize<CheckpointRecord>(text, Options) ?? throw new JsonException("the record is empty");
        return record.Format == Current
            ? record
            : throw new InvalidDataException($"the checkpoint has format {record.Format}, but this version reads format {Current}");
    }
}

/// <summary>What an optimiser remembers beside tensors; those lie in the file under the same keys.</summary>
internal sealed record OptimizerRecord(
    long Steps, string? SteppedSinglyBecause, string[]? Flat, string[] Tensors, Dictionary<string, JsonNode?> Numbers);
