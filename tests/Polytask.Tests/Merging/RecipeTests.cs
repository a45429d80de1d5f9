using System.Text.Json;
using Polytask.Tests.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Merging;

/// <summary>Methods with coefficients in recipes, and the files of coefficients.</summary>
public sealed class RecipeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    public RecipeTests()
    {
        SafeTensors.Save(At("base.safetensors"), Pool.Base());
        foreach (var (i, model) in Pool.Tuned().Index()) SafeTensors.Save(At($"{i}.safetensors"), model);
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private string At(string name) => Path.Combine(folder.Path, name);

    private MergeRecipe Recipe(string method)
    {
        File.WriteAllText(At("recipe.json"), $$"""
            { "base": "base.safetensors", "models": ["0.safetensors", "1.safetensors", "2.safetensors"], "method": { "name": {{method}} },
              "output": "merged.safetensors" }
            """);
        return MergeRecipe.Read(At("recipe.json"));
    }

    [Fact]
    public void Recipes_merge_by_coefficients_DOGE_and_Iso_CTS()
    {
        var lambda = new Dictionary<string, double[]> { ["a.weight"] = [0.1, 0.2, 0.3], ["b.bias"] = [0.6, 0.5, 0.4] };
        File.WriteAllText(At("lambda.json"), JsonSerializer.Serialize(lambda));
        foreach (var (text, method) in new[]
        {
            ("\"coefficients\", \"file\": \"lambda.json\"", MergeMethod.Coefficients(lambda)),
            ("\"coefficients\", \"file\": \"lambda.json\", \"ties\": 0.4", MergeMethod.Coefficients(lambda, TaskVectorRule.Ties(0.4))),
            ("\"iso-cts\", \"common\": 0.5, \"scale\": 1.5", MergeMethod.IsotropicCts(0.5, 1.5)),
            ("\"doge\", \"coefficient\": 0.4, \"keep\": 0.5, \"steps\": 5, \"without-projection\": true", MergeMethod.Doge(new()
            {
                Coefficients = MergeCoefficients.EqualNormsOfMedian(0.4),
                Keep = 0.5,
                Steps = 5,
                IsProjected = false,
            })),
        })
        {
            Recipe(text).Run();
            Pool.SameBits(Pool.Reference().By(method).ToDictionary(), SafeTensors.Load(At("merged.safetensors")));
        }
    }

    [Fact]
    public void Files_of_coefficients_that_are_wrong_are_named()
    {
        string Refused(string text)
        {
            File.WriteAllText(At("lambda.json"), text);
            return Assert.Throws<InvalidDataException>(() => Recipe("\"coefficients\", \"file\": \"lambda.json\"")).Message;
        }
        Assert.Contains("there is no file of coefficients", Assert.Throws<InvalidDataException>(
            () => Recipe("\"coefficients\", \"file\": \"none.json\"")).Message);
        Assert.Contains("lambda.json: no object of coefficients by tensor", Refused("[1, 2]"));
        Assert.Contains("lambda.json: no object of coefficients by tensor", Refused("{ \"a.weight\": 0.3 }"));
        Assert.Contains("lacks \"file\"", Assert.Throws<InvalidDataException>(() => Recipe("\"coefficients\"")).Message);
    }
}
