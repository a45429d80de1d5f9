using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A recurrent network over a sequence, made by <see cref="Block.Gru"/> or <see cref="Block.Lstm"/>: PyTorch's, with zeros as the first state. Of a
/// sequence with padding (<see cref="Tokens.WithPadding"/>; at its end) only the rest is read, in both directions.
/// </summary>
public sealed record Recurrent : Block
{
    internal Recurrent(string kind, long units, int layers)
    {
        if (units < 1) throw new DeclarationException($"a {kind} needs at least 1 unit, but got {units}");
        if (layers < 1) throw new DeclarationException($"a {kind} needs at least 1 layer, but got {layers}");
        (Name, Units, Layers) = (kind, units, layers);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>The length of the state.</summary>
    public long Units { get; }

    /// <summary>Recurrent layers on top of each other.</summary>
    public int Layers { get; }

    /// <summary>Whether a second network reads the sequence backwards.</summary>
    public bool IsBidirectional { get; private init; }

    /// <summary>Whether only the last state comes out.</summary>
    public bool GivesLastState { get; private init; }

    /// <summary>Reads the sequence in both directions, outputs side by side: twice as many channels.</summary>
    public Recurrent Bidirectional() => this with { IsBidirectional = true };

    /// <summary>
    /// Gives the state of the last layer after the whole sequence, [units], instead of all outputs; in both directions that is the forward state after
    /// the last step and the backward state after the first, [2 units].
    /// </summary>
    public Recurrent LastState() => this with { GivesLastState = true };

    private long Channels => Units * (IsBidirectional ? 2 : 1);

    /// <inheritdoc/>
    public override string Describe() => $"{(IsBidirectional ? "bidirectional " : "")}{Name} {Units}" + (Layers > 1 ? $" x {Layers} layers" : "")
        + (GivesLastState ? ", last state" : "");

    /// <inheritdoc/>
    public override Shape Output(Shape input, string place)
    {
        Sequences.Require(input, $"a {Name}", place);
        return GivesLastState ? Shape.Of(Channels) : Shape.Of(input[0], Channels);
    }

    /// <inheritdoc/>
    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new RecurrentModule(input[1], this);
}

internal sealed class RecurrentModule : nn.Module<Tensor, Tensor>, IMasked
{
    private readonly TorchSharp.Modules.GRU? gru;
    private readonly TorchSharp.Modules.LSTM? lstm;
    private readonly long directions;
    private readonly bool last;

    public RecurrentModule(long channels, Recurrent spec) : base(spec.Name)
    {
        (directions, last) = (spec.IsBidirectional ? 2 : 1, spec.GivesLastState);
        if (spec.Name == "gru") gru = nn.GRU(channels, spec.Units, spec.Layers, batchFirst: true, bidirectional: spec.IsBidirectional);
        else lstm = nn.LSTM(channels, spec.Units, spec.Layers, batchFirst: true, bidirectional: spec.IsBidirectional);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        Tensor output, state;
        if (gru is not null) (output, state) = gru.call(x);
        else (output, state, _) = lstm!.call(x);
        return last ? LastLayer(state) : output;
    }

    public (Tensor Output, Tensor? Hidden) Forward(Tensor x, Tensor? hidden)
    {
        if (hidden is null) return (call(x), null);
        var packed = nn.utils.rnn.pack_padded_sequence(x, hidden.logical_not().sum(1).clamp(1).cpu(), batch_first: true, enforce_sorted: false);
        MultiplyAdds.Report(packed.data.shape[0] * MultiplyAdds.PerStep(this));
        nn.utils.rnn.PackedSequence output;
        Tensor state;
        if (gru is not null) (output, state) = gru.call(packed);
        else (output, state, _) = lstm!.call(packed);
        return last ? (LastLayer(state), null) : (nn.utils.rnn.pad_packed_sequence(output, batch_first: true, total_length: x.shape[1]).Item1, hidden);
    }

    // [layers * directions, batch, units] → [batch, directions * units].
    private Tensor LastLayer(Tensor state) => state.narrow(0, state.shape[0] - directions, directions).transpose(0, 1).flatten(1);
}
