using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What the kinds of dropout share: a probability, and whether the input itself is changed.</summary>
public abstract class DropoutBase : ParameterLessModule<Tensor, Tensor>
{
    private protected DropoutBase(string name, double p, bool inplace) : base(name) => (this.p, this.inplace) = (p, inplace);

    public double p { get; set; }

    public bool inplace { get; set; }
}

/// <summary>While training, zeroes each element with probability p and scales the rest by 1/(1-p).</summary>
public sealed class Dropout : DropoutBase
{
    internal Dropout(double p, bool inplace) : base(nameof(Dropout), p, inplace) { }

    public override Tensor forward(Tensor tensor) => nn.functional.dropout(tensor, p, training, inplace);
}

/// <summary>While training, zeroes whole channels of [N, C, L] with probability p and scales the rest by 1/(1-p).</summary>
public sealed class Dropout1d : DropoutBase
{
    internal Dropout1d(double p, bool inplace) : base(nameof(Dropout1d), p, inplace) { }

    public override Tensor forward(Tensor tensor)
    {
        if (tensor.dim() != 3) throw new ArgumentException($"Dropout1d expects an input of shape [N, C, L], but got one of {tensor.dim()} dimensions.");
        return nn.functional.dropout1d(tensor, p, training, inplace);
    }
}

/// <summary>While training, zeroes whole channels of [N, C, H, W] with probability p and scales the rest by 1/(1-p).</summary>
public sealed class Dropout2d : DropoutBase
{
    internal Dropout2d(double p, bool inplace) : base(nameof(Dropout2d), p, inplace) { }

    public override Tensor forward(Tensor input) => nn.functional.dropout2d(input, p, training, inplace);
}

/// <summary>While training, zeroes whole channels of [N, C, D, H, W] with probability p and scales the rest by 1/(1-p).</summary>
public sealed class Dropout3d : DropoutBase
{
    internal Dropout3d(double p, bool inplace) : base(nameof(Dropout3d), p, inplace) { }

    public override Tensor forward(Tensor input) => nn.functional.dropout3d(input, p, training, inplace);
}

/// <summary>
/// Dropout for SELU: while training, elements are set with probability p to the value that SELU tends to at -∞, and all are scaled and shifted so
/// that mean 0 and variance 1 stay. Klambauer et al. (2017).
/// </summary>
public sealed class AlphaDropout : DropoutBase
{
    internal AlphaDropout(double p, bool inplace) : base(nameof(AlphaDropout), p, inplace) { }

    public override Tensor forward(Tensor tensor) => nn.functional.alpha_dropout(tensor, p, training, inplace);
}

/// <summary><see cref="AlphaDropout"/> of whole channels of [N, C, ...].</summary>
public sealed class FeatureAlphaDropout : DropoutBase
{
    internal FeatureAlphaDropout(double p, bool inplace) : base(nameof(FeatureAlphaDropout), p, inplace) { }

    public override Tensor forward(Tensor input) => nn.functional.feature_alpha_dropout(input, p, training, inplace);
}
