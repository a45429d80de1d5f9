using System.Numerics;
using System.Runtime.CompilerServices;

namespace TorchSharp.Modules;

/// <summary>One step of gradient descent: θ ← θ - Rate · (Sign·g + Decay·θ).</summary>
internal readonly record struct SgdPass(float Sign, float Decay, float Rate) : IElementStep
{
    public static int Memories => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run(ref Vector<float> parameter, Vector<float> gradient, ref Vector<float> first, ref Vector<float> second) =>
        parameter -= (gradient * Sign + parameter * Decay) * Rate;
}

/// <summary>One step with momentum: g ← Sign·g + Decay·θ, b ← Keep·b + Take·g, θ ← θ - Rate · (Ahead·g + Along·b).</summary>
internal readonly record struct MomentumPass(float Sign, float Decay, float Keep, float Take, float Ahead, float Along, float Rate) : IElementStep
{
    public static int Memories => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run(ref Vector<float> parameter, Vector<float> gradient, ref Vector<float> buffer, ref Vector<float> second)
    {
        var direction = gradient * Sign + parameter * Decay;
        buffer = buffer * Keep + direction * Take;
        parameter -= (direction * Ahead + buffer * Along) * Rate;
    }
}
