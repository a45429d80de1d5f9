using System.Text;

namespace Polytask;

/// <summary>Which images of a family are meant: the part of the data enters every draw, so no part repeats another.</summary>
public enum SceneSplit
{
    /// <summary>For training.</summary>
    Train,

    /// <summary>For choosing.</summary>
    Validation,

    /// <summary>For judging.</summary>
    Test,
}

/// <summary>
/// The numbers that a scene is made of, each a hash of (seed, family, split, image, object, slot): image i is the same whatever else is drawn, in
/// whatever order.
/// </summary>
internal readonly struct SceneDraws
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;
    private readonly ulong image;

    public SceneDraws(int seed, string family, SceneSplit split, int index)
    {
        var state = 0xCBF29CE484222325UL;
        foreach (var value in Encoding.UTF8.GetBytes(family)) state = (state ^ value) * 0x100000001B3;
        image = With(With(With(state, (uint)seed), (uint)split), (uint)index);
    }

    /// <summary>A number in [low, high) for a slot of an object; the scene itself is object 0.</summary>
    public double Uniform(int thing, int slot, double low, double high) => low + (high - low) * ((Bits(thing, slot) >> 11) * (1.0 / (1L << 53)));

    /// <summary>A whole number in [0, count), for small counts.</summary>
    public int Below(int thing, int slot, int count) => (int)Uniform(thing, slot, 0, count);

    /// <summary>A sequence of its own for a slot, for noise.</summary>
    public StableRandom Sequence(int slot) => new(Bits(0, slot));

    private ulong Bits(int thing, int slot) => With(With(image, (uint)thing), (uint)slot);

    private static ulong With(ulong state, ulong value) => StableRandom.Mixed(state + (value + 1) * Gamma);
}
