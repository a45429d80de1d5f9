using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Cli.Tests;

public sealed class MergeCommandTests : IDisposable
{
    private readonly CommandLine _polytask = new();

    public MergeCommandTests()
    {
        Directory.CreateDirectory(_polytask.At("models"));
        Save("models/base.safetensors", 1, 2);
        Save("models/a.safetensors", 2, 0);
        Save("models/b.safetensors", 5, 1);
    }

    public void Dispose() => _polytask.Dispose();

    private void Save(string path, params float[] weight) =>
        SafeTensors.Save(_polytask.At(path), new Dictionary<string,
            Tensor>
        { ["body.weight"] = tensor(weight), ["head.weight"] = tensor(weight) * 10 });

    private Outcome Merge(string recipe)
    {
        File.WriteAllText(_polytask.At("models/recipe.json"), recipe);
        return _polytask.Run("merge", "models/recipe.json");
    }

    private const string Output = "merged.safetensors";

    private Outcome MergeBy(string method) =>
        Merge($$"""{ "base": "base.safetensors", "models": ["a.safetensors", "b.safetensors"], "method": {{method}}, "output": "{{Output}}" }""");

    private float[] Merged(string name)
    {
        using var file = SafeTensors.Open(_polytask.At("models/merged.safetensors"));
        return file.Read(name).data<float>().ToArray();
    }

    [Fact]
    public void A_recipe_merges_files_beside_it()
    {
        var run = Merge("""
            {
              // Comments are fine, and so is a comma at the end.
              "base": "base.safetensors", "models": ["a.safetensors", "b.safetensors"], "exclude": ["head.*"],
              "method": { "name": "task-arithmetic", "scale": 0.5 }, "output": "merged.safetensors",
            }
            """);
        Assert.Equal((0, "", $"{_polytask.At("models/merged.safetensors")} is written: 2 tensors, task arithmetic 0.5\n"),
            (run.ExitCode, run.Errors, run.Output));
        Assert.Equal([1 + 0.5f * (1 + 4), 2 + 0.5f * (-2 - 1)], Merged("body.weight"));
        Assert.Equal([10f, 20f], Merged("head.weight"));
    }

    [Fact]
    public void Methods_have_their_settings_and_may_hold_another()
    {
        Assert.Equal(0, MergeBy("\"average\"").ExitCode);
        Assert.Equal([3.5f, 0.5f], Merged("body.weight"));
        const string ties = """{ "name": "ties", "keep": 1, "scale": 2, "reduction": "sum" }""";
        Assert.Equal(0, MergeBy($$"""{ "name": "dare", "rate": 0, "then": {{ties}} }""").ExitCode);
        Assert.Equal([1 + 2 * 5f, 2 - 2 * 3f], Merged("body.weight"));
    }

    [Theory]
    [InlineData("""{ "name": "teis" }""", "there is no method 'teis' of merging", "did you mean 'ties'?")]
    [InlineData("""{ "name": "ties", "kepe": 0.2 }""", "the method ties has no setting \"kepe\"; it takes 'name', 'keep', 'scale' and 'reduction'",
        "'keep'?")]
    [InlineData("""{ "name": "ties", "keep": "much" }""", "\"keep\" of the method ties is the text 'much'; expected a number", "")]
    [InlineData("""{ "name": "ties", "keep": 2 }""", "the fraction that TIES keeps is in [0, 1], but got 2", "")]
    [InlineData("""{ "name": "ties", "reduction": "meen" }""", "\"reduction\" of the method ties is 'meen'; expected 'mean' and 'sum'", "'mean'?")]
    [InlineData("""{ "name": "dare" }""", "the method dare lacks \"then\"", "")]
    [InlineData("""{ "name": "emr", "task": 1.5 }""", "\"task\" of the method emr is 1.5; expected a whole number", "")]
    [InlineData("7", "the method is 7; expected an object", "")]
    [InlineData("\"slerp\", \"modles\": []", "the recipe has no setting \"modles\"", "did you mean 'models'?")]
    [InlineData("\"average\", \"method\": \"ties\"", "not valid JSON", "method")]
    public void A_recipe_that_is_wrong_says_where(string method, string expected, string nearest)
    {
        var run = MergeBy(method);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("models/recipe.json: ", run.Errors);
        Assert.Contains(expected, run.Errors);
        Assert.Contains(nearest, run.Errors);
        Assert.False(File.Exists(_polytask.At("models/merged.safetensors")));
    }

    [Fact]
    public void Models_that_do_not_fit_or_are_not_there_are_named()
    {
        SafeTensors.Save(_polytask.At("models/b.safetensors"), new Dictionary<string,
            Tensor>
        { ["body.wieght"] = zeros(2), ["head.weight"] = zeros(3) });
        var unfit = MergeBy("\"average\"");
        Assert.Equal(2, unfit.ExitCode);
        Assert.Contains("b.safetensors: there is no 'body.weight', which is [2] of Float32; did you mean 'body.wieght'?", unfit.Errors);
        Assert.Contains("b.safetensors: 'head.weight' is [3] of Float32, expected [2] of Float32", unfit.Errors);
        File.Delete(_polytask.At("models/b.safetensors"));
        Assert.Contains("there is no file", MergeBy("\"average\"").Errors);
        Assert.Contains("there is no recipe 'none.json'", _polytask.Run("merge", "none.json").Errors);
        File.WriteAllText(_polytask.At("models/b.safetensors"), "no safetensors");
        Assert.Equal(2, MergeBy("\"average\"").ExitCode);
    }
}
