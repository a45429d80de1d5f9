using System.Numerics;
using System.Runtime.CompilerServices;

namespace TorchSharp.Modules;

/// <summary>One step of gradient descent: θ ← θ - Rate · (Sign·g + Decay·θ).</summary>
internal readonly record struct SgdPass(float Sign, float Decay, float Rate) : IElementStep
{
    public static int Memories => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Run(float* p, float* g, float* a, float* b)
    {
        var parameter = Vector.Load(p);
        (parameter - (Vector.Load(g) * Sign + parameter * Decay) * Rate).Store(p);
    }
}

/// <summary>One step with momentum: g ← Sign·g + Decay·θ, b ← Keep·b + Take·g, θ ← θ - Rate · (Ahead·g + Along·b).</summary>
internal readonly record struct MomentumPass(float Sign, float Decay, float Keep, float Take, float Ahead, float Along, float Rate) : IElementStep
{
    public static int Memories => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Run(float* p, float* g, float* a, float* b)
    {
        var parameter = Vector.Load(p);
        var direction = Vector.Load(g) * Sign + parameter * Decay;
        var buffer = Vector.Load(a) * Keep + direction * Take;
        buffer.Store(a);
        (parameter - (direction * Ahead + buffer * Along) * Rate).Store(p);
    }
}
