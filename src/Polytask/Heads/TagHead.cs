using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>See <see cref="Head.Tag"/>.</summary>
internal sealed record TagHead : Head
{
    public TagHead(long tags) => Outputs = tags >= 2
        ? tags
        : throw new DeclarationException($"a tagging head needs at least 2 tags, but got {tags}");

    public override string Name => "tag";

    public override long Outputs { get; }

    public override Loss DefaultLoss => Loss.CrossEntropy();

    public override IReadOnlyList<Metric> DefaultMetrics { get; } = [Metric.Accuracy, Metric.F1(Averaging.Macro)];

    public override bool ReadsVector => false;

    public override bool LearnsPartialRows => true;

    public override nn.Module<Tensor, Tensor> Build(Shape features) => nn.Linear(features[1], Outputs);

    public override Tensor Shaped(Tensor raw) => raw.transpose(1, 2);

    public override Tensor Predict(Tensor output) => output.argmax(1);

    public override void CheckFeatures(Shape given, string place, string giver)
    {
        if (given.Rank != 2)
            throw new DeclarationException($"{place}: a tag head reads a sequence, tokens x features, but {giver} gives {given}");
    }

    public override void Check(string task, string split, Tensor target)
    {
        var takes = $"a tagging head takes int64 tags 0 to {Outputs - 1} (negative: padding) [rows, tokens]";
        Targets.HaveShape(task, split, takes, ScalarType.Int64, target, (long?)null);
        Targets.AreWithout(task, split, takes, target, target.ge(Outputs));
    }

    public override string ToString() => $"tag {Outputs} tags";
}
