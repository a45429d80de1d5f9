using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Encoder layers one on another, each a copy of the given one.</summary>
public sealed class TransformerEncoder : nn.Module<Tensor, Tensor?, Tensor?, Tensor>, nn.IModule<Tensor, Tensor, Tensor>, nn.IModule<Tensor, Tensor>
{
    private readonly ModuleList<TransformerEncoderLayer> layers;
    private readonly LayerNorm? norm;

    internal TransformerEncoder(TransformerEncoderLayer encoder_layer, long num_layers, LayerNorm? norm = null) : base(nameof(TransformerEncoder))
    {
        layers = new([.. Enumerable.Range(0, (int)num_layers).Select(_ => new TransformerEncoderLayer(encoder_layer))]);
        this.norm = norm;
        RegisterComponents();
    }

    public override Tensor forward(Tensor src, Tensor? src_mask, Tensor? src_key_padding_mask)
    {
        using var scope = NewDisposeScope();
        var current = src.alias();
        foreach (var layer in layers) current = layer.call(current, src_mask, src_key_padding_mask);
        if (norm is not null) current = norm.call(current);
        return current.MoveToOuterDisposeScope();
    }

    public Tensor call(Tensor src, Tensor? src_mask) => base.call(src, src_mask, null);

    public Tensor call(Tensor src) => base.call(src, null, null);
}
