using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Which optimiser trains, with what settings; PyTorch's defaults for the rest.</summary>
internal sealed record OptimizerSpec(string Name, double LearningRate, double Momentum = 0, double WeightDecay = 0)
{
    public optim.Optimizer Build(IEnumerable<Parameter> parameters) => Name switch
    {
        "adam" => optim.Adam(parameters, LearningRate, weight_decay: WeightDecay),
        "adamw" => optim.AdamW(parameters, LearningRate, weight_decay: WeightDecay),
        "sgd" => optim.SGD(parameters, LearningRate, Momentum, weight_decay: WeightDecay),
        _ => throw new ArgumentOutOfRangeException(nameof(Name), Name, null),
    };

    public override string ToString() => FormattableString.Invariant($"{Name} {LearningRate}")
        + (Momentum > 0 ? FormattableString.Invariant($", momentum {Momentum}") : "")
        + (WeightDecay > 0 ? FormattableString.Invariant($", weight decay {WeightDecay}") : "");
}
