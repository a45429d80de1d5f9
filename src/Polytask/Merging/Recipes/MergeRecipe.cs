using System.Collections.Immutable;
using System.Text.Json;

namespace Polytask;

/// <summary>
/// A merge of files as a JSON text, for <c>polytask merge</c>:
/// <code>
/// {
///   "base": "base.safetensors",
///   "models": ["digits.safetensors", "letters/model.safetensors.index.json"],
///   "method": { "name": "ties", "keep": 0.2, "scale": 0.3, "reduction": "sum" },
///   "exclude": ["head.*"],
///   "output": "merged.safetensors"
/// }
/// </code>
/// Settings that a method has and the recipe leaves out have their defaults. Paths are relative to the recipe.
/// </summary>
public sealed class MergeRecipe
{
    private readonly string folder;
    private readonly string theta0;
    private readonly ImmutableArray<string> models;
    private readonly ImmutableArray<string> excluded;

    private MergeRecipe(string path, JsonElement root)
    {
        folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var settings = new RecipeSettings(root, "the recipe", At);
        theta0 = settings.Path("base");
        models = settings.Paths("models");
        Method = MergeMethodNames.Read(settings.Required("method"), At);
        excluded = settings.Texts("exclude", []);
        Output = settings.Path("output");
        settings.RefuseOthers();
    }

    /// <summary>How the models are merged.</summary>
    public MergeMethod Method { get; }

    /// <summary>The file that is written, as a full path.</summary>
    public string Output { get; }

    /// <summary>Reads a recipe; the models are not opened yet.</summary>
    /// <exception cref="InvalidDataException">It is no such recipe; the message says what is wrong where, with the nearest name.</exception>
    public static MergeRecipe Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"there is no recipe '{path}' (looked for as '{Path.GetFullPath(path)}'); check its path", path);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), new()
            {
                CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
                AllowDuplicateProperties = false,
            });
            return new MergeRecipe(path, document.RootElement);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: not valid JSON: {error.Message}", error);
        }
        catch (Exception error) when (error is InvalidDataException or DeclarationException)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>Merges the files piece by piece into the output.</summary>
    /// <exception cref="ArgumentException">The models do not fit each other; everything that is wrong is listed.</exception>
    /// <exception cref="InvalidDataException">NaN or infinite numbers, or a damaged file; nothing is left of the output.</exception>
    public MergedModel Run()
    {
        var merged = Merge.Of(theta0, [.. models]).Without([.. excluded]).By(Method);
        // Loaders of other libraries ask which one wrote the file.
        merged.Save(Output, new Dictionary<string, string> { ["format"] = "pt", ["merge"] = Method.ToString()! });
        return merged;
    }

    private string At(string path) => Path.GetFullPath(path, folder);
}
