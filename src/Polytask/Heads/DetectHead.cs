using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>See <see cref="Head.Detect"/>.</summary>
internal sealed record DetectHead : Head
{
    private readonly long classes;
    private readonly int boxes;

    public DetectHead(long classes, int boxes)
    {
        if (classes < 1) throw new DeclarationException($"a detection head needs at least 1 class, but got {classes}");
        if (boxes < 1) throw new DeclarationException($"a detection head gives at least 1 box, but got {boxes}");
        (this.classes, this.boxes) = (classes, boxes);
    }

    public override string Name => "detect";

    public override long Outputs => classes + 4;

    public override Loss DefaultLoss => Loss.CentreDetection();

    public override IReadOnlyList<Metric> DefaultMetrics =>
        [Metric.DetectionAveragePrecision().Reading(output => Detections.Sides(Predict(output)), Detections.Sides)];

    public override bool ReadsVector => false;

    public override nn.Module<Tensor, Tensor> Build(Shape features)
    {
        var layer = nn.Conv2d(features[0], Outputs, 1);
        using var untracked = no_grad();
        // Centres are rare: a start at a probability of one tenth keeps the empty cells from drowning them (Lin et al., ICCV 2017, section 3.3).
        layer.bias!.narrow(0, 0, classes).fill_(-Math.Log(9));
        return layer;
    }

    public override Tensor Shaped(Tensor raw) => raw;

    public override Tensor Predict(Tensor output) => Detections.Of(output, classes, boxes);

    public override void CheckFeatures(Shape given, string place, string giver)
    {
        if (given.Rank != 3)
            throw new DeclarationException($"{place}: a detect head reads maps, channels x height x width, but {giver} gives {given}");
    }

    public override void Check(string task, string split, Tensor target)
    {
        const string takes = "a detection head takes Float32 boxes [rows, boxes, 5]: class (-1: no box), centre x and y, width and height as shares";
        Targets.HaveShape(task, split, takes, ScalarType.Float32, target, null, 5);
        using var scope = NewDisposeScope();
        var (label, place) = (target.select(2, 0), target.narrow(2, 1, 4));
        Targets.AreWithout(task, split, $"{takes}, of classes 0 to {classes - 1}", label, label.ge(classes).logical_or(label.ne(label.floor())));
        Targets.AreWithout(task, split, takes, place, place.lt(0).logical_or(place.gt(1)).logical_and(label.ge(0).unsqueeze(2)));
    }

    public override string ToString() => classes == 1 ? "detect 1 class" : $"detect {classes} classes";
}
