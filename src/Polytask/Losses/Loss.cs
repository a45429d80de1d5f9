using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>What training makes small: a number per row, from which the task's loss is the mean over the rows that carry a label.</summary>
public abstract record Loss
{
    /// <summary>What messages and tables call this loss.</summary>
    public abstract string Name { get; }

    /// <summary>The loss of each row, float [rows], from a head's output and its target (labels present in every row).</summary>
    public abstract Tensor PerRow(Tensor output, Tensor target);

    /// <summary>Whether this loss can train that head.</summary>
    internal abstract bool Fits(Head head);

    /// <summary>Cross-entropy of softmax(logits), for classification; see <see cref="CrossEntropyLoss"/>.</summary>
    /// <param name="labelSmoothing">The share of the target spread evenly over all classes, 0 to 1.</param>
    public static Loss CrossEntropy(double labelSmoothing = 0) => new CrossEntropyLoss(labelSmoothing);

    /// <summary>Cross-entropy of sigmoid(logit), for binary heads; see <see cref="BinaryCrossEntropyLoss"/>.</summary>
    public static Loss BinaryCrossEntropy() => new BinaryCrossEntropyLoss();

    /// <summary>Squared error, for regression; see <see cref="MeanSquaredErrorLoss"/>.</summary>
    public static Loss MeanSquaredError() => new MeanSquaredErrorLoss();

    /// <summary>Focal loss (Lin et al., ICCV 2017, equation 4), for binary and classification heads; see <see cref="FocalLoss"/>.</summary>
    /// <param name="gamma">How strongly rows that are already right are played down; 0 is plain cross-entropy.</param>
    public static Loss Focal(double gamma = 2) => new FocalLoss(gamma);

    /// <summary>A loss of your own.</summary>
    /// <param name="name">What tables call it.</param>
    /// <param name="perRow">
    /// (output, target) → the loss of each row, float [rows]; in training on the plan's device, where a missing label is 0 and its row counts for
    /// nothing;
    /// in evaluation on the CPU, labelled rows only.
    /// </param>
    public static Loss Of(string name, Func<Tensor, Tensor, Tensor> perRow)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(perRow);
        return new OwnLoss(name, perRow);
    }

    /// <inheritdoc/>
    public sealed override string ToString() => Name;

    private sealed record OwnLoss(string Label, Func<Tensor, Tensor, Tensor> Rows) : Loss
    {
        public override string Name => Label;

        public override Tensor PerRow(Tensor output, Tensor target) => Rows(output, target) is { ndim: 1 } rows && rows.shape[0] == target.shape[0]
            ? rows
            : throw new DeclarationException(
                $"loss '{Label}' must give one number per row, [{target.shape[0]}]; use reduction None and sum over the outputs of a row");

        internal override bool Fits(Head head) => true;
    }
}
