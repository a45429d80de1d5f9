using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Polytask.Analysis.Tests;

public partial class DiagramTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly Model Mmoe = Model.Named("mmoe").Input(40).Backbone(Block.Mlp(128)).Experts(3, Block.Mlp(64, 32))
        .Task("income", Head.Classify(9), tower: Block.Mlp(8)).Task("married", Head.Binary(), loss: Loss.Focal(2));

    private static readonly Model Large = Enumerable.Range(1, 8).Aggregate(
        Model.Named("large").Input(1, 36, 36).Backbone(Block.Conv([8, 16], kernel: 5, pool: 2).Then(Block.Mlp(64))).Experts(16, Block.Mlp(64, 32)),
        (model, task) => model.Task($"task {task}", Head.Classify(10), tower: Block.Mlp(16)));

    private static readonly Model Hostile = Model.Named("<script>alert(1)</script> & \"q\" \u0001\ud800 on and on and on until nobody reads it any more at all, and further")
        .Input(3).Task("a & <b>" + new string('x', 60), Head.Regress()).Task("漢字の課題名", Head.Binary(), loss: Loss.Of("]]> <loss> of a long name that takes more than two lines of any box, however wide it is made", (output, target) => (output - target).abs()));

    private static readonly Model[] Kinds = [Mmoe, Mmoe.Gate(Gate.Softmax().Shared()), Mmoe.WithoutExperts(), Mmoe.SingleTask(), Made.Shared, Made.Gated, Large, Hostile,
        Model.Named("many").Input(3).Experts(128, Block.Mlp(4)).Task("y", Head.Regress())];

    private static string[] Texts(Model model) => [.. XDocument.Parse(model.Diagram().Svg).Descendants(Svg + "text").Select(text => text.Nodes().OfType<XText>().First().Value)];

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    [Fact]
    public void Draws_every_part_and_the_shapes_between_them()
    {
        var texts = Texts(Mmoe);
        foreach (var text in new[] { "mmoe", "input", "backbone", "40", "128", "3 x 32", "32", "8", "3 experts", "each mlp 64-32 ReLU", "1", "2", "3", "gate 'income'", "gate 'married'", "tower", "task 'income'", "task 'married'", "classify 9 classes, cross-entropy", "binary, focal, gamma 2" })
            Assert.Contains(text, texts);
        Assert.Equal(Mmoe.ToString(), Mmoe.Diagram().ToMimeBundle()["text/plain"]);
    }

    // 40 x 128 + 128; 3 (128 x 64 + 64 + 64 x 32 + 32); a gate is 128 x 3; the tower 32 x 8 + 8; heads 8 x 9 + 9 and 32 + 1.
    [Fact]
    public void Every_part_says_its_parameters_and_all_add_up()
    {
        var counts = Texts(Mmoe).Select(text => Parameters().Match(text)).Where(match => match.Success)
            .Select(match => long.Parse(match.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal([5248, 31008, 384, 384, 264, 81, 33], counts.Skip(1));
        Assert.Equal(counts.Skip(1).Sum(), counts[0]);
        Assert.Equal(Mmoe.ParameterCount, counts[0]);
    }

    [Fact]
    public void Blocks_of_a_chain_are_drawn_one_by_one() =>
        Assert.Equal(["input", "backbone 1", "backbone 2"], Texts(Large).Where(text => text == "input" || text.StartsWith("backbone", StringComparison.Ordinal)));

    [Fact]
    public void A_shared_gate_is_drawn_once() => Assert.Single(Texts(Mmoe.Gate(Gate.Softmax().Shared())), text => text.Contains("gate"));

    [Fact]
    public void A_large_bank_shows_its_first_experts_dots_and_the_last()
    {
        var tiles = Texts(Kinds[^1]).Where(text => text == "…" || (int.TryParse(text, out var number) && number > 4)).ToArray();
        Assert.Equal([.. Enumerable.Range(5, 18).Select(number => $"{number}"), "…", "128"], tiles);
    }

    [Fact]
    public void Everything_lies_inside_the_picture_and_no_box_on_another()
    {
        foreach (var model in Kinds)
        {
            var picture = XDocument.Parse(model.Diagram().Svg).Root!;
            var (width, height) = (Number(picture, "width"), Number(picture, "height"));
            foreach (var box in picture.Descendants(Svg + "rect").Where(box => box.Attribute("x") is not null))
            {
                Assert.InRange(Number(box, "x"), 0, width - Number(box, "width"));
                Assert.InRange(Number(box, "y"), 0, height - Number(box, "height"));
            }
            foreach (var point in picture.Descendants(Svg + "polyline").SelectMany(line => ((string)line.Attribute("points")!).Split(' ')).Select(point => point.Split(',').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray()))
            {
                Assert.InRange(point[0], 0, width);
                Assert.InRange(point[1], 0, height);
            }
            // Tiles lie in their bank on purpose; every other pair of boxes is apart.
            var boxes = picture.Elements(Svg + "g").Where(group => group.Elements(Svg + "text").Count() > 1).Select(group => group.Elements(Svg + "rect").Last()).ToArray();
            for (var i = 0; i < boxes.Length; i++)
                for (var j = 0; j < i; j++)
                    Assert.True(Apart(boxes[i], boxes[j], "x", "width") || Apart(boxes[i], boxes[j], "y", "height"), $"{model.Name}: {boxes[i]} and {boxes[j]}");
        }
        static bool Apart(XElement one, XElement other, string start, string length) =>
            Number(one, start) + Number(one, length) <= Number(other, start) || Number(other, start) + Number(other, length) <= Number(one, start);
    }

    // A browser lays the texts out with the fonts that it has, which are not the table that the boxes were made by.
    [NeedsChromiumFact]
    public void Texts_lie_inside_their_boxes_as_a_browser_draws_them()
    {
        const string script = """
            <script>
            const bad = [], groups = document.querySelectorAll('svg g');
            for (const group of groups) {
              const box = [...group.querySelectorAll('rect')].at(-1).getBBox();
              for (const text of group.querySelectorAll('text')) {
                const drawn = text.getBBox();
                if (drawn.x < box.x || drawn.x + drawn.width > box.x + box.width || drawn.y < box.y - 1 || drawn.y + drawn.height > box.y + box.height + 1) bad.push(text.textContent);
              }
            }
            document.title = groups.length + ' boxes, outside: ' + bad.join('; ');
            </script>
            """;
        var page = Path.Combine(Directory.CreateTempSubdirectory("polytask-").FullName, "page.html");
        File.WriteAllText(page, $"<!DOCTYPE html><meta charset=\"utf-8\"><title></title>{string.Concat(Kinds.Select(model => model.Diagram().Svg))}{script}");
        var title = Title().Match(NeedsChromiumFactAttribute.Run("--dump-dom", new Uri(page).AbsoluteUri)).Groups[1].Value;
        Directory.Delete(Path.GetDirectoryName(page)!, recursive: true);
        Assert.Matches(@"^\d{2,} boxes, outside: $", title);
    }

    [Fact]
    public void Any_name_gives_valid_xml_and_no_tag()
    {
        var picture = XDocument.Parse(Hostile.Diagram().Svg).Root!; // throws where it is not
        Assert.Empty(picture.Descendants(Svg + "script"));
        var texts = picture.Descendants(Svg + "text").Select(text => text.Value).ToArray();
        Assert.Contains(texts, text => text.StartsWith("<script>alert(1)</script> & \"q\" \uFFFD\uFFFD on", StringComparison.Ordinal));
        // What is cut is whole in the tooltip.
        Assert.Contains($"task 'a & <b>{new string('x', 60)}'", picture.Descendants(Svg + "text").Elements(Svg + "title").Select(tooltip => tooltip.Value));
    }

    [Fact]
    public void A_drawing_says_what_it_shows_to_those_who_do_not_see_it()
    {
        var picture = XDocument.Parse(Mmoe.Diagram().Svg).Root!;
        Assert.Equal("img", (string?)picture.Attribute("role"));
        Assert.Equal("Diagram of the model mmoe", picture.Element(Svg + "title")!.Value);
        Assert.Equal(Mmoe.ToString(), picture.Element(Svg + "desc")!.Value);
    }

    [Fact]
    public void Drawing_does_not_change_what_a_seeded_program_draws_next()
    {
        TorchSharp.torch.manual_seed(5);
        var expected = TorchSharp.torch.rand(3).data<float>().ToArray();
        TorchSharp.torch.manual_seed(5);
        Mmoe.Diagram();
        Assert.Equal(expected, TorchSharp.torch.rand(3).data<float>().ToArray());
    }

    [Fact]
    public void A_model_that_is_not_complete_is_refused()
    {
        Assert.Contains("has no input", Assert.Throws<DeclarationException>(() => Model.Named("m").Task("y", Head.Regress()).Diagram()).Message);
        Assert.Contains("has no task", Assert.Throws<DeclarationException>(() => Model.Named("m").Input(3).Diagram()).Message);
    }

    [GeneratedRegex("^([0-9,]+) parameters?(;.*)?$")]
    private static partial Regex Parameters();

    [GeneratedRegex("<title>([0-9]+ boxes.*?)</title>", RegexOptions.Singleline)]
    private static partial Regex Title();

    private sealed class NeedsChromiumFactAttribute : FactAttribute
    {
        public NeedsChromiumFactAttribute()
        {
            if (Executable is null) Skip = "Chromium is not installed (apt-get install chromium).";
        }

        private static string? Executable => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);

        public static string Run(params string[] arguments)
        {
            using var browser = Process.Start(new ProcessStartInfo(Executable!, ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            browser.ErrorDataReceived += (_, _) => { };
            browser.BeginErrorReadLine();
            var output = browser.StandardOutput.ReadToEnd();
            browser.WaitForExit();
            return output;
        }
    }
}
