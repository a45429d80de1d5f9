namespace Polytask.Tests.Weightings;

/// <summary>Against tests/peers/weighting_reference.py, which solves each definition by another way.</summary>
public class GradientReferenceTests
{
    private static readonly double[] Factors = [1, 0.3, 2, 1, 5], Losses = [0.5, 2, 1, 0.1, 4], Preference = [1, 2, 0.5, 1, 0.25];

    private static readonly double[][] J = Batch(-1);

    // What the script printed.
    private static readonly Dictionary<string, double[]> Reference = new()
    {
        { "mgda", [0.079415114, 0.909198287, 0, 0, 0.0113865994] },
        { "mgda by length", [0.290626365, 0.199776661, 0.116511837, 0.0539450663, 0.339140071] },
        { "mgda by loss", [0.000406561201, 0.974902511, 0, 0, 0.024690928] },
        { "mgda by length times loss", [0.0335266954, 0.1688621, 0, 0, 0.797611204] },
        { "cagrad 0.5 direction", [-0.0397244496, 0.67390182, 0.842808139, 3.27740837, 1.0538737, 1.30624932, -0.644770175] },
        { "cagrad 1.5 direction", [-0.711745112, 2.38306867, 1.92851166, 4.9123317, -0.156151681, 2.5420518, -0.461698933] },
        { "cagrad 0.5 preference direction", [0.811425882, 4.81639024, 1.85155091, 8.17111409, -0.687371175, 3.56628395, 0.0651314868] },
        { "nash", [0.272964502, 0.767425439, 0.124612516, 0.259041407, 0.0831251349] },
        { "fairgrad 2", [0.181828471, 0.846714403, 0.0537674437, 0.124775343, 0.0398092183] },
        { "fairgrad 0.5", [0.429985579, 0.760511635, 0.252697005, 0.43838901, 0.185507047] },
        { "imtl-g", [0.269952361, 0.559589033, 0.0478316199, 0.0506748226, 0.0719521631] },
        { "aligned direction", [0.0132479103, 0.0859360524, 0.0261414481, 0.213656552, 0.0306549406, 0.0522512447, 0.0144238101] },
        { "aligned median direction", [-2.32410327, 4.60286776, 2.21101521, 6.52954108, -1.92111871, 1.73599668, 2.21167345] },
        { "aligned rms direction", [0.165580243, 1.07407977, 0.326731328, 2.67040636, 0.383143635, 0.653067058, 0.180277336] },
        { "dualproj", [0.2, 0.2, 0.2, 0.2, 0.2] },
        { "dualproj preference", [0, 1, 0.134058332, 2, 0.0482295638] },
        { "upgrad", [0.441126601, 0.2, 0.216357726, 0.296799098, 0.217148009] },
        { "upgrad preference", [1.30140825, 2, 0.581788628, 1.24199775, 0.336844926] },
        { "krum 1 of 2", [0.5, 0, 0, 0.5, 0] },
        { "config direction", [2.20219588, 3.81488379, 1.29804196, 12.4914394, 2.60400775, 2.63210601, 0.686492685] },
        { "config preference direction", [-2.70439528, 2.47692234, 1.01835707, 3.56389142, -0.631045413, 0.329881586, 1.67482841] },
        { "trimmed mean", [0.337453233, 0.884495887, 0.110105797, 1.64823396, 0.704965731, 0.500005038, -0.472813454] },
        { "pcgrad 3 directions",
            [0.867736781, 4.88997075, -3.21903429, 4.06016449, 2.11489719, 2.0022072, -1.67782792, 0.867736781, 4.88997075, -3.21903429,
                4.06016449, 2.11489719, 2.0022072, -1.67782792, 0.867736781, 4.88997075, -3.21903429, 4.06016449, 2.11489719, 2.0022072,
                -1.67782792, 0.867736781, 4.88997075, -3.21903429, 4.06016449, 2.11489719, 2.0022072, -1.67782792, 0.867736781, 4.88997075,
                -3.21903429, 4.06016449, 2.11489719, 2.0022072, -1.67782792, 0.867736781, 4.88997075, -3.21903429, 4.06016449, 2.11489719,
                2.0022072, -1.67782792, 0.867736781, 4.88997075, -3.21903429, 4.06016449, 2.11489719, 2.0022072, -1.67782792, 0.867736781,
                4.88997075, -3.21903429, 4.06016449, 2.11489719, 2.0022072, -1.67782792]
        },
        { "gradvac step 0", [0.707946791, 0.910632022, -0.955490653, 1.61313825, 0.230268891, 1.5232522, 1.97742239] },
        { "gradvac step 1", [0.0368099481, -1.07634786, -0.701286012, -0.117865745, 1.37935701, 1.43805071, 0.534318766] },
        { "gradvac step 2", [-0.880784868, -1.94739171, 0.360158037, -1.59484453, 1.03149766, 0.300965395, -1.09940096] },
        { "moco step 0 direction", [0.367390614, 0.497637126, -0.102726756, 0.135392723, 0.0925714987, -0.0875759031, -0.0593497651] },
        { "moco step 1 direction", [0.169681224, 0.258385297, -0.0440008107, -0.141819782, 0.17956458, -0.219065302, 0.0178261101] },
        { "moco step 2 direction", [-0.0348560111, -0.129358643, 0.0222414484, -0.391221791, 0.257654469, -0.174784758, -0.081776772] },
        { "excess step 0 direction", [-0.506445519, 0.973189768, -1.20356253, 1.2694307, 1.18045173, -1.27443207, 0.794137552] },
        { "excess step 1 direction", [-1.20341483, 1.36904625, -1.64036108, -1.27078695, -0.43391922, -2.28095334, 1.59914008] },
        { "excess step 2 direction", [-0.573729794, 0.302499987, -0.444169488, -2.69238033, -1.70410276, -1.00710633, 0.909349419] },
        { "db-mtl step 0 direction", [0.162713749, 1.77945093, -0.366456813, 1.18577037, 0.353410364, -0.463120339, 0.807949456] },
        { "db-mtl step 1 direction", [-1.98136729, 0.197446382, -3.15439129, -7.69635837, 1.85076752, -5.90625578, 5.83469239] },
        { "db-mtl step 2 direction", [-5.59530534, -8.99982962, -3.64044586, -19.7335682, 2.45143674, -8.68478871, 1.93340089] },
        { "sdmgrad step 0", [0, 1, 0, 0, 0] },
        { "sdmgrad step 1", [0.30763923, 0.69236077, 0, 0, 0] },
        { "sdmgrad step 2", [0.108601148, 0.891398852, 0, 0, 0] },
        { "modo step 0", [0.227488216, 0.278378833, 0.224385889, 0.269747063, 0] },
        { "modo step 1", [0.257226642, 0.297482459, 0.173412091, 0.262433406, 0.00944540229] },
        { "modo step 2", [0.245116071, 0.32499607, 0.120999942, 0.252117715, 0.0567702021] },
    };

