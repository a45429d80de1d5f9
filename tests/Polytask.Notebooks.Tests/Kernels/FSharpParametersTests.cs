using Polytask.Notebooks.Kernels.CSharp;
using Polytask.Notebooks.Kernels.FSharp;

namespace Polytask.Notebooks.Tests.Kernels;

public sealed class FSharpParametersTests
{
    private const string Source = """
        // what a reader may change
        let scale = "cpu" // or "smoke"
        let seeds = 5
        let mutable rate = 0.1
        let fast: bool = false
        let ``the size`` : int64 = 3L
        let small = 1e-3f
        let sizes = [1; 2]
          let inner = 3
        """;

    [Fact]
    public void Values_are_given_in_the_declared_types() => Assert.Equal(
        "let scale = \"a \\\"b\\\"\\n\\\\c\"\nlet seeds = -7\nlet mutable rate = 2.0\nlet fast = true\nlet ``the size`` = 9L\nlet small = 0.5f",
        FSharpParameters.Assign(Source,
            [new("scale", "a \"b\"\n\\c"), new("seeds", "-7"), new("rate", "2"), new("fast", "true"), new("the size", "9"), new("small", ".5")]));

    [Fact]
    public void Defaults_are_texts_without_their_quotes_and_the_rest_as_written()
    {
        var defaults = FSharpParameters.Defaults(Source);
        Assert.Equal(["scale", "seeds", "rate", "fast", "the size", "small", "sizes"], defaults.Keys);
        Assert.Equal(("cpu", "5", "0.1", "[1; 2]"), (defaults["scale"], defaults["seeds"], defaults["rate"], defaults["sizes"]));
    }

    [Theory]
    [InlineData("speed", "1", "there is no parameter 'speed'; the notebook has: scale, seeds, rate, fast, the size, small, sizes")]
    [InlineData("seeds", "1.5", "parameter 'seeds' is a whole number (5 in the notebook), which '1.5' is not")]
    [InlineData("rate", "fast", "parameter 'rate' is a number")]
    [InlineData("fast", "1", "parameter 'fast' is true or false")]
    [InlineData("sizes", "1", "parameter 'sizes' is not a literal")]
    [InlineData("seeds", "1; exit 0", "parameter 'seeds' is a whole number")]
    public void What_does_not_fit_is_refused(string name, string value, string message) =>
        Assert.StartsWith(message, Assert.Throws<ParameterException>(() => FSharpParameters.Assign(Source, [new(name, value)])).Message);
}
