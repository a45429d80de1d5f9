using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>What goes wrong is an exception of TorchSharp's type whose message has the operator and the shapes, types and devices.</summary>
public class ErrorTests
{
    private static readonly Tensor x = ones(2, 3);

    private static readonly Tensor elsewhere = zeros([2, 3], device: META);

    private static readonly Dictionary<string, (Action Action, string[] Parts)> native = new()
    {
        ["shapes of a product"] = (() => x.mm(zeros(4, 5)), ["aten::mm", "float32[2, 3]", "float32[4, 5]"]),
        ["shapes of a batched product"] = (() => zeros(2, 3, 4).bmm(zeros(2, 3, 4)), ["aten::bmm", "float32[2, 3, 4]"]),
        ["shapes that do not broadcast"] = (() => _ = x + ones(4), ["aten::add", "float32[2, 3]", "float32[4]", "must match"]),
        ["in place, into a smaller shape"] = (() => ones(3).add_(x), ["aten::add_", "float32[3]", "float32[2, 3]"]),
        ["a view of another size"] = (() => x.view(4), ["aten::view", "float32[2, 3]", "[4]"]),
        ["an expansion of a dimension that is not 1"] = (() => x.expand(2, 4), ["aten::expand", "float32[2, 3]"]),
        ["types of a product"] = (() => x.mm(zeros(3, 2, float64)), ["aten::mm", "float32[2, 3]", "float64[3, 2]"]),
        ["an index that is no integer"] = (() => x.gather(1, zeros(2, 1)), ["aten::gather", "int64"]),
        ["bits of a float"] = (() => x.bitwise_not(), ["aten::bitwise_not", "float32[2, 3]"]),
        ["a mean of integers"] = (() => arange(3).mean(), ["aten::mean", "int64[3]"]),
        ["gradients of integers"] = (() => arange(3).requires_grad_(), ["floating point"]),
        ["operands on two devices"] = (() => _ = x + elsewhere, ["aten::add", "float32[2, 3]@meta", "same device"]),
        ["elements of a tensor without any"] = (() => elsewhere.cpu(), ["meta"]),
        ["a dimension that there is not"] = (() => x.sum(dim: 5), ["aten::sum", "float32[2, 3]", "5"]),
        ["a negative dimension that there is not"] = (() => x.softmax(-3), ["aten::softmax", "float32[2, 3]", "-3"]),
        ["a position out of range"] = (() => _ = x[0, 7], ["aten::select", "float32[3]", "7"]),
        ["an index out of range"] = (() => x.index_select(0, tensor(new[] { 5L })), ["aten::index_select", "float32[2, 3]"]),
        ["a target out of range"] = (() => nn.functional.cross_entropy(x, tensor(new[] { 0L, 9 })), ["aten::", "9"]),
        ["a negative size"] = (() => zeros(-2), ["aten::zeros", "-2"]),
        ["a step away from the end"] = (() => arange(0, 5, -1), ["aten::arange", "-1"]),
        ["a negative number of steps"] = (() => linspace(0, 1, -1), ["aten::linspace", "-1"]),
        ["an empty interval"] = (() => randint(5, 5, [2]), ["aten::randint", "5"]),
        ["a singular matrix"] = (() => linalg.inv(zeros(2, 2)), ["aten::linalg_inv", "singular", "float32[2, 2]"]),
        ["a matrix that is not positive definite"] = (() => linalg.cholesky(-eye(2)), ["aten::linalg_cholesky", "positive"]),
        ["a backward pass from several numbers"] = (() => ones(2, requires_grad: true).mul(2).backward(), ["scalar"]),
        ["a backward pass from what needs none"] = (() => ones(1).backward(), ["require"]),
        ["a second backward pass"] = (SecondPass, ["second time"]),
        ["a change of a leaf in place"] = (() => ones(2, requires_grad: true).add_(1), ["aten::add_", "leaf"]),
        ["an equation of other letters"] = (() => einsum("ij,jk->ik", x, x), ["aten::einsum", "float32[2, 3]", "ij,jk->ik"]),
        ["parts of different sizes"] = (() => cat([x, ones(2, 4)], 0), ["aten::cat", "float32[2, 3]", "float32[2, 4]"]),
        ["pinned memory without a device for it"] = (() => NeedsCuda(() => x.pin_memory()), []),
    };

    private static void SecondPass()
    {
        var loss = ones(2, requires_grad: true).pow(2).sum();
        loss.backward();
        loss.backward();
    }

    /// <summary>Where there is a CUDA device, what needs one works, and the message that it does not is made here.</summary>
    private static void NeedsCuda(Action action)
    {
        action();
        if (cuda.is_available()) throw new ExternalException("not on this machine");
    }

    public static TheoryData<string> Native() => [.. native.Keys];

    [Theory, MemberData(nameof(Native))]
    public void A_native_error_names_the_operator_and_what_it_was_given(string name)
    {
        var (action, parts) = native[name];
        var error = Assert.Throws<ExternalException>(action);
        Assert.All(parts, part => Assert.Contains(part, error.Message));
        Assert.DoesNotContain("Exception raised from", error.Message);
        Assert.Equal(6f, x.sum().item<float>());
    }

    [Fact]
    public void What_is_wrong_before_any_operator_runs_is_an_argument_error()
    {
        Assert.Contains("[2, 3]", Assert.Throws<ArgumentException>(() => x.item<float>()).Message);
        Assert.Contains("Float32", Assert.Throws<ArgumentException>(() => x.data<double>()).Message);
        Assert.Contains("3 elements", Assert.Throws<ArgumentException>(() => tensor(new float[] { 1, 2, 3 }, [2, 2])).Message);
        Assert.Throws<ArgumentException>(() => hann_window(4, dtype: int64));
        Assert.Throws<NotImplementedException>(() => from_array(new[] { "a" }));
        Assert.Throws<NotImplementedException>(() => _ = x.t().bytes);
        Assert.Throws<ArgumentException>(() => x.bytes = new byte[3]);
    }

    [Fact]
    public void Positions_outside_an_array_view_are_named()
    {
        Assert.Contains("dimension 1", Assert.Throws<IndexOutOfRangeException>(() => x.data<float>()[0, 3]).Message);
        Assert.Contains("6 elements", Assert.Throws<IndexOutOfRangeException>(() => x.data<float>()[6]).Message);
        Assert.Contains("2 dimensions", Assert.Throws<IndexOutOfRangeException>(() => x.size(2)).Message);
        Assert.Contains("2 dimensions", Assert.Throws<IndexOutOfRangeException>(() => x.stride(-3)).Message);
    }

    [Fact]
    public void Elements_of_another_device_are_not_read() =>
        Assert.Contains("meta", Assert.Throws<InvalidOperationException>(() => elsewhere.data<float>()).Message);

    [Fact]
    public void A_disposed_tensor_is_refused_by_every_kind_of_call()
    {
        var gone = ones(2);
        gone.Dispose();
        foreach (var action in new Action[]
            {
                () => gone.add(1), () => ones(2).add(gone), () => gone.add_(1), () => stack([ones(2), gone]), () => _ = gone[0], () => gone[0] = 1, () => _ = gone.dtype,
                () => _ = gone.shape, () => gone.item<float>(), () => gone.data<float>(), () => gone.backward(), () => _ = gone.grad, () => gone.to(float64),
                () => where(ones(2) > 0, gone, ones(2)), () => ones(2)[gone] = 1, () => gone.requires_grad_(), () => gone.alias(), () => gone.max(0), () => gone.split(1),
            })
        {
            Assert.Throws<ObjectDisposedException>(action);
        }
    }
}