    public static TheoryData<string, GradientWeighting> Weights() => new()
    {
        { "mgda", Weighting.Mgda() },
        { "mgda by length", Weighting.Mgda(MgdaNormalization.Length) },
        { "mgda by loss", Weighting.Mgda(MgdaNormalization.Loss) },
        { "mgda by length times loss", Weighting.Mgda(MgdaNormalization.LengthTimesLoss) },
        { "nash", Weighting.NashMtl(maxNorm: 0) },
        { "fairgrad 2", Weighting.FairGrad(2) },
        { "fairgrad 0.5", Weighting.FairGrad(0.5) },
        { "imtl-g", Weighting.ImtlG() },
        { "dualproj", Weighting.DualProj() },
        { "dualproj preference", Weighting.DualProj(1e-4, 0, 1, 0, 2, 0) },
        { "upgrad", Weighting.UPGrad() },
        { "upgrad preference", Weighting.UPGrad(1e-4, Preference) },
        { "krum 1 of 2", Weighting.Krum(1, 2) },
    };

    [Theory]
    [MemberData(nameof(Weights))]
    public void Weights_agree(string name, GradientWeighting weighting) => Rows.Near(Reference[name], weighting.Weights(J, Losses), 1e-7);

    public static TheoryData<string, GradientWeighting> Directions() => new()
    {
        { "cagrad 0.5 direction", Weighting.CAGrad(0.5) },
        { "cagrad 1.5 direction", Weighting.CAGrad(1.5) },
        { "cagrad 0.5 preference direction", Weighting.CAGrad(0.5, CAGradRescale.None, Preference) },
        { "aligned direction", Weighting.AlignedMtl() },
        { "aligned median direction", Weighting.AlignedMtl(AlignedScale.Median, Preference) },
        { "aligned rms direction", Weighting.AlignedMtl(AlignedScale.RootMeanSquare) },
        { "config direction", Weighting.ConFig() },
        { "config preference direction", Weighting.ConFig(Preference) },
    };

