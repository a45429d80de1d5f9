using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Images of rooms with all their labels, one row per image.</summary>
/// <param name="Images">Red, green, blue in [0, 1], float [rows, 3, size, size].</param>
/// <param name="Semantic">int64 [rows, size, size]: 0 wall, 1 floor, 2 ceiling, 3 sphere, 4 cylinder, 5 box, 6 slab.</param>
/// <param name="Instances">int64 [rows, size, size]: 0 the room, 1 and up its objects.</param>
/// <param name="Depth">The distance from the image plane, z, float [rows, size, size], about 0.7 to 4.6.</param>
/// <param name="Normals">Unit normals towards the camera, float [rows, 3, size, size].</param>
/// <param name="Edges">1 on edges, float [rows, size, size]: where the right or lower neighbour is of another instance, or its depth differs by
/// more than a tenth, or its normal by more than 30 degrees; the nearer pixel of the two is marked.</param>
/// <param name="Albedo">Colours without light, float [rows, 3, size, size].</param>
/// <param name="Largest">The class (0 to 3) of the object of which most is seen, int64 [rows]; -1 where none is.</param>
/// <param name="Presence">Which of the four classes are seen, float [rows, 4].</param>
/// <param name="Visible">How many objects are seen, int64 [rows].</param>
/// <param name="Palette">The kind of room, int64 [rows], 0 to 2.</param>
/// <param name="Light">The unit vector towards the light, float [rows, 3].</param>
/// <param name="Boxes">Per image the boxes of the objects of which enough is seen: max(8, 12 (size/64)²) pixels.</param>
public sealed record RoomImages(
    Tensor Images, Tensor Semantic, Tensor Instances, Tensor Depth, Tensor Normals, Tensor Edges, Tensor Albedo, Tensor Largest, Tensor Presence,
    Tensor Visible, Tensor Palette, Tensor Light, IReadOnlyList<IReadOnlyList<SceneBox>> Boxes);

/// <summary>
/// Rooms with spheres, cylinders, boxes and slabs, ray-cast: dense-prediction data whose labels are computed from the scene's formulas and never
/// estimated. The camera is at the origin, x to the right, y down, z forward, focal length 1; pixel (row i, column j) looks along (u, v, 1) with
/// u = (2j + 1)/size - 1 and v = (2i + 1)/size - 1. Colours follow Lambert: albedo (0.35 + 0.65 max(0, normal.light)) plus noise of 0.02.
/// <para>
/// Tasks of <see cref="Split"/>: "semantic" (7 classes per pixel), "depth", "normals", "edges" (per pixel), "class" (4), "presence" (4 bits),
/// "palette" (3), "light" (a unit vector). The last two oppose the others: they depend on what the others should ignore. Choose with
/// <c>Only</c>.
/// </para>
/// </summary>
public sealed class RoomScenes : DataSource
{
    private const double Noise = 0.02;
    private readonly int size;
    private readonly int train;
    private readonly int validation;
    private readonly int test;
    private readonly double colourCue;

    /// <summary>The generator of images of a size.</summary>
    /// <param name="size">The number of pixels of a side.</param>
    /// <param name="train">The number of training images.</param>
    /// <param name="validation">The number of validation images.</param>
    /// <param name="test">The number of test images.</param>
    /// <param name="colourCue">The probability that an object has its class's colour and not any.</param>
    /// <exception cref="DataException">A number out of its range.</exception>
    public RoomScenes(int size = 32, int train = 384, int validation = 128, int test = 256, double colourCue = 0.5)
    {
        if (train < 1 || validation < 1 || test < 1)
            throw new DataException($"rooms: {train} training, {validation} validation and {test} test images; at least one each is needed");
        RefuseUnclear(size, colourCue);
        (this.size, this.train, this.validation, this.test, this.colourCue) = (size, train, validation, test, colourCue);
    }

    /// <inheritdoc/>
    public override string Name => $"rooms of {size} x {size}";

    /// <summary>The names of the semantic classes.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = ["wall", "floor", "ceiling", "sphere", "cylinder", "box", "slab"];

    /// <inheritdoc/>
    public override DataSplits Split(int seed)
    {
        Examples Part(SceneSplit split, int count)
        {
            var of = Generate(seed, split, 0, count, size, colourCue);
            return Examples.Joint(of.Images, ("semantic", of.Semantic), ("depth", of.Depth), ("normals", of.Normals), ("edges", of.Edges),
                ("class", of.Largest), ("presence", of.Presence), ("palette", of.Palette), ("light", of.Light));
        }
        return new(Part(SceneSplit.Train, train), Part(SceneSplit.Validation, validation), Part(SceneSplit.Test, test));
    }

