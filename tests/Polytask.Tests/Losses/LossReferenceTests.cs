using TorchSharp;

namespace Polytask.Tests.Losses;

/// <summary>Losses against the values that tests/peers/losses_reference.py prints.</summary>
public class LossReferenceTests
{
    public static TheoryData<string, double> Values => new()
    {
        { "class-weighted cross-entropy", 2.55868017485 },
        { "binary cross-entropy, positives x 3", 0.579265773206 },
        { "multi-label", 1.00795590093 },
        { "absolute error", 1.53687996764 },
        { "huber", 0.86868700574 },
        { "cosine", 1.6525663449 },
        { "gaussian", 2.81797744422 },
        { "poisson", 2.57966628337 },
        { "pinball", 0.784105776288 },
        { "distillation", 0.768784249398 },
        { "distillation with labels", 1.05910830672 },
        { "cumulative link", 1.79820894435 },
        { "coral", 2.64496582478 },
        { "soft ordinal", 1.95561713549 },
        { "discrete hazard", 2.02609920649 },
        { "cox", 0.892393500452 },
        { "concordance", 0.314385120799 },
        { "pairwise logistic", 0.310062143347 },
        { "listnet", 0.877960767338 },
        { "listmle", 0.907647973092 },
        { "supervised contrastive", 2.47555187243 },
        { "triplet", 2.01906484527 },
        { "nt-xent", 2.32641076057 },
        { "info-nce", 3.24428116751 },
        { "non-negative pu", 0.103279801166 },
        { "variational pu", 1.72511035506 },
        { "segmentation", 1.5557947759 },
        { "dice", 0.596114853887 },
        { "tversky", 0.586498717494 },
        { "boundary", 0.239234385002 },
        { "detection", 13.4622350599 },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_loss_equals_independent_code(string name, double expected)
    {
        var (loss, output, target) = LossCases.Of(name);
        Assert.Equal(expected, loss.Mean(output, target).item<double>(), 1e-6);
        Assert.Equal(expected, loss.Value(output, target), 1e-6);
    }
}
