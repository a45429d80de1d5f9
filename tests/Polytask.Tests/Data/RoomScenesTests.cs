using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Data;

public class RoomScenesTests
{
    private const int Size = 32;
    private static readonly RoomImages Rooms;

    // Before the first test opens a dispose scope, which would take the tensors with it.
    static RoomScenesTests() => Rooms = RoomScenes.Generate(3, SceneSplit.Train, 0, 64);

    [Fact]
    public void A_batch_is_its_images_one_by_one_bit_for_bit()
    {
        for (var i = 0; i < 64; i++)
        {
            using var scope = NewDisposeScope();
            var one = RoomScenes.Generate(3, SceneSplit.Train, i, 1);
            foreach (var (batch, single) in new[]
            {
                (Rooms.Images, one.Images), (Rooms.Semantic, one.Semantic), (Rooms.Instances, one.Instances), (Rooms.Depth, one.Depth),
                (Rooms.Normals, one.Normals), (Rooms.Edges, one.Edges), (Rooms.Largest, one.Largest), (Rooms.Light, one.Light),
            })
                Assert.True(batch.narrow(0, i, 1).Same(single), $"image {i}");
            Assert.Equal(Rooms.Boxes[i], one.Boxes[0]);
        }
    }

    [Fact]
    public void Splits_and_seeds_give_other_rooms()
    {
        using var scope = NewDisposeScope();
        Assert.False(RoomScenes.Generate(3, SceneSplit.Test, 0, 4).Depth.Same(Rooms.Depth.narrow(0, 0, 4)));
        Assert.False(RoomScenes.Generate(4, SceneSplit.Train, 0, 4).Depth.Same(Rooms.Depth.narrow(0, 0, 4)));
    }

    private static (Tensor Points, Tensor Rays) BackProjected()
    {
        var line = (arange(Size, dtype: ScalarType.Float64) * 2 + 1) / Size - 1;
        var rays = stack([line.expand(Size, Size), line.unsqueeze(1).expand(Size, Size), ones(Size, Size, dtype: ScalarType.Float64)]).unsqueeze(0);
        return (rays * Rooms.Depth.unsqueeze(1).to(ScalarType.Float64), rays);
    }

    [Fact]
    public void Normals_are_unit_vectors_that_face_the_camera()
    {
        using var scope = NewDisposeScope();
        var (_, rays) = BackProjected();
        var normals = Rooms.Normals.to(ScalarType.Float64);
        Assert.True((normals.pow(2).sum(1) - 1).abs().max().item<double>() < 1e-6);
        Assert.True((normals * rays).sum(1).max().item<double>() < 0);
    }

    // Depth against normals: the plane through a pixel's point and its right and lower neighbours' has the normal that the label states.
    [Fact]
    public void On_flat_surfaces_depth_and_normals_agree_within_a_tenth_of_a_degree()
    {
        using var scope = NewDisposeScope();
        var (points, _) = BackProjected();
        var normals = Rooms.Normals.to(ScalarType.Float64);
        Tensor Here(Tensor x) => x[.., .., ..^1, ..^1];
        Tensor Right(Tensor x) => x[.., .., ..^1, 1..];
        Tensor Below(Tensor x) => x[.., .., 1.., ..^1];
        var instances = Rooms.Instances.unsqueeze(1);
        var flat = Here(normals).eq(Right(normals)).all(1).logical_and(Here(normals).eq(Below(normals)).all(1))
            .logical_and(Here(instances).eq(Right(instances)).all(1)).logical_and(Here(instances).eq(Below(instances)).all(1));
        var cross = linalg.cross(Below(points) - Here(points), Right(points) - Here(points), 1);
        var cosine = (cross * Here(normals)).sum(1) / cross.pow(2).sum(1).sqrt();
        Assert.True(flat.sum().item<long>() > 40_000);
        Assert.True(cosine.abs().masked_select(flat).min().item<double>() > Math.Cos(0.1 * Math.PI / 180));
    }

