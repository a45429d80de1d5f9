using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>What a frozen body makes of a task's inputs.</summary>
internal static class Features
{
    // Inputs of any length go through in pieces: what a piece needs on the way is freed before the next.
    private const long Piece = 512;

    /// <summary>Features [rows, ..., d] in evaluation mode, without gradients; the body is in its mode again afterwards.</summary>
    /// <param name="body">The body.</param>
    /// <param name="inputs">[rows, ...].</param>
    /// <param name="theta">Numbers that stand in for the body's own; null for its own.</param>
    /// <exception cref="ArgumentException">There is no row, or the body does not give features for each.</exception>
    public static Tensor Of(nn.Module<Tensor, Tensor> body, Tensor inputs, IReadOnlyDictionary<string, Tensor>? theta = null)
    {
        if (inputs.Dimensions < 1 || inputs.shape[0] == 0)
            throw new ArgumentException($"features are of rows of inputs, but the inputs are [{string.Join(", ", inputs.shape)}]");
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        using var modes = new ModuleModes(training: false, body);
        var pieces = new List<Tensor>();
        for (var start = 0L; start < inputs.shape[0]; start += Piece)
        {
            using var inner = NewDisposeScope();
            var piece = inputs.narrow(0, start, Math.Min(Piece, inputs.shape[0] - start));
            var features = theta is null ? body.call(piece) : FunctionalCall.Call(body, theta, piece);
            if (features.Dimensions < 2 || features.shape[0] != piece.shape[0])
                throw new ArgumentException($"{body.GetName()} gives [{string.Join(", ", features.shape)}] for inputs "
                    + $"[{string.Join(", ", piece.shape)}]; expected features [rows, ..., d]");
            pieces.Add(features.detach().MoveToOuterDisposeScope());
        }
        return cat(pieces, 0).MoveToOuterDisposeScope();
    }
}
