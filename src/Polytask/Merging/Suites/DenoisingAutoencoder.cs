using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Trains a body without labels (Vincent et al., ICML 2008): a decoder rebuilds rows of which a part was set to 0 from the body's features of what
/// is left, by the mean squared error with Adam. The decoder is features -> width -> inputs with a GELU, and is thrown away.
/// </summary>
/// <param name="Drop">The share of inputs that is set to 0.</param>
/// <param name="Width">Of the decoder.</param>
/// <param name="Steps">The number of steps.</param>
/// <param name="Rows">Rows of a step.</param>
/// <param name="LearningRate">Adam's.</param>
public sealed record DenoisingAutoencoder(double Drop = 0.3, int Width = 256, int Steps = 400, int Rows = 256, double LearningRate = 1e-3)
{
    /// <summary>Trains the body in place; the mean squared error of each step. Decoder and dropped inputs are drawn by torch's generator.</summary>
    /// <param name="body">[rows, inputs] to [rows, features].</param>
    /// <param name="inputs">[rows, inputs].</param>
    /// <param name="seed">Of the order of rows.</param>
    public IReadOnlyList<double> Train(nn.Module<Tensor, Tensor> body, Tensor inputs, int seed)
    {
        using var scope = NewDisposeScope();
        var features = Features(body, inputs);
        using var decoder = nn.Sequential(nn.Linear(features, Width), nn.GELU(), nn.Linear(Width, inputs.shape[1]));
        decoder.to(inputs.device);
        using var optimizer = optim.Adam(body.parameters().Concat(decoder.parameters()), LearningRate);
        using var order = new Batches("denoising", inputs, [inputs], [null], Rows, seed);
        body.train();
        var errors = new double[Steps];
        for (var step = 0; step < Steps; step++)
        {
            using var inner = NewDisposeScope();
            var (clean, _, _) = order.Next();
            var kept = rand_like(clean).ge(Drop);
            var error = nn.functional.mse_loss(decoder.call(body.call(clean * kept)), clean);
            optimizer.zero_grad();
            error.backward();
            optimizer.step();
            errors[step] = error.item<float>();
        }
        return errors;
    }

    private static long Features(nn.Module<Tensor, Tensor> body, Tensor inputs)
    {
        using var untracked = no_grad();
        return body.call(inputs.narrow(0, 0, 1)).shape[1];
    }
}