    // Two points of a sphere differ as their normals do, times the radius: 0.4 to 0.6.
    [Fact]
    public void Spheres_are_round()
    {
        using var scope = NewDisposeScope();
        var (points, _) = BackProjected();
        var checkedSpheres = 0;
        for (var image = 0; image < 64; image++)
            foreach (var box in Rooms.Boxes[image].Where(box => box.Class == 0))
            {
                var where = Rooms.Instances[image].eq(box.Instance).flatten().nonzero().squeeze(1);
                Tensor Of(Tensor x) => x[image].reshape(3, -1).index_select(1, where).to(ScalarType.Float64);
                var (p, n) = (Of(points), Of(Rooms.Normals));
                var (dp, dn) = (p - p.mean([1], keepdim: true), n - n.mean([1], keepdim: true));
                var radius = (dp * dn).sum().item<double>() / (dn * dn).sum().item<double>();
                Assert.InRange(radius, 0.4, 0.6);
                Assert.True((dp - radius * dn).abs().max().item<double>() < 1e-5);
                checkedSpheres++;
            }
        Assert.True(checkedSpheres > 10);
    }

    // The definition of edges again, as tensor algebra.
    [Fact]
    public void Edges_are_where_instance_depth_or_normal_change()
    {
        using var scope = NewDisposeScope();
        var expected = zeros(64, Size, Size);
        foreach (var (here, there) in new ((Range, Range), (Range, Range))[] { ((.., ..^1), (.., 1..)), ((..^1, ..), (1.., ..)) })
        {
            Tensor Cut(Tensor x, (Range Rows, Range Columns) part) => x.ndim == 4 ? x[.., .., part.Rows, part.Columns] : x[.., part.Rows, part.Columns];
            var (depth, other) = (Cut(Rooms.Depth, here), Cut(Rooms.Depth, there));
            var cosine = (Cut(Rooms.Normals, here) * Cut(Rooms.Normals, there)).sum(1);
            var changes = Cut(Rooms.Instances, here).ne(Cut(Rooms.Instances, there)).logical_or(cosine.lt(Math.Cos(Math.PI / 6)))
                .logical_or(((depth - other).abs() / minimum(depth, other)).gt(0.1));
            var farther = other.lt(depth);
            expected[.., here.Item1, here.Item2] = maximum(expected[.., here.Item1, here.Item2], changes.logical_and(farther.logical_not()).to(ScalarType.Float32));
            expected[.., there.Item1, there.Item2] = maximum(expected[.., there.Item1, there.Item2], changes.logical_and(farther).to(ScalarType.Float32));
        }
        Assert.True(Rooms.Edges.ne(expected).sum().item<long>() <= 2); // a cosine or ratio on the threshold may round the other way
        Assert.InRange(Rooms.Edges.mean().item<float>(), 0.03, 0.4);
    }

    [Fact]
    public void Image_labels_and_boxes_follow_from_the_instances()
    {
        using var scope = NewDisposeScope();
        for (var image = 0; image < 64; image++)
        {
            var (instances, semantic) = (Rooms.Instances[image].data<long>().ToArray(), Rooms.Semantic[image].data<long>().ToArray());
            var solids = Enumerable.Range(0, instances.Length).Where(pixel => instances[pixel] > 0).GroupBy(pixel => instances[pixel]).ToArray();
            Assert.All(solids, solid => Assert.Single(solid.Select(pixel => semantic[pixel]).Distinct()));
            Assert.All(Enumerable.Range(0, instances.Length), pixel => Assert.Equal(instances[pixel] == 0, semantic[pixel] < 3));
            Assert.Equal(solids.Length, Rooms.Visible[image].item<long>());
            for (var kind = 0; kind < 4; kind++) Assert.Equal(semantic.Contains(3 + kind) ? 1 : 0, Rooms.Presence[image, kind].item<float>());
            var most = solids.Length == 0 ? -1 : semantic[solids.MaxBy(solid => solid.Count())!.First()] - 3;
            Assert.Equal(most, Rooms.Largest[image].item<long>());
            var boxes = solids.Where(solid => solid.Count() >= 8).OrderBy(solid => solid.Key).Select(solid => new SceneBox(
                (int)solid.Key, (int)semantic[solid.First()] - 3, solid.Min(pixel => pixel % Size), solid.Min(pixel => pixel / Size),
                solid.Max(pixel => pixel % Size), solid.Max(pixel => pixel / Size)));
            Assert.Equal(boxes, Rooms.Boxes[image]);
        }
    }

