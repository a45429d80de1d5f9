using Polytask.Notebooks.Jupyter.Protocol;

namespace Polytask.Notebooks.Tests.Jupyter;

public sealed class CodePointsTests
{
    /// <summary>len(text.encode('utf-16-le')) // 2 in Python, for each beginning of the text.</summary>
    [Theory]
    [InlineData("abc", new[] { 0, 1, 2, 3 })]
    [InlineData("ä=😀;x", new[] { 0, 1, 2, 4, 5, 6 })]
    [InlineData("𝒳𝒴", new[] { 0, 2, 4 })]
    public void Code_points_and_UTF_16_units_are_translated_both_ways(string text, int[] units)
    {
        for (var points = 0; points < units.Length; points++)
        {
            Assert.Equal(units[points], CodePoints.ToIndex(text, points));
            Assert.Equal(points, CodePoints.FromIndex(text, units[points]));
        }
        Assert.Equal(text.Length, CodePoints.ToIndex(text, units.Length + 5));
        Assert.Equal(0, CodePoints.ToIndex(text, -1));
    }

    [Fact]
    public void Halves_of_pairs_count_as_one()
    {
        Assert.Equal(2, CodePoints.ToIndex("\ud83dx", 2));
        Assert.Equal(2, CodePoints.FromIndex("x\ud83d", 2));
    }
}
