using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>The part of a model that tasks share: the backbone and the experts on top of it.</summary>
internal sealed class Trunk : nn.Module
{
    private readonly nn.Module<Tensor, Tensor>? backbone;

    public Trunk(Model model, Shape input, Shape shared) : base("trunk")
    {
        if (model.BackboneBlock is { } block) register_module("backbone", backbone = block.Build(input));
        if (model.ExpertBank is { } bank) register_module("experts", Experts = bank.Build(shared));
    }

    /// <summary>[batch, ...backbone] → [batch, experts, features]; null without experts.</summary>
    public ExpertModule? Experts { get; }

    /// <summary>What the experts and the gates read.</summary>
    public Tensor Backbone(Tensor x) => backbone is null ? x : backbone.call(x);
}