    /// <summary>The images <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> - 1 of a split; each is the same whichever
    /// others are asked for.</summary>
    /// <exception cref="DataException">A number out of its range.</exception>
    public static RoomImages Generate(int seed, SceneSplit split, int first, int count, int size = 32, double colourCue = 0.5)
    {
        if (first < 0 || count < 1) throw new DataException($"rooms: {count} images from number {first}; ask for at least one, from 0 on");
        RefuseUnclear(size, colourCue);
        var area = size * size;
        var (images, albedo, normals) = (new float[3 * area * count], new float[3 * area * count], new float[3 * area * count]);
        var (depth, edges) = (new float[area * count], new float[area * count]);
        var (semantic, instances) = (new long[area * count], new long[area * count]);
        var rooms = new Room[count];
        var boxes = new IReadOnlyList<SceneBox>[count];
        Parallel.For(0, count, row =>
        {
            var room = rooms[row] = new Room(seed, split, first + row, colourCue);
            var noise = room.Noise();
            var (at, planes) = (row * area, row * 3 * area);
            for (var pixel = 0; pixel < area; pixel++)
            {
                var (hit, instance, kind, colour) = room.Seen((2.0 * (pixel % size) + 1) / size - 1, (2.0 * (pixel / size) + 1) / size - 1);
                (depth[at + pixel], instances[at + pixel], semantic[at + pixel]) = ((float)hit.Depth, instance, kind);
                var shade = 0.35 + 0.65 * Math.Max(0, hit.Normal.Dot(room.Light));
                Lay(normals, planes + pixel, area, hit.Normal);
                Lay(albedo, planes + pixel, area, colour);
                var noisy = shade * colour + Noise * new Vector(noise.NextGaussian(), noise.NextGaussian(), noise.NextGaussian());
                Lay(images, planes + pixel, area, new(Math.Clamp(noisy.X, 0, 1), Math.Clamp(noisy.Y, 0, 1), Math.Clamp(noisy.Z, 0, 1)));
            }
            Mark(edges.AsSpan(at, area), depth.AsSpan(at, area), instances.AsSpan(at, area), normals.AsSpan(planes, 3 * area), size);
            boxes[row] = BoxesOf(room, instances.AsSpan(at, area), size);
        });
        var seen = rooms.Select((room, row) => Enumerable.Range(1, room.Count)
            .Select(instance => (Kind: room.KindOf(instance), Pixels: instances.AsSpan(row * area, area).Count(instance))).ToArray()).ToArray();
        return new(
            tensor(images).reshape(count, 3, size, size), tensor(semantic).reshape(count, size, size), tensor(instances).reshape(count, size, size),
            tensor(depth).reshape(count, size, size), tensor(normals).reshape(count, 3, size, size), tensor(edges).reshape(count, size, size),
            tensor(albedo).reshape(count, 3, size, size),
            tensor(seen.Select(each => each.Where(solid => solid.Pixels > 0).OrderByDescending(solid => solid.Pixels)
                .Select(solid => (long)solid.Kind).FirstOrDefault(-1)).ToArray()),
            tensor(seen.SelectMany(each => Enumerable.Range(0, 4).Select(kind => each.Any(solid => solid.Kind == kind && solid.Pixels > 0) ? 1f : 0f))
                .ToArray()).reshape(count, 4),
            tensor(seen.Select(each => (long)each.Count(solid => solid.Pixels > 0)).ToArray()),
            tensor(rooms.Select(room => (long)room.Palette).ToArray()),
            tensor(rooms.SelectMany(room => new[] { (float)room.Light.X, (float)room.Light.Y, (float)room.Light.Z }).ToArray()).reshape(count, 3),
            boxes);
    }

    private static void Lay(float[] planes, int at, int area, Vector value) =>
        (planes[at], planes[at + area], planes[at + 2 * area]) = ((float)value.X, (float)value.Y, (float)value.Z);

    private static void Mark(Span<float> edges, ReadOnlySpan<float> depth, ReadOnlySpan<long> instances, ReadOnlySpan<float> normals, int size)
    {
        var (area, least) = (size * size, Math.Cos(Math.PI / 6));
        for (var pixel = 0; pixel < area; pixel++)
            foreach (var step in (ReadOnlySpan<int>)[1, size])
            {
                var other = pixel + step;
                if (step == 1 ? other % size == 0 : other >= area) continue;
                var cosine = 0.0;
                for (var axis = 0; axis < area * 3; axis += area) cosine += normals[axis + pixel] * normals[axis + other];
                if (instances[pixel] != instances[other] || cosine < least
                    || Math.Abs(depth[pixel] - depth[other]) / Math.Min(depth[pixel], depth[other]) > 0.1)
                    edges[depth[other] < depth[pixel] ? other : pixel] = 1;
            }
    }

    private static List<SceneBox> BoxesOf(Room room, ReadOnlySpan<long> instances, int size)
    {
        var boxes = new List<SceneBox>();
        for (var instance = 1; instance <= room.Count; instance++)
        {
            var (left, top, right, bottom, pixels) = (size, size, -1, -1, 0);
            for (var pixel = 0; pixel < instances.Length; pixel++)
            {
                if (instances[pixel] != instance) continue;
                var (x, y) = (pixel % size, pixel / size);
                (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
                pixels++;
            }
            if (pixels >= Math.Max(8, 12 * (size / 64.0) * (size / 64.0))) boxes.Add(new(instance, room.KindOf(instance), left, top, right, bottom));
        }
        return boxes;
    }

    private static void RefuseUnclear(int size, double colourCue)
    {
        if (size is < 8 or > 1024) throw new DataException($"rooms: {size} pixels a side; 8 to 1024 are drawn");
        if (!(colourCue is >= 0 and <= 1)) throw new DataException($"rooms: the colour cue is {colourCue}; it is a probability");
    }
}
