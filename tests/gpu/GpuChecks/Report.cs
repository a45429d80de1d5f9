using System.Text.Json;
using System.Text.Json.Nodes;

namespace GpuChecks;

/// <summary>What passed, what failed and why, and what was measured; printed as it comes and written as JSON at the end.</summary>
internal sealed class Report
{
    private readonly JsonObject machine = [], timings = [];
    private readonly JsonArray failures = [];
    private int passed;

    public int Failed => failures.Count;

    public void Fact(string name, JsonNode? value)
    {
        machine[name] = value;
        Console.WriteLine($"{name}: {value}");
    }

    /// <summary>Runs the check; whatever it throws is why it failed.</summary>
    public void Check(string name, Action body)
    {
        try
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            body();
            passed++;
        }
        catch (Exception problem)
        {
            failures.Add(new JsonObject { ["check"] = name, ["problem"] = $"{problem.GetType().Name}: {problem.Message}" });
            Console.WriteLine($"FAILED {name}: {problem.GetType().Name}: {problem.Message}");
        }
    }

    /// <param name="name">what was measured</param>
    /// <param name="microseconds">of one call or step</param>
    public void Timing(string name, double microseconds)
    {
        timings[name] = Math.Round(microseconds, 3);
        Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}: {microseconds:0.00} us"));
    }

    public void Summarise() => Console.WriteLine($"{passed} passed, {failures.Count} failed");

    public void WriteTo(string file)
    {
        var all = new JsonObject
        {
            ["machine"] = machine,
            ["passed"] = passed,
            ["failed"] = failures.Count,
            ["failures"] = failures,
            ["microseconds"] = timings,
        };
        File.WriteAllText(file, all.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
    }
}
