namespace Polytask;

public abstract partial record Loss
{
    /// <summary>log(1 + exp(s_j - s_i)) over pairs ordered by relevance, for ranking heads (RankNet: Burges et al., ICML 2005).</summary>
    public static Loss PairwiseLogistic() => new PairwiseLogisticLoss();

    /// <summary>Cross-entropy between the softmax of relevances and that of scores, for ranking heads (ListNet: Cao et al., ICML 2007).</summary>
    public static Loss ListNet() => new ListNetLoss();

    /// <summary>The likelihood of the order of relevance, for ranking heads (ListMLE: Xia et al., ICML 2008).</summary>
    public static Loss ListMle() => new ListMleLoss();

    /// <summary>Rows of a group together, others apart, for embedding heads (Khosla et al., NeurIPS 2020).</summary>
    /// <param name="temperature">What similarities are divided by, above 0.</param>
    public static Loss SupervisedContrastive(double temperature = 0.1) => new SupervisedContrastiveLoss(Warm(temperature));

    /// <summary>The two views of a row together, all other views apart, for embedding pairs (SimCLR: Chen et al., ICML 2020).</summary>
    /// <inheritdoc cref="SupervisedContrastive" path="/param"/>
    public static Loss NtXent(double temperature = 0.5) => new NtXentLoss(Warm(temperature));

    /// <summary>The two sides of a row found among all rows' other sides, both ways, for embedding pairs (van den Oord et al., 2018).</summary>
    /// <inheritdoc cref="SupervisedContrastive" path="/param"/>
    public static Loss InfoNce(double temperature = 0.1) => new InfoNceLoss(Warm(temperature));

    /// <summary>The farthest partner closer than the nearest stranger by a margin, for embedding heads (Hermans, Beyer and Leibe, 2017).</summary>
    /// <param name="margin">The margin, at least 0, in the embedding's unit.</param>
    public static Loss Triplet(double margin = 0.2) => margin >= 0 && double.IsFinite(margin)
        ? new TripletLoss(margin)
        : throw new DeclarationException($"the triplet loss needs a finite margin of at least 0, but got {margin}");

    private static double Warm(double temperature) => temperature > 0 && double.IsFinite(temperature)
        ? temperature
        : throw new DeclarationException($"a contrastive loss needs a finite temperature above 0, but got {temperature}");
}