    // Lambert's law again, where nothing was clipped.
    [Fact]
    public void Colours_are_albedo_times_light_plus_little_noise()
    {
        using var scope = NewDisposeScope();
        var shade = 0.35 + 0.65 * (Rooms.Normals * Rooms.Light.reshape(64, 3, 1, 1)).sum(1, keepdim: true).clamp(0);
        var noise = (Rooms.Images - Rooms.Albedo * shade).masked_select((Rooms.Albedo * shade).lt(0.9).logical_and((Rooms.Albedo * shade).gt(0.1)));
        Assert.Equal(0.02, noise.std().item<float>(), 0.0005);
        Assert.Equal(0, noise.mean().item<float>(), 0.0005);
    }

    // Walls, floor and ceiling about a quarter each, every solid rare: as published for slightly smaller solids.
    [Fact]
    public void Classes_have_their_usual_shares_and_depth_its_range()
    {
        using var scope = NewDisposeScope();
        var shares = Enumerable.Range(0, 7).Select(kind => Rooms.Semantic.eq(kind).to(ScalarType.Float32).mean().item<float>()).ToArray();
        double[] expected = [0.28, 0.26, 0.30, 0.03, 0.04, 0.04, 0.05];
        for (var kind = 0; kind < 7; kind++) Assert.InRange(shares[kind], expected[kind] - 0.1, expected[kind] + 0.1);
        Assert.InRange(Rooms.Depth.min().item<float>(), 0.6, 1.5);
        Assert.InRange(Rooms.Depth.max().item<float>(), 3.2, 4.6);
    }

    [Fact]
    public void A_study_can_draw_from_it()
    {
        using var scope = NewDisposeScope();
        var splits = new RoomScenes(size: 16, train: 6, validation: 2, test: 3).Split(0);
        Assert.Equal((6, 2, 3), (splits.Train.Rows, splits.Validation.Rows, splits.Test.Rows));
        Assert.Equal(["semantic", "depth", "normals", "edges", "class", "presence", "palette", "light"], splits.Train.Tasks);
        Assert.Equal(Shape.Of(3, 16, 16), splits.Train.InputShape);
        Assert.True(splits.Test.Inputs("depth").Same(RoomScenes.Generate(0, SceneSplit.Test, 0, 3, 16).Images));
        Assert.Contains("4 pixels a side", Assert.Throws<DataException>(() => new RoomScenes(size: 4)).Message);
        Assert.Contains("0 validation", Assert.Throws<DataException>(() => new RoomScenes(validation: 0)).Message);
        Assert.Contains("the colour cue is 2", Assert.Throws<DataException>(() => RoomScenes.Generate(0, SceneSplit.Train, 0, 1, colourCue: 2)).Message);
    }

    [Fact]
    public void Dense_heads_take_the_labels_as_they_come()
    {
        using var scope = NewDisposeScope();
        var rooms = new RoomScenes(size: 8, train: 4, validation: 2, test: 2);
        var run = Model.Named("rooms").Input(3, 8, 8)
            .Task("semantic", Head.Segment(7)).Task("depth", Head.Depth()).Task("normals", Head.Normals()).Task("edges", Head.Edges())
            .Train(rooms, plan => plan.Adam(1e-2).Epochs(1).Batch(2));
        foreach (var metric in new[] { "semantic/miou", "depth/abs err", "normals/mean angle", "edges/edge f" })
            Assert.True(double.IsFinite(run.Test(metric)), metric);
    }
}
