using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A block that does not train; see <see cref="Block.Freeze"/>.</summary>
internal sealed record Frozen(Block Inner) : Block
{
    public override string Name => Inner.Name;

    public override string Describe() => $"frozen ({Inner})";

    public override Shape Output(Shape input, string place) => Inner.Output(input, place);

    internal override void Check(string task, string split, Tensor inputs) => Inner.Check(task, split, inputs);

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new FrozenModule(Inner.Build(input));
}

internal sealed class FrozenModule : nn.Module<Tensor, Tensor>, IMasked
{
    private readonly nn.Module<Tensor, Tensor> block;

    public FrozenModule(nn.Module<Tensor, Tensor> block) : base("frozen")
    {
        this.block = block;
        foreach (var parameter in block.parameters()) parameter.requires_grad = false;
        block.eval();
        RegisterComponents();
    }

    public override void train(bool train = true)
    {
        base.train(train);
        block.eval();
    }

    public override Tensor forward(Tensor x) => block.call(x);

    public (Tensor Output, Tensor? Hidden) Forward(Tensor x, Tensor? hidden) => block.CallMasked(x, hidden);
}
