using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>The step that is timed and watched: an MLP 64-128-128-1 with Adam on a batch of 256, written as a user would, without a dispose scope.</summary>
internal sealed class Mlp
{
    private readonly Sequential model = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, 1));
    private readonly optim.Optimizer optimizer;
    private readonly Tensor x = randn(256, 64);
    private readonly Tensor y = randn(256, 1);

    public Mlp() => optimizer = optim.Adam(model.parameters(), 1e-3);

    public void Steps(int count)
    {
        for (var i = 0; i < count; i++)
        {
            optimizer.zero_grad();
            var loss = nn.functional.mse_loss(model.call(x), y);
            loss.backward();
            optimizer.step();
        }
    }
}
