using Polytask.Notebooks.Running.Comparing;

namespace Polytask.Notebooks.Tests.Running.Comparing;

/// <summary>Which lines count as the same, and how two texts that differ are shown.</summary>
public sealed class TextComparisonTests
{
    [Theory]
    [InlineData("loss 0.1234567", "loss 0.1234568")]
    [InlineData("a  1.0 |  2.5", "a 1.0000001 | 2.5")]
    [InlineData("1e-8, -2.5E+10", "1.0000001e-8, -2.5000001E+10")]
    [InlineData("8,993 people", "8993 people")]
    [InlineData("work 5/5 1.3 s done", "work 5/5 22.1 s done")]
    [InlineData("Wall time: 12.5 ms", "Wall time: 3 ms")]
    [InlineData("2026-05-04T03:02:01.5Z", "2027-01-01 00:00:00")]
    [InlineData("at 12:30:01", "at 07:00:59.25")]
    [InlineData("object at 0x7f3c00aa10b0", "object at 0x55d3a1f0")]
    [InlineData("00112233-4455-6677-8899-aabbccddeeff", "ffeeddcc-4455-6677-8899-aabbccddeeff")]
    public void These_say_the_same(string a, string b) => Assert.True(TextComparison.Same(a, b, 1e-6));

    [Theory]
    [InlineData("loss 0.12345", "loss 0.12346")]
    [InlineData("x1", "x2")]
    [InlineData("1 of 3", "1 of 4")]
    [InlineData("-1", "1")]
    [InlineData("0", "0.1")]
    [InlineData("1 apple", "1 pear")]
    [InlineData("1 2", "1")]
    [InlineData("NaN", "1")]
    public void These_do_not(string a, string b) => Assert.False(TextComparison.Same(a, b, 1e-6));

    [Fact]
    public void The_tolerance_is_relative_to_the_larger_number()
    {
        Assert.True(TextComparison.Same("100", "109", 0.1));
        Assert.True(TextComparison.Same("90", "100", 0.1));
        Assert.False(TextComparison.Same("89", "100", 0.1));
    }

    [Fact]
    public void A_difference_shows_the_lines_that_changed_and_no_others()
    {
        Assert.Equal(["- b", "+ B", "+ d"], LineDifference.Of(["a", "b", "c"], ["a", "B", "c", "d"], string.Equals));
        Assert.Equal(["- x"], LineDifference.Of(["x", "a", "b"], ["a", "b"], string.Equals));
        Assert.Empty(LineDifference.Of(["a"], ["a"], string.Equals));
        var many = LineDifference.Of([.. Enumerable.Range(0, 5000).Select(i => $"a{i}")], [.. Enumerable.Range(0, 5000).Select(i => $"b{i}")],
            string.Equals);
        Assert.Equal((41, "  ... and 9960 more lines"), (many.Count, many[^1]));
    }
}
