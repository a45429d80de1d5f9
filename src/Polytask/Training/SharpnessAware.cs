using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Sharpness-aware minimisation (Foret et al., ICLR 2021, algorithm 1): with g the gradient at w, the step is made with the gradient at
/// w + rho g / ||g||, the norm over all parameters together. Adaptive (Kwon et al., ICML 2021, equation 5): w + rho w^2 g / || |w| g ||.
/// Both passes of a step draw the same dropout, and running statistics are those of the first pass.
/// </summary>
internal sealed class SharpnessAware(MultiTaskModule module, Parameter[] parameters, double radius, bool adaptive)
{
    /// <summary>Computes the gradients of a step: those of the neighbouring point.</summary>
    /// <param name="first">The pass at the weights; false where its gradients are not finite and the step will be left out.</param>
    /// <param name="second">The pass at the neighbouring point.</param>
    public bool Run(Func<bool> first, Func<bool> second)
    {
        using var scope = NewDisposeScope();
        var drawn = get_rng_state();
        if (!first()) return false;
        var (weights, statistics) = (Copies(parameters), Copies(module.buffers()));
        using (no_grad()) Climb();
        // Passes that draw equally leave the generator where the first one left it.
        set_rng_state(drawn);
        var finite = second();
        using (no_grad())
        {
            foreach (var (parameter, weight) in parameters.Zip(weights)) parameter.copy_(weight);
            foreach (var (buffer, statistic) in module.buffers().Zip(statistics)) buffer.copy_(statistic);
        }
        return finite;
    }

    private void Climb()
    {
        var directions = parameters.Select(parameter => (Parameter: parameter, Gradient: parameter.grad)).Where(pair => pair.Gradient is not null)
            .Select(pair => (pair.Parameter, Length: adaptive ? pair.Parameter.abs() * pair.Gradient! : pair.Gradient!)).ToArray();
        var norm = stack([.. directions.Select(pair => pair.Length.norm())]).norm() + 1e-12;
        foreach (var (parameter, length) in directions)
            parameter.add_((adaptive ? parameter.abs() * length : length) * (radius / norm));
    }

    private static Tensor[] Copies(IEnumerable<Tensor> tensors) => [.. tensors.Select(tensor => tensor.detach().clone())];
}
