namespace TorchSharp;

/// <summary>How <see cref="Modules.Upsample"/> finds values between the places of its input.</summary>
public enum UpsampleMode
{
    Nearest = 0,
    Linear = 1,
    Bilinear = 2,
    Bicubic = 3,
    Trilinear = 4,
}
