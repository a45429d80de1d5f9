namespace TorchSharp.Modules;

/// <summary>The options that Adam and AdamW share.</summary>
public abstract class AdamOptions : BetasOptions
{
    /// <summary>Whether the largest second moment so far takes the current one's place.</summary>
    public bool? amsgrad;

    public bool? maximize;

    private protected override void Visit(FieldVisitor fields)
    {
        base.Visit(fields);
        fields.Switch(ref amsgrad);
        fields.Switch(ref maximize);
    }

    internal static TOptions Of<TOptions>(
        double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize) where TOptions : AdamOptions, new()
    {
        var options = Of<TOptions>(lr, beta1, beta2, eps, weight_decay);
        (options.amsgrad, options.maximize) = (amsgrad, maximize);
        return options;
    }
}
