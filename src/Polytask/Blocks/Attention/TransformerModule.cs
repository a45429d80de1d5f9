using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

internal sealed class TransformerModule : nn.Module<Tensor, Tensor>, IMasked
{
    private readonly nn.Module<Tensor, Tensor>? encoder;
    private readonly TorchSharp.Modules.ModuleList<TransformerLayer> layers;
    private readonly TorchSharp.Modules.LayerNorm norm;
    private readonly long source;

    public TransformerModule(Shape input, Transformer spec) : base("transformer")
    {
        var width = input[1];
        AttentionModule? Cross() => spec.Memory is { } memory ? new(Shape.Of(1, width), new Attention(memory.Heads).WithDropout(spec.Dropout)) : null;
        if (spec.Memory is { } read)
        {
            source = read.Length;
            encoder = read.Encoder.Build(Shape.Of(source, width));
        }
        var own = Shape.Of(input[0] - source, width);
        layers = new([.. Enumerable.Range(0, spec.Layers).Select(_ => new TransformerLayer(
            width, spec.Mixer.Build(own), Cross(), spec.Hidden ?? 4 * width, spec.Activation, spec.Dropout))]);
        norm = nn.LayerNorm(width);
        RegisterComponents();
    }

    /// <summary>The width of the tokens.</summary>
    public long Width => norm.weight!.shape[0];

    /// <summary>Whether tokens of an encoder come first.</summary>
    public bool HasMemory => encoder is not null;

    /// <summary>Divides what is added to the residual stream by √(2L), for L layers.</summary>
    public void ScaleResidualOutputs()
    {
        foreach (var weight in layers.SelectMany(layer => layer.OutputWeights)) weight.div_(Math.Sqrt(2 * layers.Count));
    }

    public override Tensor forward(Tensor x) => Forward(x, null).Output;

    public (Tensor Output, Tensor? Hidden) Forward(Tensor x, Tensor? hidden)
    {
        Tensor? memory = null, memoryHidden = null;
        if (encoder is not null)
        {
            (memory, memoryHidden) = encoder.CallMasked(x.narrow(1, 0, source), hidden?.narrow(1, 0, source));
            x = x.narrow(1, source, x.shape[1] - source);
            hidden = hidden?.narrow(1, source, hidden.shape[1] - source);
        }
        foreach (var layer in layers) x = layer.Forward(x, hidden, memory, memoryHidden);
        return (norm.call(x), hidden);
    }
}

/// <summary>One layer; its parts are added to what they read.</summary>
internal sealed class TransformerLayer : nn.Module
{
    private readonly TorchSharp.Modules.LayerNorm norm_mixer;
    private readonly nn.Module<Tensor, Tensor> mixer;
    private readonly TorchSharp.Modules.LayerNorm? norm_cross;
    private readonly AttentionModule? cross;
    private readonly TorchSharp.Modules.LayerNorm norm_feedforward;
    private readonly TorchSharp.Modules.Linear linear1;
    private readonly TorchSharp.Modules.Linear linear2;
    private readonly Activation activation;
    private readonly double dropout;

    public TransformerLayer(long width, nn.Module<Tensor, Tensor> mixer, AttentionModule? cross, long hidden, Activation activation, double dropout)
        : base("transformer_layer")
    {
        (this.mixer, this.cross, this.activation, this.dropout) = (mixer, cross, activation, dropout);
        (norm_mixer, norm_feedforward) = (nn.LayerNorm(width), nn.LayerNorm(width));
        if (cross is not null) norm_cross = nn.LayerNorm(width);
        (linear1, linear2) = (nn.Linear(width, hidden), nn.Linear(hidden, width));
        RegisterComponents();
    }

    /// <summary>The last maps of its parts.</summary>
    public IEnumerable<Tensor> OutputWeights
    {
        get
        {
            if (mixer is AttentionModule attention) yield return attention.OutputWeight;
            if (cross is not null) yield return cross.OutputWeight;
            yield return linear2.weight!;
        }
    }

    /// <param name="x">[batch, tokens, width].</param>
    /// <param name="hidden">Padding among the tokens, Boolean [batch, tokens].</param>
    /// <param name="memory">What a decoder looks at, [batch, keys, width].</param>
    /// <param name="memoryHidden">Padding in it, Boolean [batch, keys].</param>
    public Tensor Forward(Tensor x, Tensor? hidden = null, Tensor? memory = null, Tensor? memoryHidden = null)
    {
        var normed = norm_mixer.call(x);
        // A mixer that does not know of padding reads zeros there.
        if (hidden is not null && mixer is not IMasked) normed = normed.masked_fill(hidden.unsqueeze(2), 0);
        x = x.add(Dropped(mixer.CallMasked(normed, hidden).Output));
        if (cross is not null && memory is not null) x = x.add(Dropped(cross.Attend(norm_cross!.call(x), memory, memoryHidden)));
        return x.add(Dropped(linear2.call(Dropped(activation.Apply(linear1.call(norm_feedforward.call(x)))))));
    }

    private Tensor Dropped(Tensor x) => dropout > 0 ? nn.functional.dropout(x, dropout, training) : x;
}
