using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask.Tests.Weightings;

/// <summary>Networks whose layers are called in the ways that layers can be called, with rows for them.</summary>
internal static class Networks
{
    public static TheoryData<string> Names() => ["mlp", "in place", "tied", "twice", "tokens", "convolution", "norms"];

    /// <summary>A network [rows, ...] → [rows, features], and inputs of so many rows; wide layers and few rows, so that factors are cheaper.</summary>
    public static (nn.Module<Tensor, Tensor> Network, Tensor Inputs) Named(string name, long rows)
    {
        manual_seed(5);
        nn.Module<Tensor, Tensor> network = name switch
        {
            "mlp" => nn.Sequential(nn.Linear(40, 48), nn.Tanh(), nn.Linear(48, 56), nn.Tanh()),
            "in place" => nn.Sequential(nn.Linear(40, 48), nn.ReLU(inplace: true), nn.Linear(48, 56), nn.ReLU(inplace: true)),
            "tied" => new Tied(),
            "twice" => new Twice(),
            "tokens" => nn.Sequential(nn.Linear(40, 48), nn.Tanh(), nn.Linear(48, 56), nn.Flatten()),
            "convolution" => nn.Sequential(nn.Conv2d(12, 20, 3, stride: 2, padding: 1), nn.ReLU(), nn.Conv2d(20, 32, 2, dilation: 2), nn.Flatten()),
            "norms" => nn.Sequential(nn.Linear(40, 48), nn.LayerNorm(48), nn.ReLU(), nn.Linear(48, 56, hasBias: false), nn.Linear(56, 60)),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
        return (network, name switch
        {
            "tokens" => Values.Normal(1, rows, 2, 40),
            "convolution" => Values.Normal(1, rows, 12, 6, 6),
            _ => Values.Normal(1, rows, 40),
        });
    }

    // Its weight is a part of the output too, outside of the layer's call.
    private sealed class Tied : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Linear layer = nn.Linear(40, 48);
        private readonly TorchSharp.Modules.Linear other = nn.Linear(48, 52);

        public Tied() : base("tied") => RegisterComponents();

        public override Tensor forward(Tensor x)
        {
            var hidden = layer.call(x).tanh();
            return cat([hidden.matmul(layer.weight).narrow(1, 0, 12).tanh(), other.call(hidden)], 1);
        }
    }

    private sealed class Twice : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Linear first = nn.Linear(40, 48);
        private readonly TorchSharp.Modules.Linear again = nn.Linear(48, 48);

        public Twice() : base("twice") => RegisterComponents();

        public override Tensor forward(Tensor x) => again.call(again.call(first.call(x).tanh()).tanh());
    }
}
