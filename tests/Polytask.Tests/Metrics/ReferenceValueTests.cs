using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Metrics;

/// <summary>The values of scikit-learn, SciPy and scikit-image (tests/peers/metrics_reference.py).</summary>
public class ReferenceValueTests
{
    private static readonly JsonElement Reference =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Metrics", "Reference", "metrics.json"))).RootElement;

    private static readonly Dictionary<string, Metric> Known = ((Metric[])
    [
        Metric.Accuracy, Metric.BalancedAccuracy, Metric.TopAccuracy(2), Metric.HammingLoss, Metric.SubsetAccuracy,
        Metric.Precision(), Metric.Recall(), Metric.F1(), Metric.F1(Averaging.Macro, except: 0), Metric.F1(Averaging.Micro, except: 0),
        .. from averaging in (Averaging[])[Averaging.Macro, Averaging.Micro, Averaging.Weighted]
           from metric in (Metric[])[Metric.Precision(averaging), Metric.Recall(averaging), Metric.F1(averaging)]
           select metric,
        Metric.MatthewsCorrelation, Metric.CohenKappa, Metric.QuadraticKappa, Metric.AreaUnderCurve, Metric.AveragePrecision,
        Metric.LogLoss, Metric.BrierScore, Metric.MeanIntersectionOverUnion,
        Metric.MeanSquaredError, Metric.RootMeanSquaredError, Metric.MeanAbsoluteError, Metric.MeanAbsolutePercentageError,
        Metric.CoefficientOfDetermination, Metric.ExplainedVariance, Metric.PearsonCorrelation, Metric.SpearmanCorrelation,
        Metric.KendallCorrelation, Metric.PinballLoss(0.3),
        Metric.Ndcg(), Metric.Ndcg(4), Metric.RankingAveragePrecision(), Metric.PeakSignalToNoise(), Metric.StructuralSimilarity(),
    ]).ToDictionary(metric => metric.Name);

    public static TheoryData<string, string, bool> Cases()
    {
        var cases = new TheoryData<string, string, bool>();
        foreach (var part in Reference.EnumerateObject().Where(part => part.Name != "ranking"))
            foreach (var kind in (string[])["values", "weighted"])
                if (part.Value.TryGetProperty(kind, out var values))
                    foreach (var value in values.EnumerateObject()) cases.Add(part.Name, value.Name, kind == "weighted");
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Equals_the_reference(string part, string metric, bool weighted)
    {
        var given = Reference.GetProperty(part);
        var (output, target) = (Read(given.GetProperty("outputs")), Read(given.GetProperty("targets")));
        if (part == "classes") target = target.to(ScalarType.Int64);
        var expected = given.GetProperty(weighted ? "weighted" : "values").GetProperty(metric).GetDouble();
        Assert.Equal(expected, Known[metric].Of(output, target, weighted ? Read(given.GetProperty("weights")) : null), 1e-9);
    }

    [Fact]
    public void Rankings_equal_the_reference()
    {
        var given = Reference.GetProperty("ranking");
        var relevance = Read(given.GetProperty("relevance"));
        foreach (var value in given.GetProperty("values").EnumerateObject())
            Assert.Equal(value.Value.GetDouble(), Known[value.Name].Of(Read(given.GetProperty("scores")), relevance), 1e-12);
        Assert.Equal(given.GetProperty("distinctValues").GetProperty("map").GetDouble(),
            Metric.RankingAveragePrecision().Of(Read(given.GetProperty("distinct")), relevance), 1e-12);
    }

    private static Tensor Read(JsonElement numbers)
    {
        var (shape, all) = (new List<long>(), new List<float>());
        for (var at = numbers; at.ValueKind == JsonValueKind.Array; at = at[0]) shape.Add(at.GetArrayLength());
        Flatten(numbers);
        return tensor(all.ToArray()).reshape([.. shape]);

        void Flatten(JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Array)
                foreach (var inner in element.EnumerateArray()) Flatten(inner);
            else all.Add(element.GetSingle());
        }
    }
}
