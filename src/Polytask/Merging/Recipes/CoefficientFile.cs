using System.Text.Json;

namespace Polytask;

/// <summary>
/// Coefficients by tensor as a JSON text, <c>{ "0.weight": [0.3, 0.1], ... }</c>: what <c>JsonSerializer.Serialize(learned.Coefficients)</c> gives.
/// </summary>
internal static class CoefficientFile
{
    /// <exception cref="InvalidDataException">There is no such file, or it is no such text.</exception>
    public static MergeCoefficients Read(string path)
    {
        if (!File.Exists(path)) throw new InvalidDataException($"there is no file of coefficients '{path}'; check its path");
        try
        {
            return MergeCoefficients.Of(JsonSerializer.Deserialize<Dictionary<string, double[]>>(File.ReadAllBytes(path)) ?? []);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: no object of coefficients by tensor, {{ \"0.weight\": [0.3, 0.1], ... }}: {error.Message}",
                error);
        }
    }
}
