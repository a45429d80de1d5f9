using TorchSharp;

namespace Polytask.Tests.Sharing;

/// <summary>One small model of every kind of sharing: 6 features, three tasks "a", "b" and "c".</summary>
internal static class Architectures
{
    private static readonly Block Expert = Block.Mlp(4);

    public static IReadOnlyDictionary<string, Model> All { get; } = new Dictionary<string, Func<Model, Model>>
    {
        ["hard"] = m => m.Backbone(Expert),
        ["mmoe"] = m => m.Experts(3, Expert),
        ["omoe"] = m => m.Experts(3, Expert).Gate(Gate.Softmax().Shared()),
        ["backbone and experts"] = m => m.Backbone(Block.Mlp(5)).Experts(3, Block.Mlp(5, 4)),
        ["cgc"] = m => m.Experts(ExpertBank.Shared(2, Expert).PerTask(1)),
        ["ple"] = m => m.Experts(ExpertBank.Shared(2, Expert).PerTask(1)).ThenExperts(ExpertBank.Shared(1, Expert).PerTask(2)),
        ["mmoe in levels"] = m => m.Experts(ExpertBank.Shared(3, Expert)).ThenExperts(ExpertBank.Shared(2, Expert)),
        ["owned by one"] = m => m.Experts(ExpertBank.Shared(1, Expert).Owned("a", 2)),
        ["home"] = m => m.Group("watch", "a", "b").Group("like", "c")
            .Then(Layer.Experts(ExpertBank.Shared(2, Expert).PerGroup(2)).ForGroups().WithSelfGates())
            .Then(Layer.Experts(ExpertBank.Shared(1, Expert).PerGroup(1).PerTask(1)).WithGatesOnSharedToo().WithSelfGates()),
        ["sigmoid"] = m => m.Experts(3, Expert).Gate(Gate.Sigmoid()),
        ["static"] = m => m.Experts(3, Expert).Gate(Gate.Static()),
        ["hidden gate"] = m => m.Experts(3, Expert).Gate(Gate.Softmax().WithHidden(5)),
        ["top-2"] = m => m.Experts(5, Expert).Gate(Gate.TopK(2).WithNoise(1).WithBalance(Balance.Variation)),
        ["top-1 with capacity"] = m => m.Experts(3, Expert).Gate(Gate.TopK(1).WithCapacity(2, Overflow.Random).WithBalance(Balance.Switch).WithJitter(0.1)),
        ["task-conditioned"] = m => m.Experts(4, Expert).Gate(Gate.TopK(2).TaskConditioned(3).WithLearnedNoise()),
        ["dselect-k"] = m => m.Experts(5, Expert).Gate(Gate.DSelectK(2)),
        ["normalised"] = m => m.Backbone(Block.Mlp(4)).Then(Layer.Experts(ExpertBank.Shared(2, Expert).PerTask(1)).Normalised().Residual()),
        ["branches"] = m => m.Backbone(Block.Mlp(5)).Then(Layer.PerTask(Expert)).Then(Block.Mlp(4)),
        ["groups"] = m => m.Group("g", "a", "b").Group("h", "c").Then(Layer.PerGroup(Expert)),
        ["cross-stitch"] = m => m.Then(Layer.CrossStitch(Block.Mlp(5), Block.Mlp(4))),
        ["cross-stitch per channel"] = m => m.Then(Layer.CrossStitch(Block.Mlp(5), Block.Mlp(4)).PerChannel()),
        ["sluice"] = m => m.Then(Layer.Sluice(2, Block.Mlp(4), Block.Mlp(4))),
        ["attention"] = m => m.Then(Layer.Attention(Block.Mlp(5).Then(Block.Mlp(5)), Block.Mlp(4))),
        ["learned branches"] = m => m.Then(Layer.Branching(2, Block.Mlp(5), Block.Mlp(4))),
        ["expert memory"] = m => m.Then(Layer.Memory(2, Expert, Block.Mlp(4), Block.Mlp(5), Block.Mlp(5))),
        ["own"] = m => m.Then(Layer.Of("swap", Shape.Of(6), (_, _) => new Swap())),
    }.ToDictionary(entry => entry.Key, entry => Declared(entry.Key, entry.Value));

    private static Model Declared(string name, Func<Model, Model> sharing) => sharing(Model.Named(name).Input(6))
        .Task("a", Head.Regress(), tower: Block.Mlp(3)).Task("b", Head.Regress()).Task("c", Head.Regress(), tower: Block.Mlp(3));

    private sealed class Swap() : torch.nn.Module<torch.Tensor[], torch.Tensor[]>("swap")
    {
        public override torch.Tensor[] forward(torch.Tensor[] tasks) => [.. tasks.Skip(1), tasks[0]];
    }
}
