using System.Text.Json;
using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A finished run as a file: weights, and everything that a <see cref="Run"/> says, as JSON.</summary>
internal sealed record RunFile
{
    private const int Current = 1;

    private static readonly JsonSerializerOptions Options = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>The layout of such files, for readers to come.</summary>
    public int Format { get; init; } = Current;

    /// <summary>The plan, for a reader.</summary>
    public required string PlanText { get; init; }

    /// <summary>Model and plan, to compare; no data.</summary>
    public required RunIdentity Identity { get; init; }

    public required Measurement[] History { get; init; }

    public required int Epochs { get; init; }

    public required int BestEpoch { get; init; }

    public required TimeSpan Duration { get; init; }

    public required RunEnvironment Environment { get; init; }

    public required bool Interrupted { get; init; }

    public required string[] Remarks { get; init; }

    public static void Save(Run run, string path)
    {
        using var scope = NewDisposeScope();
        var record = new RunFile
        {
            PlanText = run.Plan.ToString(),
            Identity = RunIdentity.Of(run.Model, run.Plan, null, run.Seed),
            History = [.. run.History],
            Epochs = run.Epochs,
            BestEpoch = run.BestEpoch,
            Duration = run.Duration,
            Environment = run.Environment,
            Interrupted = run.Interrupted,
            Remarks = [.. run.Remarks],
        };
        CheckpointFile.Save(path, JsonSerializer.Serialize(record, Options),
            run.Module.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.detach()));
    }

    public static Run Load(string path, Model model, TrainingPlan plan)
    {
        var (text, tensors) = CheckpointFile.Load(path);
        try
        {
            var record = Parse(path, text);
            if (RunIdentity.Of(model, plan, null, record.Identity.Seed).DifferenceFrom(record.Identity) is { } difference)
                throw new TrainingException($"'{path}' holds another run: {difference}");
            using var drawn = get_rng_state(); // building must not change what a seeded program draws next
            var module = model.Build();
            set_rng_state(drawn);
            using (no_grad())
                foreach (var (name, value) in module.state_dict()) value.copy_(tensors[name]);
            module.to(plan.Target());
            module.eval();
            return new Run(model, plan, record.Identity.Seed, module, record.History, record.Epochs, record.BestEpoch, record.Duration)
            {
                Environment = record.Environment,
                Interrupted = record.Interrupted,
                Remarks = record.Remarks,
            };
        }
        finally
        {
            foreach (var tensor in tensors.Values) tensor.Dispose();
        }
    }

    private static RunFile Parse(string path, string text)
    {
        try
        {
            return JsonSerializer.Deserialize<RunFile>(text, Options) is { Format: Current } record
                ? record
                : throw new InvalidDataException($"'{path}' is a run in a format that this version does not read");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"'{path}' holds no finished run: {error.Message}", error);
        }
    }
}