    [Theory]
    [MemberData(nameof(Directions))]
    public void Directions_agree(string name, GradientWeighting weighting) => Rows.Near(Reference[name], weighting.Direction(J), 1e-6);

    [Fact]
    public void PCGrad_gives_what_one_of_the_orders_gives()
    {
        var outcomes = Reference["pcgrad 3 directions"].Chunk(7).ToArray();
        var rule = Weighting.PCGrad().Start(3);
        for (var draw = 0; draw < 40; draw++)
        {
            var d = J[..3].Combine(rule.Weights(J[..3]));
            Assert.Contains(outcomes, outcome => outcome.Plus(d, -1).Length() < 1e-6);
        }
    }

    [Fact]
    public void GradVac_agrees_over_three_steps()
    {
        var rule = Weighting.GradVac().Start(2);
        for (var step = 0; step < 3; step++)
            Rows.Near(Reference[$"gradvac step {step}"], Batch(step)[..2].Combine(rule.Weights(Batch(step)[..2])), 1e-6);
    }

    public static TheoryData<string, JacobianWeighting> OnRows() => new()
    {
        { "moco", Weighting.MoCo(beta: 0.5, gamma: 0.1, sigma: 0.5, rho: 0.01) },
        { "excess", Weighting.ExcessMtl(0.5) },
        { "db-mtl", Weighting.DbMtl(0.9, 0.5) },
    };

    [Theory]
    [MemberData(nameof(OnRows))]
    public void Rules_on_rows_agree_over_three_steps(string name, JacobianWeighting weighting)
    {
        var rule = weighting.Start(5);
        for (var step = 0; step < 3; step++) Rows.Near(Reference[$"{name} step {step} direction"], rule.Direction(Batch(step)), 1e-6);
    }

    [Fact]
    public void TrimmedMean_agrees() => Rows.Near(Reference["trimmed mean"], Weighting.TrimmedMean(1).Start(5).Direction(J), 1e-8);

    public static TheoryData<string, SampledWeighting> Sampled() => new() { { "sdmgrad", Weighting.SdmGrad() }, { "modo", Weighting.MoDo(0.01) } };

    [Theory]
    [MemberData(nameof(Sampled))]
    public void Rules_on_three_batches_agree_over_three_steps(string name, SampledWeighting weighting)
    {
        var rule = weighting.Start(5);
        for (var step = 0; step < 3; step++)
        {
            var (first, noise) = (Batch(step), Rows.Sines(9 + step, 5, 7));
            var product = Rows.Products(first, [.. first.Zip(noise, (row, other) => row.Plus(other, 0.5))]);
            Rows.Near(Reference[$"{name} step {step}"], rule.Weights(product), 1e-6);
        }
    }

    private static double[][] Batch(int step) => Rows.Sines(step + 2, 5, 7, Factors);
}
