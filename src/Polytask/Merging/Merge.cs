using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Several fine-tuned copies of a model become one without training:
/// <code>
/// var merged = Merge.Of(pretrained, digits, letters).Without("head.*").Ties(keep: 0.2, scale: 0.3);
/// merged.Into(network);                                              // or .ToDictionary(), or .Save("merged.safetensors")
/// Merge.Of("base.safetensors", "a.safetensors", "b.safetensors").TaskArithmetic(0.4).Save("merged.safetensors");
/// </code>
/// Theta_0 is the base, tau_t = theta_t - theta_0 the task vector of model t, T their number.
/// </summary>
public static class Merge
{
    /// <summary>State dictionaries in memory.</summary>
    /// <param name="theta0">The base, from which all were tuned.</param>
    /// <param name="tuned">The tuned models, at least one: "model 1", "model 2" in messages.</param>
    public static MergePool Of(IReadOnlyDictionary<string, Tensor> theta0, params IReadOnlyDictionary<string, Tensor>[] tuned) =>
        Of(ParameterSource.Of(theta0, "base"), [.. tuned.Select((model, i) => ParameterSource.Of(model, $"model {i + 1}"))]);

    /// <summary>Modules of one architecture.</summary>
    /// <inheritdoc cref="Of(IReadOnlyDictionary{string, Tensor}, IReadOnlyDictionary{string, Tensor}[])"/>
    public static MergePool Of(nn.Module theta0, params nn.Module[] tuned) =>
        Of(ParameterSource.Of(theta0, "base"), [.. tuned.Select((model, i) => ParameterSource.Of(model, $"model {i + 1}"))]);

    /// <summary>Safetensors files, or indices of sharded checkpoints, which are merged piece by piece.</summary>
    /// <inheritdoc cref="Of(IReadOnlyDictionary{string, Tensor}, IReadOnlyDictionary{string, Tensor}[])"/>
    /// <exception cref="InvalidDataException">A file is damaged; the message names the file, the tensor and what was expected.</exception>
    public static MergePool Of(string theta0, params string[] tuned) => Of(ParameterSource.Of(theta0), [.. tuned.Select(ParameterSource.Of)]);

    /// <summary>Models of any kind.</summary>
    /// <inheritdoc cref="Of(IReadOnlyDictionary{string, Tensor}, IReadOnlyDictionary{string, Tensor}[])"/>
    public static MergePool Of(IParameterSource theta0, params IParameterSource[] tuned) => new(theta0, [.. tuned], []);
}
