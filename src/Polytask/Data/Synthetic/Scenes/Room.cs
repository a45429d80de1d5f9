namespace Polytask;

/// <summary>A box around what is seen of an object: pixel columns and rows, both ends included.</summary>
/// <param name="Instance">The object's number in the image, from 1.</param>
/// <param name="Class">0 sphere, 1 cylinder, 2 box, 3 slab.</param>
/// <param name="Left">The first column.</param>
/// <param name="Top">The first row.</param>
/// <param name="Right">The last column.</param>
/// <param name="Bottom">The last row.</param>
public sealed record SceneBox(int Instance, int Class, int Left, int Top, int Right, int Bottom);

/// <summary>One room: floor, walls, ceiling and three to six solids, of which every label is a formula.</summary>
internal sealed class Room
{
    private const int NoiseSlot = 99;
    private readonly SceneDraws draws;
    private readonly double back;
    private readonly double side;
    private readonly double ceiling;
    private readonly Solid[] solids;
    private readonly Vector[] colours;

    public Room(int seed, SceneSplit split, int index, double colourCue)
    {
        draws = new(seed, "room", split, index);
        (back, side, ceiling) = (draws.Uniform(0, 0, 3.2, 4.6), draws.Uniform(0, 1, 1.6, 2.4), draws.Uniform(0, 2, 1, 1.4));
        Palette = draws.Below(0, 4, 3);
        Light = new Vector(draws.Uniform(0, 5, -0.8, 0.8), -draws.Uniform(0, 6, 0.4, 1), -draws.Uniform(0, 7, 0.4, 1)).Unit();
        solids = new Solid[3 + draws.Below(0, 3, 4)];
        colours = new Vector[solids.Length];
        for (var i = 0; i < solids.Length; i++)
        {
            var kind = draws.Below(i + 1, 0, 4);
            var z = draws.Uniform(i + 1, 2, 1.7, back - 0.6);
            var x = draws.Uniform(i + 1, 3, -0.8, 0.8) * Math.Min(side - 0.5, 0.8 * z);
            solids[i] = Solid.Of(kind, x, z, draws.Uniform(i + 1, 1, 0.8, 1.2), draws.Uniform(i + 1, 4, -Math.PI / 4, Math.PI / 4));
            colours[i] = Hue(draws.Uniform(i + 1, 5, 0, 1) < colourCue ? kind / 4.0 : draws.Uniform(i + 1, 6, 0, 1));
        }
    }

    public int Palette { get; }

    public Vector Light { get; }

    /// <summary>The kind of an instance: 0 to 3; instances count from 1.</summary>
    public int KindOf(int instance) => solids[instance - 1].Kind;

    public int Count => solids.Length;

    /// <summary>What is seen along a ray (u, v, 1): the nearest surface, the instance (0 for the room itself), the semantic class, the
    /// albedo.</summary>
    public (Hit Hit, int Instance, int Class, Vector Albedo) Seen(double u, double v)
    {
        var ray = new Vector(u, v, 1);
        var (hit, kind) = (new Hit(back, new(0, 0, -1), default), 0);
        if (u != 0 && side / Math.Abs(u) < hit.Depth) hit = new(side / Math.Abs(u), new(-Math.Sign(u), 0, 0), default);
        if (v > 0 && Solid.Floor / v < hit.Depth) (hit, kind) = (new(Solid.Floor / v, new(0, -1, 0), default), 1);
        if (v < 0 && ceiling / -v < hit.Depth) (hit, kind) = (new(ceiling / -v, new(0, 1, 0), default), 2);
        var instance = 0;
        for (var i = 0; i < solids.Length; i++)
        {
            var own = solids[i].Meet(ray);
            if (own.Depth < hit.Depth) (hit, instance) = (own, i + 1);
        }
        if (instance == 0) return (hit, 0, kind, Backgrounds[Palette][kind]);
        var solid = solids[instance - 1];
        return (hit, instance, 3 + solid.Kind, (1 - 0.25 * solid.Texture(hit.Local)) * colours[instance - 1]);
    }

    /// <summary>The noise of the image's pixels, red, green, blue.</summary>
    public StableRandom Noise() => draws.Sequence(NoiseSlot);

    // Wall, floor, ceiling of three kinds of room.
    private static readonly Vector[][] Backgrounds =
    [
        [new(0.75, 0.70, 0.60), new(0.50, 0.38, 0.28), new(0.90, 0.90, 0.86)],
        [new(0.55, 0.66, 0.74), new(0.40, 0.42, 0.46), new(0.84, 0.88, 0.92)],
        [new(0.66, 0.74, 0.58), new(0.58, 0.54, 0.42), new(0.94, 0.92, 0.84)],
    ];

    // Of saturation 0.7 and value 0.9.
    private static Vector Hue(double hue)
    {
        double Channel(double shift)
        {
            var at = (hue * 6 + shift) % 6;
            return 0.9 * (1 - 0.7 * Math.Clamp(Math.Min(at, 4 - at), 0, 1));
        }
        return new(Channel(5), Channel(3), Channel(1));
    }
}
