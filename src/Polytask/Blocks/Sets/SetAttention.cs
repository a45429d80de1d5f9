using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>MAB(X, Y) = LN(H + ReLU(W H + b)), H = LN(X + attention(X, Y)): Lee et al., ICML 2019, equations 6 and 7.</summary>
internal sealed class SetAttention : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly AttentionModule attention;
    private readonly TorchSharp.Modules.LayerNorm norm1;
    private readonly TorchSharp.Modules.Linear linear;
    private readonly TorchSharp.Modules.LayerNorm norm2;

    public SetAttention(long width, int heads) : base("set_attention")
    {
        attention = new(Shape.Of(1, width), new Attention(heads));
        (norm1, linear, norm2) = (nn.LayerNorm(width), nn.Linear(width, width), nn.LayerNorm(width));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x, Tensor y) => Forward(x, y, null);

    /// <param name="hidden">Padding in y, Boolean [batch, elements].</param>
    public Tensor Forward(Tensor x, Tensor y, Tensor? hidden)
    {
        var read = norm1.call(x.add(attention.Attend(x, y, hidden)));
        return norm2.call(read.add(linear.call(read).relu()));
    }

    /// <summary>Learned vectors, drawn as in the authors' code.</summary>
    public static Parameter Vectors(long count, long width) => new(nn.init.xavier_uniform_(empty(count, width)));
}
