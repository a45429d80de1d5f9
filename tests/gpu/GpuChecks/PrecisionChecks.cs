using Polytask;
using TorchSharp;
using TorchSharp.Tests;
using static TorchSharp.torch;

namespace GpuChecks;

/// <summary>Autocast and loss scaling on the device.</summary>
internal static class PrecisionChecks
{
    public static void Run(Report report, Device device)
    {
        // The CPU has float16 in newer versions only.
        ScalarType[] types = device.type == DeviceType.CUDA ? [ScalarType.BFloat16, ScalarType.Float16] : [ScalarType.BFloat16];
        foreach (var type in types)
        {
            report.Check($"autocast to {type}: types and values", () => Products(device, type));
            report.Check($"autocast to {type}: training with a gradient scaler", () => Training(device, type));
        }
    }

    private static void Products(Device device, ScalarType type)
    {
        var (a, b) = (Reference.Pattern([33, 65]).to(device), Reference.Pattern([65, 17], 2).to(device));
        Tensor product;
        using (autocast(device.type, type))
        {
            product = a.matmul(b);
            Assert.Equal(type, product.dtype);
            // A loss needs float32's range.
            Assert.Equal(ScalarType.Float32, nn.functional.mse_loss(product, zeros_like(product)).dtype);
        }
        Assert.Equal(ScalarType.Float32, a.matmul(b).dtype);
        // Half a unit of bfloat16's last place, for each of the two factors and the result; float16 has a finer one.
        var bound = a.cpu().abs().matmul(b.cpu().abs()) * (3.0 / 512);
        var distance = (a.cpu().matmul(b.cpu()) - product.cpu().to(ScalarType.Float32)).abs();
        Assert.True((distance <= bound).all().item<bool>(), $"the product is off by up to {(distance / bound).max().item<float>()} times the bound");
    }

    private static void Training(Device device, ScalarType type)
    {
        manual_seed(3);
        var net = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 1)).to(device);
        using var optimizer = optim.SGD(net.parameters(), 0.05, momentum: 0.9);
        var scaler = new GradientScaler(enabled: type == ScalarType.Float16);
        var x = Reference.Pattern([64, 8]).to(device);
        var y = x.sum(dim: 1, keepdim: true).tanh();
        double first = 0, last = 0;
        for (var step = 0; step < 60; step++)
        {
            optimizer.zero_grad();
            Tensor loss;
            using (autocast(device.type, type)) loss = nn.functional.mse_loss(net.call(x), y);
            scaler.Scale(loss).backward();
            Assert.All(net.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.grad!.dtype));
            scaler.Step(optimizer);
            scaler.Update();
            last = loss.item<float>();
            if (step == 0) first = last;
        }
        Assert.True(last < first / 10, $"the loss went from {first} to {last}");
    }
}
