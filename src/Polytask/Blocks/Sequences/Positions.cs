using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>How a token's place enters its vector.</summary>
public enum PositionEncoding
{
    /// <summary>A learned vector for each place, drawn from N(0, 0.02²).</summary>
    Learned,

    /// <summary>Sines and cosines of geometric wavelengths (Vaswani et al., NeurIPS 2017, section 3.5).</summary>
    Sinusoidal,
}

/// <summary>Vectors of places, added; see <see cref="Block.Positions"/>.</summary>
internal sealed record Positions(PositionEncoding Encoding) : Block
{
    public override string Name => "positions";

    public override string Describe() => $"{Encoding.ToString().ToLowerInvariant()} positions";

    public override Shape Output(Shape input, string place)
    {
        Sequences.Require(input, "a position encoding", place);
        return input;
    }

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new PositionsModule(Encoding, input[0], input[1]);
}

/// <summary>Shorter sequences than the declared one take its first places.</summary>
internal sealed class PositionsModule : nn.Module<Tensor, Tensor>, IMasked
{
    private readonly Parameter? weight;

    public PositionsModule(PositionEncoding encoding, long length, long width) : base("positions")
    {
        if (encoding == PositionEncoding.Learned) weight = new Parameter(nn.init.normal_(empty(length, width), 0, 0.02));
        else register_buffer("waves", Waves(length, width), persistent: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => x.add((weight ?? get_buffer("waves")!).narrow(0, 0, x.shape[1]));

    public (Tensor Output, Tensor? Hidden) Forward(Tensor x, Tensor? hidden) => (call(x), hidden);

    /// <summary>PE(p, 2i) = sin(p / 10000^(2i/width)), PE(p, 2i + 1) = cos of the same.</summary>
    private static Tensor Waves(long length, long width)
    {
        var values = new float[length, width];
        for (var place = 0; place < length; place++)
            for (var i = 0; i < width; i++)
            {
                var angle = place / Math.Pow(10000, i / 2 * 2 / (double)width);
                values[place, i] = (float)(i % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
            }
        return tensor(values);
    }
}
