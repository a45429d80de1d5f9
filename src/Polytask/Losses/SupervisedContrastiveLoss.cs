using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// L = mean over rows i with a partner of -1/|P_i| sum_(p in P_i) log( exp(z_i.z_p / T) / sum_(a != i) exp(z_i.z_a / T) ), z of length 1, P_i the
/// other rows of i's group (Khosla et al., NeurIPS 2020, equation 2).
/// </summary>
internal sealed record SupervisedContrastiveLoss(double Temperature) : PairLoss
{
    public override string Name => $"supervised contrastive, temperature {Temperature.ToString(CultureInfo.InvariantCulture)}";

    public override Tensor Mean(Tensor output, Tensor target, Tensor? weights = null) => Of(output, target, Temperature, weights);

    public static Tensor Of(Tensor embeddings, Tensor groups, double temperature, Tensor? weights)
    {
        var directions = Pairs.Directions(embeddings);
        var similarities = directions.matmul(directions.t()) / temperature;
        var others = Pairs.Others(embeddings).logical_and(Pairs.Present(embeddings, weights));
        var partners = Pairs.Equal(groups).logical_and(others).to(embeddings.dtype);
        var count = partners.sum(1);
        var losses = (partners * (Pairs.LogSum(similarities, others).unsqueeze(1) - similarities)).sum(1) / count.clamp(min: 1);
        return Pairs.Mean(losses, Pairs.Weights(embeddings, weights) * count.gt(0).to(embeddings.dtype));
    }

    public override bool Fits(Head head) => head is EmbedHead;
}
