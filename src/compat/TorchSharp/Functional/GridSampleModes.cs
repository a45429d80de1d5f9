namespace TorchSharp;

/// <summary>How <c>grid_sample</c> finds values between places.</summary>
public enum GridSampleMode
{
    Nearest = 0,
    Bilinear = 2,
}

/// <summary>What <c>grid_sample</c> finds outside its input.</summary>
public enum GridSamplePaddingMode
{
    Zeros = 0,
    Reflection = 1,
    Border = 2,
}
