using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Heads;

/// <summary>Heads over maps: segmentation, depth, normals, edges, boxes.</summary>
public class MapHeadTests
{
    private static readonly Tensor X = Values.Normal(21, 24, 3, 6, 6);

    private static Run Train(Head head, Tensor x, Tensor target, Loss? loss = null, int epochs = 60, Block? backbone = null)
    {
        var examples = Examples.Joint(x, ("a", target));
        var model = Model.Named("m").Input(x.shape[1], x.shape[2], x.shape[3]).Task("a", head, tower: backbone, loss: loss);
        var run = model.Train(new DataSplits(examples, examples, examples), t => t.Adam(0.05).Epochs(epochs).Batch(8));
        // Every metric reads what the head gives, and is defined on this data.
        Assert.All(run.History.Where(row => row.Split == "test"), row => Assert.True(double.IsFinite(row.Value), $"{row.Key}: {row.Value}"));
        return run;
    }

    private static double Right(Run run, Tensor truth) =>
        run.Model.Tasks[0].Head.Predict(run.Module.Forward("a", X)).eq(truth).to(ScalarType.Float32).mean().item<float>();

    [Fact]
    public void Segmentation_with_unlabelled_pixels_and_an_unlabelled_image()
    {
        var truth = X.argmax(1);
        var target = truth.clone();
        target.narrow(2, 0, 2).fill_(-1);
        target[3] = full(6, 6, -1, dtype: ScalarType.Int64);
        foreach (var loss in (Loss?[])[null, Loss.Dice(), Loss.Sum((1, Loss.CrossEntropy()), (0.1, Loss.Boundary()))])
            Assert.InRange(Right(Train(Head.Segment(3), X, target, loss), truth), 0.9, 1);
    }

    [Fact]
    public void A_head_over_maps_is_a_convolution_of_one_pixel() =>
        SameLayer.As(() => nn.Conv2d(5, 4, 1), () => Head.Segment(4).Build(Shape.Of(5, 6, 3)), 7, 5, 6, 3);

    [Fact]
    public void Depth_where_it_was_measured()
    {
        var truth = X.select(1, 0) - X.select(1, 2) + 10;
        var target = truth.clone();
        target.narrow(1, 4, 2).fill_(double.NaN);
        var run = Train(Head.Depth(), X, target, epochs: 200);
        Assert.InRange((run.Module.Forward("a", X) - truth).abs().mean().item<float>(), 0, 0.2);
    }

    [Fact]
    public void Normals_have_length_one_and_learn_directions()
    {
        var truth = nn.functional.normalize(X.flip(1), dim: 1);
        var target = truth.clone();
        target[2] = full_like(target[2], double.NaN);
        var normals = Train(Head.Normals(), X, target).Module.Forward("a", X);
        Assert.All(normals.square().sum(1).flatten().Numbers(), length => Assert.Equal(1, length, 1e-5));
        Assert.InRange((normals * truth).sum(1).mean().item<float>(), 0.95, 1);
    }

    [Fact]
    public void Edges()
    {
        var truth = X.select(1, 1).gt(0.5).to(ScalarType.Float32);
        foreach (var loss in (Loss?[])[null, Loss.BinaryCrossEntropy(3), Loss.Tversky(0.3, 0.7), Loss.Focal()])
            Assert.InRange(Right(Train(Head.Edges(), X, truth, loss), truth), 0.9, 1);
    }

    // A square of ones or of minus ones, somewhere in each image.
    private static (Tensor Images, Tensor Boxes) Squares(int images, int side)
    {
        var random = StableRandom.For(1, "squares");
        var (pixels, boxes) = (zeros(images, 1, side, side), full(images, 2, 5, -1f));
        for (var i = 0; i < images; i++)
        {
            var numbers = random.Gaussians(3).Select(Math.Abs).ToArray();
            var (x, y, label) = ((int)(numbers[0] * 10) % (side - 3), (int)(numbers[1] * 10) % (side - 3), i % 2);
            pixels[i, 0].narrow(0, y, 3).narrow(1, x, 3).fill_(label == 0 ? 1 : -1);
            boxes[i, 0] = tensor(new[] { (float)label, (x + 1.5f) / side, (y + 1.5f) / side, 3f / side, 3f / side });
        }
        return (pixels, boxes);
    }

    [Fact]
    public void Boxes_are_found()
    {
        var (images, boxes) = Squares(48, 8);
        manual_seed(0);
        var run = Train(Head.Detect(2, boxes: 3), images, boxes, epochs: 60, backbone: Block.Conv(16, 16));
        var best = run.Model.Tasks[0].Head.Predict(run.Module.Forward("a", images)).select(1, 0).detach(); // [images, 6]
        Assert.Equal([48, 6], best.shape);
        var truth = boxes.select(1, 0);
        Assert.InRange(best.select(1, 1).eq(truth.select(1, 0)).to(ScalarType.Float32).mean().item<float>(), 0.9, 1);
        Assert.InRange(run.Test("a/ap50"), 0.9, 1);
        Assert.InRange((best.narrow(1, 2, 2) - truth.narrow(1, 1, 2)).abs().mean().item<float>(), 0, 0.04);
    }

    [Fact]
    public void Boxes_are_read_from_the_maps_by_their_peaks()
    {
        var maps = full(1, 6, 4, 5, -9f);
        maps.narrow(1, 2, 4).fill_(0);
        maps[0, 1, 2, 3] = tensor(2f);
        maps[0, 1, 2, 4] = tensor(1f); // beside a higher one: no peak
        maps[0, 0, 0, 0] = tensor(0f);
        maps.narrow(1, 2, 4).select(2, 2).select(2, 3).copy_(tensor(new[,] { { 0.5f, 0.25f, 2, 1 } }));
        var boxes = Head.Detect(2, boxes: 2).Predict(maps)[0];
        var expected = tensor(new[,] { { 1 / (1 + MathF.Exp(-2)), 1, 3.5f / 5, 2.25f / 4, 2f / 5, 1f / 4 }, { 0.5f, 0, 0, 0, 0, 0 } });
        Assert.True(Values.Difference(expected, boxes) < 1e-6);
    }

    [Fact]
    public void An_image_without_boxes_teaches_that_there_are_none()
    {
        var maps = zeros(1, 5, 4, 4).requires_grad_();
        Loss.CentreDetection().Mean(maps, full(1, 2, 5, -1f)).backward();
        Assert.True(maps.grad!.narrow(1, 0, 1).gt(0).all().item<bool>());
        Assert.True(maps.grad.narrow(1, 1, 4).eq(0).all().item<bool>());
    }
}
