using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A depthwise convolution over the tokens; see <see cref="Block.TokenConv"/>.</summary>
internal sealed record TokenConv : Block
{
    public TokenConv(long kernel, bool causal)
    {
        if (kernel < 1) throw new DeclarationException($"a token convolution reads at least 1 token, but got {kernel}");
        if (!causal && kernel % 2 == 0)
            throw new DeclarationException($"a token convolution that is not causal reads an odd number of tokens, but got {kernel}");
        (Kernel, IsCausal) = (kernel, causal);
    }

    public long Kernel { get; }

    public bool IsCausal { get; }

    public override string Name => "token conv";

    public override string Describe() => $"{(IsCausal ? "causal " : "")}token conv {Kernel}";

    public override Shape Output(Shape input, string place)
    {
        Sequences.Require(input, "a token convolution", place);
        return input;
    }

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new TokenConvModule(input[1], this);
}

internal sealed class TokenConvModule : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Conv1d convolution;
    private readonly (long, long) padding;

    public TokenConvModule(long width, TokenConv spec) : base("token_conv")
    {
        convolution = nn.Conv1d(width, width, spec.Kernel, groups: width);
        padding = spec.IsCausal ? (spec.Kernel - 1, 0) : (spec.Kernel / 2, spec.Kernel / 2);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => convolution.call(nn.functional.pad(x.transpose(1, 2), padding)).transpose(1, 2);
}
