using System.Xml.Linq;

namespace Polytask.Analysis.Tests;

public class DiagramTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static string[] Texts(Diagram diagram) => [.. XDocument.Parse(diagram.Svg).Descendants(Svg + "text").Select(text => text.Value)];

    // Every rectangle but the white ground.
    private static IEnumerable<XElement> Boxes(XContainer picture) => picture.Descendants(Svg + "rect").Where(box => box.Attribute("x") is not null);

    [Fact]
    public void Draws_every_part_and_the_shapes_between_them()
    {
        var model = Model.Named("mmoe").Input(40).Backbone(Block.Mlp(128)).Experts(3, Block.Mlp(64, 32))
            .Task("income", Head.Classify(9), tower: Block.Mlp(8)).Task("married", Head.Binary(), loss: Loss.Focal(2));
        var diagram = model.Diagram();
        var texts = Texts(diagram);
        foreach (var text in new[] { "mmoe", "input", "backbone", "40", "128", "32", "8", "expert 1: mlp 64-32 ReLU", "expert 3: mlp 64-32 ReLU", "gate 'income'", "gate 'married'", "tower", "task 'income'", "task 'married'", "classify 9 classes", "binary" })
            Assert.Contains(text, texts);
        // input, backbone, three experts, two gates, a tower, two heads
        Assert.Equal(10, Boxes(XDocument.Parse(diagram.Svg)).Count());
        Assert.Equal(model.ToString(), diagram.ToMimeBundle()["text/plain"]);
    }

    [Fact]
    public void Everything_lies_inside_the_picture()
    {
        foreach (var model in new[] { Made.Shared, Made.Gated, Made.Gated.SingleTask(), Model.Named("big").Input(1, 36, 36).Backbone(Block.Conv(8, 16)).Experts(32, Block.Mlp(4)).Task("left", Head.Classify(10)) })
        {
            var picture = XDocument.Parse(model.Diagram().Svg).Root!;
            var (width, height) = ((double)picture.Attribute("width")!, (double)picture.Attribute("height")!);
            foreach (var box in Boxes(picture))
            {
                Assert.InRange((double)box.Attribute("x")!, 0, width - (double)box.Attribute("width")!);
                Assert.InRange((double)box.Attribute("y")!, 0, height - (double)box.Attribute("height")!);
            }
            foreach (var point in picture.Descendants(Svg + "polyline").SelectMany(line => ((string)line.Attribute("points")!).Split(' ')).Select(point => point.Split(',').Select(double.Parse).ToArray()))
            {
                Assert.InRange(point[0], 0, width);
                Assert.InRange(point[1], 0, height);
            }
        }
    }

    [Fact]
    public void Many_experts_are_drawn_as_the_first_two_dots_and_the_last()
    {
        var texts = Texts(Model.Named("m").Input(3).Experts(32, Block.Mlp(4)).Task("y", Head.Regress()).Diagram());
        Assert.Equal(["expert 1: mlp 4 ReLU", "expert 2: mlp 4 ReLU", "⋮", "expert 32: mlp 4 ReLU"], texts.Where(text => text.StartsWith("expert") || text == "⋮"));
    }

    [Fact]
    public void Names_are_escaped()
    {
        var svg = Model.Named("<script>alert(1)</script>").Input(3).Task("a & <b>", Head.Regress()).Diagram().Svg;
        Assert.DoesNotContain("<script", svg);
        Assert.Contains("task 'a & <b>'", XDocument.Parse(svg).Descendants(Svg + "text").Select(text => text.Value));
    }

    [Fact]
    public void A_model_that_is_not_complete_is_refused()
    {
        Assert.Contains("has no input", Assert.Throws<DeclarationException>(() => Model.Named("m").Task("y", Head.Regress()).Diagram()).Message);
        Assert.Contains("has no task", Assert.Throws<DeclarationException>(() => Model.Named("m").Input(3).Diagram()).Message);
    }
}
