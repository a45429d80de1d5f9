namespace TorchSharp;

/// <summary>How a tensor's text looks.</summary>
public enum TensorStringStyle
{
    /// <summary>Only shape, element type and device.</summary>
    Metadata,
    Julia,
    Numpy,
    CSharp,

    /// <summary>Whatever <see cref="torch.TensorStringStyle"/> says.</summary>
    Default,
}

public static partial class torch
{
    public const TensorStringStyle julia = TensorStringStyle.Julia;
    public const TensorStringStyle numpy = TensorStringStyle.Numpy;
    public const TensorStringStyle csharp = TensorStringStyle.CSharp;

    private static TensorStringStyle style = TensorStringStyle.Julia;

    private static string floatFormat = "g5";
    private static string newLine = Environment.NewLine;
    private static int lineWidth = 100;
    private static int maxRows = 6;
    private static int maxColumns = 6;

    /// <summary>The style of texts that name none.</summary>
    public static TensorStringStyle TensorStringStyle
    {
        get => style;
        set => style = value == TensorStringStyle.Default
            ? throw new ArgumentException("the default style cannot be 'Default': choose Metadata, Julia, Numpy or CSharp")
            : value;
    }

    /// <summary>Decimals, with or without exponents, and what <see cref="set_printoptions(TensorStringStyle?, string?, int?, string?, int?, int?)"/> sets.</summary>
    public static void set_printoptions(
        int precision, int? linewidth = null, string? newLine = null, bool sci_mode = false, int? maxRows = null, int? maxColumns = null) =>
        set_printoptions(null, (sci_mode ? "E" : "F") + precision, linewidth, newLine, maxRows, maxColumns);

    /// <summary>What is not given stays as it is.</summary>
    /// <param name="style">how tensors look when no style is named</param>
    /// <param name="floatFormat">.NET's format of floating-point numbers</param>
    /// <param name="linewidth">characters of a line (Julia's style)</param>
    /// <param name="newLine">between lines</param>
    /// <param name="maxRows">rows that are shown of a long dimension (NumPy's and C#'s styles)</param>
    /// <param name="maxColumns">the same for the last dimension</param>
    public static void set_printoptions(
        TensorStringStyle? style = null, string? floatFormat = null, int? linewidth = null, string? newLine = null, int? maxRows = null,
        int? maxColumns = null)
    {
        if (style is { } wanted) TensorStringStyle = wanted;
        torch.floatFormat = floatFormat ?? torch.floatFormat;
        lineWidth = linewidth ?? lineWidth;
        torch.newLine = newLine ?? torch.newLine;
        torch.maxRows = maxRows ?? torch.maxRows;
        torch.maxColumns = maxColumns ?? torch.maxColumns;
    }
}
