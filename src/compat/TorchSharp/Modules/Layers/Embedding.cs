using System.Diagnostics.CodeAnalysis;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A table of vectors: int64 indices of shape [...] give [..., embedding_dims].</summary>
public sealed class Embedding : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))] private Parameter _weight;
    private readonly long? _paddingIndex;
    private readonly double? _maxNorm;
    private readonly double _normType;
    private readonly bool _scaleGradByFreq;
    private readonly bool _sparse;

    internal Embedding(
        Parameter weight, long? padding_idx, double? max_norm, double norm_type, bool scale_grad_by_freq, bool sparse) : base(nameof(Embedding))
    {
        var rows = weight.shape[0];
        if (padding_idx is { } index && (index < -rows || index >= rows))
            throw new ArgumentException($"padding_idx must be within num_embeddings: got {index} with {rows} rows", nameof(padding_idx));
        _weight = weight;
        _paddingIndex = padding_idx < 0 ? padding_idx + rows : padding_idx;
        (_maxNorm, _normType, _scaleGradByFreq, _sparse) = (max_norm, norm_type, scale_grad_by_freq, sparse);
        ConditionallyRegisterParameter(nameof(weight), weight);
    }

    /// <summary>The table, [rows, length]. It is there always; the declaration is upstream's.</summary>
    [DisallowNull]
    public Parameter? weight
    {
        get => _weight;
        set => ConditionallyRegisterParameter(nameof(weight), _weight = value);
    }

    /// <summary>Standard normal rows, and zeros in the padding row.</summary>
    internal Embedding Initialized()
    {
        DefaultInitialization.Table(_weight, _paddingIndex);
        return this;
    }

    public override Tensor forward(Tensor input) =>
        nn.functional.embedding(input, _weight, _paddingIndex, _maxNorm, _normType, _scaleGradByFreq, _sparse);
}
