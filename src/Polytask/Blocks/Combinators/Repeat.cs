using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A block several times; see <see cref="Block.Repeat"/>.</summary>
internal sealed record Repeat : Block
{
    public Repeat(Block inner, int times)
    {
        if (times < 1) throw new DeclarationException($"a block is repeated at least 1 time, but got {times}");
        (Inner, Times) = (inner, times);
    }

    public Block Inner { get; }

    public int Times { get; }

    public override string Name => Inner.Name;

    public override string Describe() => $"{Times} x ({Inner})";

    public override Shape Output(Shape input, string place)
    {
        for (var i = 0; i < Times; i++) input = Inner.Output(input, place);
        return input;
    }

    internal override void Check(string task, string split, Tensor inputs) => Inner.Check(task, split, inputs);

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input)
    {
        var modules = new List<nn.Module<Tensor, Tensor>>();
        for (var i = 0; i < Times; i++)
        {
            modules.Add(Inner.Build(input));
            input = Inner.Output(input, Name);
        }
        return new ChainModule(modules);
    }
}
