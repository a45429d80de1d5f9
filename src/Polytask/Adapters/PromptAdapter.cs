using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

public abstract partial record Adapter
{
    /// <summary>
    /// Learned tokens before those of the input (prompt tuning: Lester, Al-Rfou and Constant, EMNLP 2021): a transformer reads [P; x] in place of x
    /// [batch, length, width], and the outputs at the prompt's places are left out. n x width numbers, drawn from N(0, 0.02²); unlike other
    /// adapters it changes outputs from the start.
    /// </summary>
    /// <param name="tokens">n.</param>
    public static PromptAdapter Prompt(int tokens) => new(tokens);
}

/// <summary>Learned tokens before those of the input, made by <see cref="Adapter.Prompt"/>.</summary>
public sealed record PromptAdapter : LayerwiseAdapter
{
    internal PromptAdapter(int tokens) => Tokens = tokens >= 1
        ? tokens
        : throw new DeclarationException($"a prompt has at least 1 token, but got {tokens}");

    /// <summary>n.</summary>
    public int Tokens { get; }

    /// <summary>The width of the tokens, where the module is no transformer of <see cref="Block.Transformer(int, int)"/>.</summary>
    public long? Width { get; private init; }

    /// <summary>Says how wide tokens [batch, length, width] are at a module named in <see cref="Adapter.At"/>.</summary>
    public PromptAdapter WithWidth(long width) => this with { Width = CheckedWidth(width, Name) };

    /// <inheritdoc/>
    public override string Name => "prompt";

    /// <inheritdoc/>
    public override string Describe() => $"prompt of {Tokens} tokens" + (Width is { } width ? $" of width {width}" : "");

    internal override bool Fits(nn.Module layer) => layer is TransformerModule;

    internal override string Kinds => "transformers";

    internal override LayerAdapter Make(AdaptedLayer layer, IReadOnlyList<string> tasks, nn.Module? common)
    {
        if (layer.Module is TransformerModule { HasMemory: true })
            throw new DeclarationException($"{Name}: {layer.Place} reads its encoder's tokens first; put the prompt on the encoder with .At(...)");
        return new PromptedCall(layer, Tokens, (layer.Module as TransformerModule)?.Width ?? Width ?? throw new DeclarationException(
            $"{Name}: {layer.Place} is a {layer.Module.GetName()}, which does not say how wide its tokens are; say so with .WithWidth(...)"));
    }
}

internal sealed class PromptedCall : LayerAdapter
{
    private readonly Parameter tokens;

    public PromptedCall(AdaptedLayer layer, long count, long width) : base("prompt")
    {
        tokens = layer.Like(nn.init.normal_(empty(count, width), 0, 0.02));
        RegisterComponents();
    }

    public override string Obstacle => "it adds tokens";

    public override Tensor Update(LayerCall call) => throw new NotSupportedException();

    public override (Tensor Output, Tensor? Hidden) Masked(
        Tensor x, Tensor? hidden, int task, bool training, Func<Tensor, Tensor?, (Tensor Output, Tensor? Hidden)> forward)
    {
        var (output, hiddenAfter) = forward(Before(x, task), hidden is null ? null
            : cat([zeros(x.shape[0], tokens.shape[0], dtype: ScalarType.Bool, device: x.device), hidden], 1));
        return (After(output, task), hiddenAfter is null ? null : After(hiddenAfter, task));
    }

    public override Tensor Before(Tensor input, int task) => cat([tokens.expand(input.shape[0], -1, -1), input], 1);

    public override Tensor After(LayerCall call) => After(call.Output, call.Task);

    private Tensor After(Tensor output, int task) => output.narrow(1, tokens.shape[0], output.shape[1] - tokens.shape[0]);
}
