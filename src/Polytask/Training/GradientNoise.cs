using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// g &lt;- g + N(0, eta / (1 + t)^gamma), independent for every element and step t from 0 (Neelakantan et al., 2015, section 3). A step's noise
/// follows from the seed and the step, so that a resumed run needs no state of it, and nothing else draws from its generator.
/// </summary>
internal sealed class GradientNoise(double eta, double gamma, int seed)
{
    /// <summary>Adds the noise of a step to the gradients of parameters that have one.</summary>
    public void Add(IEnumerable<Parameter> parameters, long step)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        Tensor[] gradients = [.. parameters.Select(parameter => parameter.grad).OfType<Tensor>()];
        if (gradients.Length == 0) return;
        var bits = StableRandom.For(seed, $"gradient noise, step {step}").NextBits();
        using var generator = new Generator(bits, gradients[0].device);
        var noise = randn([gradients.Sum(gradient => gradient.numel())], device: gradients[0].device, generator: generator)
            .mul_(Math.Sqrt(eta / Math.Pow(1 + step, gamma)));
        var start = 0L;
        foreach (var gradient in gradients)
        {
            gradient.add_(noise.narrow(0, start, gradient.numel()).view(gradient.shape));
            start += gradient.numel();
        }
    }
}
