using System.Diagnostics.CodeAnalysis;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// The sum, mean or maximum of a table's rows for each bag of indices: a row of [N, length] is a bag, or offsets say where bags begin in [length].
/// The result is [bags, embedding_dims].
/// </summary>
public sealed class EmbeddingBag : nn.Module<Tensor, Tensor?, Tensor?, Tensor>, nn.IModule<Tensor, Tensor, Tensor>, nn.IModule<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))] private Parameter _weight;
    private readonly double? _maxNorm;
    private readonly double _normType;
    private readonly bool _scaleGradByFreq;
    private readonly EmbeddingBagMode _mode;
    private readonly bool _sparse;
    private readonly bool _includeLastOffset;
    private readonly long? _paddingIndex;

    internal EmbeddingBag(Parameter weight, double? max_norm, double norm_type, bool scale_grad_by_freq, EmbeddingBagMode mode, bool sparse,
        bool include_last_offset, long padding_index) : base(nameof(EmbeddingBag))
    {
        var rows = weight.shape[0];
        if (padding_index >= rows)
            throw new ArgumentException($"padding_index must be within num_embeddings: got {padding_index} with {rows} rows", nameof(padding_index));
        _weight = weight;
        (_maxNorm, _normType, _scaleGradByFreq, _mode, _sparse, _includeLastOffset) = (max_norm, norm_type, scale_grad_by_freq, mode, sparse, include_last_offset);
        _paddingIndex = padding_index < 0 ? null : padding_index;
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
    internal EmbeddingBag Initialized()
    {
        DefaultInitialization.Table(_weight, _paddingIndex);
        return this;
    }

    public override Tensor forward(Tensor input, Tensor? offsets, Tensor? perSampleWeights)
    {
        Check(input, offsets);
        return nn.functional.embedding_bag(
            input, _weight, offsets, _maxNorm, _normType, _scaleGradByFreq, _mode, _sparse, perSampleWeights, _includeLastOffset, _paddingIndex);
    }

    public Tensor call(Tensor input, Tensor offsets) => base.call(input, offsets, null);

    public Tensor call(Tensor input) => base.call(input, null, null);

    private static void Check(Tensor input, Tensor? offsets)
    {
        if (!input.is_integral()) throw new ArgumentException("Embedding input must be an integral tensor.");
        if (offsets is not null && input.dtype != offsets.dtype) throw new ArgumentException("input and offsets must have the same element type.");
        switch (input.dim())
        {
            case 1 when offsets is null: throw new ArgumentException("'offsets' must be non-null for a 1-D input.");
            case 2 when offsets is not null: throw new ArgumentException("'offsets' must be null for a 2-D input.");
            case 1 or 2: return;
            case var dimensions: throw new ArgumentException($"EmbeddingBag expects an input of one or two dimensions, but got {dimensions}.");
        }
    }
}
