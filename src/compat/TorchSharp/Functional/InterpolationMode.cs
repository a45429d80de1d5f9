namespace TorchSharp;

/// <summary>How <c>interpolate</c> finds values between the places of its input.</summary>
public enum InterpolationMode
{
    Nearest = 0,
    Linear = 1,
    Bilinear = 2,
    Bicubic = 3,
    Trilinear = 4,
    Area = 5,
    NearestExact = 6,
}
