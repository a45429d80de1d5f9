using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests.Modules;

/// <summary>The functions of tests/peers/modules_reference.py, called in C#.</summary>
internal static class FunctionCases
{
    public static Tensor Of(string name, Tensor a, Tensor b)
    {
        if (name.StartsWith("grid sample ", StringComparison.Ordinal)) return Sampled(name.Split(' ')[2..], a);
        var classes = tensor(new long[] { 0, 2, 1, 2 });
        var weight = tensor(new[] { 0.5f, 1.5f, 2.0f });
        var signs = tensor(new[] { 1f, -1, -1, 1 });
        var columns = signs.unsqueeze(1);
        var keys = Reference.Pattern([2, 4, 3], 1.2, -0.1);
        var (probabilities, labels) = (a.sigmoid(), (b > 0).to(ScalarType.Float32));
        return name switch
        {
            "mse" => nn.MSELoss().call(a, b),
            "mse sum" => F.mse_loss(a, b, nn.Reduction.Sum),
            "mse none" => nn.MSELoss(nn.Reduction.None).call(a, b),
            "l1" => nn.L1Loss().call(a, b),
            "smooth l1" => nn.SmoothL1Loss(beta: 0.7).call(a, b),
            "huber" => nn.HuberLoss(0.7).call(a, b),
            "cross entropy" => nn.CrossEntropyLoss().call(a, classes),
            "cross entropy weighted" => nn.CrossEntropyLoss(weight).call(a, classes),
            "cross entropy ignoring" => nn.CrossEntropyLoss(ignore_index: 2).call(a, classes),
            "cross entropy smoothed" => F.cross_entropy(a, classes, reduction: nn.Reduction.Sum, label_smoothing: 0.1),
            "cross entropy of probabilities" => F.cross_entropy(a, b.softmax(1)),
            "nll" => nn.NLLLoss(weight).call(a.log_softmax(1), classes),
            "binary cross entropy" => nn.BCELoss(weight).call(probabilities, b.sigmoid()),
            "binary cross entropy with logits" => nn.BCEWithLogitsLoss().call(a, b.sigmoid()),
            "binary cross entropy with logits weighted" => nn.BCEWithLogitsLoss(weight, nn.Reduction.None, weight).call(a, b.sigmoid()),
            "kl div" => F.kl_div(a.log_softmax(1), b.softmax(1), log_target: false, reduction: nn.Reduction.Sum),
            "kl div of logs" => nn.KLDivLoss().call(a.log_softmax(1), b.log_softmax(1)),
            "poisson" => nn.PoissonNLLLoss(full: true).call(a, b.abs() * 3),
            "poisson of means" => F.poisson_nll_loss(a.abs(), b.abs() * 3, log_input: false, eps: 1e-3f, reduction: nn.Reduction.None),
            "gaussian" => F.gaussian_nll_loss(a, b, (b * 0.5).exp()),
            "gaussian full" => nn.GaussianNLLLoss(full: true, eps: 1e-6f, reduction: nn.Reduction.None).call(a, b, (b * 0.5).exp()),
            "cosine embedding" => nn.CosineEmbeddingLoss(-0.8).call(a, b, signs),
            "hinge embedding" => nn.HingeEmbeddingLoss().call(a.abs(), columns),
            "margin ranking" => nn.MarginRankingLoss(0.3, nn.Reduction.Sum).call(a, b, columns),
            "multi margin" => nn.MultiMarginLoss(2, 0.8, weight).call(a, classes),
            "multi label margin" => nn.MultiLabelMarginLoss().call(a, tensor(new long[,] { { 0, 2, -1 }, { 1, -1, 0 }, { 2, 1, 0 }, { 0, -1, -1 } })),
            "multi label soft margin" => nn.MultiLabelSoftMarginLoss(weight).call(a, labels),
            "multi label soft margin none" => F.multilabel_soft_margin_loss(a, labels, reduction: nn.Reduction.None),
            "soft margin" => nn.SoftMarginLoss().call(a, columns),
            "triplet" => nn.TripletMarginLoss(2.0, 3).call(a, b, a.flip(0)),
            "triplet swapped" => F.triplet_margin_loss(a, b, b.flip(0), 2.0, swap: true, reduction: nn.Reduction.None),
            "triplet with a distance" => nn.TripletMarginWithDistanceLoss((x, y) => (x - y).abs().sum(dim: 1), 2.0, swap: true).call(a, b, b.flip(0)),
            "triplet with the usual distance" => F.triplet_margin_with_distance_loss(a, b, b.flip(0), reduction: nn.Reduction.Sum),
            "ctc" => nn.CTCLoss().call(
                stack([a, b], 1).log_softmax(2), tensor(new long[,] { { 1, 2 }, { 2, 0 } }), tensor(new long[] { 4, 3 }), tensor(new long[] { 2, 1 })),
            "ctc of the impossible" => F.ctc_loss(stack([a, b], 1).log_softmax(2), tensor(new long[] { 1, 1, 2 }), tensor(new long[] { 2, 3 }), tensor(new long[] { 2, 1 }),
                zero_infinity: true, reduction: nn.Reduction.Sum),
            "cosine similarity" => nn.CosineSimilarity().call(a, b),
            "pairwise distance" => F.pairwise_distance(a, b),
            "normalize" => F.normalize(a),
            "normalize by the sum" => F.normalize(a, 1, 0),
            "one hot" => F.one_hot(classes, 4),
            "one hot of as many as there are" => F.one_hot(classes),
            "pad" => F.pad(a, (1, 2, 0, 1), value: 0.5),
            "pad reflect" => F.pad(a.unsqueeze(0), (2, 1), PaddingModes.Reflect),
            "pad replicate" => F.pad(a.reshape(1, 1, 4, 3), (2, 1, 0, 3), PaddingModes.Replicate),
            "pad circular" => F.pad(a.reshape(1, 1, 4, 3), [2, 1, 0, 3], PaddingModes.Circular),
            "dropout2d kept" => F.dropout2d(a.reshape(1, 4, 3, 1), 0.5, training: false),
            "layer norm" => F.layer_norm(a, [3], weight, weight),
            "attention" => F.scaled_dot_product_attention(a.unsqueeze(0), keys, keys * 2),
            "attention with numbers as mask" => F.scaled_dot_product_attention(a.unsqueeze(0), keys, keys * 2, outer(b[.., 0], b[.., 1])),
            "attention with a mask" => F.scaled_dot_product_attention(a.unsqueeze(0), keys, keys * 2, ones(4, 4).tril(1).to(ScalarType.Bool)),
            "causal attention" => F.scaled_dot_product_attention(a.unsqueeze(0), keys, keys * 2, is_casual: true),
            "interpolate area" => F.interpolate(a.reshape(1, 1, 4, 3), scale_factor: [0.5, 0.7], mode: InterpolationMode.Area),
            "interpolate exactly 1d" => F.interpolate(a.unsqueeze(0), [5], mode: InterpolationMode.NearestExact),
            "interpolate exactly 2d" => F.interpolate(a.reshape(1, 1, 4, 3), scale_factor: [1.6, 2.2], mode: InterpolationMode.NearestExact),
            "interpolate exactly 3d" => F.interpolate(a.reshape(1, 1, 1, 4, 3), [2, 3, 4], mode: InterpolationMode.NearestExact),
            "interpolate without stairs" => F.interpolate(a.reshape(1, 1, 4, 3), [2, 2], mode: InterpolationMode.Bilinear, antialias: true),
            "interpolate smoothly without stairs" => F.interpolate(a.reshape(1, 1, 4, 3), [2, 2], mode: InterpolationMode.Bicubic, antialias: true),
            "affine grid" => F.affine_grid(a.reshape(2, 2, 3), [2, 1, 3, 2]),
            "affine grid with corners" => F.affine_grid(a.reshape(1, 3, 4), [1, 1, 2, 3, 2], align_corners: true),
            _ => throw new ArgumentException($"nothing is computed for the reference '{name}'"),
        };
    }

    private static Tensor Sampled(string[] options, Tensor a)
    {
        var mode = options[0] == "nearest" ? GridSampleMode.Nearest : GridSampleMode.Bilinear;
        var padding = options[1] switch
        {
            "zeros" => GridSamplePaddingMode.Zeros,
            "reflection" => GridSamplePaddingMode.Reflection,
            _ => GridSamplePaddingMode.Border,
        };
        return F.grid_sample(Reference.Pattern([1, 2, 4, 5]), a.reshape(1, 2, 3, 2) * 0.7, mode, padding, options[2] == "True");
    }
}
