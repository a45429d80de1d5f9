using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>The same values in another shape; null: as one vector. See <see cref="Block.Reshape"/> and <see cref="Block.Flatten"/>.</summary>
internal sealed record Reshape(Shape? Target) : Block
{
    public override string Name => Target is null ? "flatten" : "reshape";

    public override string Describe() => Target is null ? "flatten" : $"as {Target}";

    public override Shape Output(Shape input, string place)
    {
        var target = Target ?? Shape.Of(input.Count);
        return target.Count == input.Count
            ? target
            : throw new DeclarationException($"{place}: {input} ({input.Count} values) cannot be reshaped to {target} ({target.Count} values)");
    }

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new ReshapeModule(Output(input, Name));
}

internal sealed class ReshapeModule(Shape target) : nn.Module<Tensor, Tensor>("reshape")
{
    public override Tensor forward(Tensor x) => x.reshape([x.shape[0], .. target]);
}
