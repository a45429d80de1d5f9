using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>One module at all places of a model; see <see cref="Block.Shared"/>.</summary>
internal sealed record Shared(Block Inner) : Block
{
    // Tells apart what two calls of Block.Shared made of equal blocks.
    private readonly object key = new();

    public override string Name => Inner.Name;

    public override string Describe() => $"shared ({Inner})";

    public override Shape Output(Shape input, string place) => Inner.Output(input, place);

    internal override void Check(string task, string split, Tensor inputs) => Inner.Check(task, split, inputs);

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => BuildScope.ModuleOf(key, Inner, input);
}
