using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public class TensorTests
{
    [Fact]
    public void Factories_give_shape_type_and_values()
    {
        Assert.Equal([2L, 3L], zeros(2, 3).shape);
        Assert.Equal([2L, 3L], ones([2, 3], float64).shape);
        Assert.Equal(float64, ones([2, 3], float64).dtype);
        Assert.Equal([7L, 7L], full(2, 7, int64).data<long>().ToArray());
        Assert.Equal([0L, 1L, 2L], arange(3).data<long>().ToArray());
        Assert.Equal([1f, 1.5f, 2f], arange(1.0, 2.1, 0.5).data<float>().ToArray());
        Assert.Equal([0f, 0.5f, 1f], linspace(0, 1, 3).data<float>().ToArray());
        Assert.Equal([1f, 0f, 0f, 1f], eye(2).data<float>().ToArray());
        Assert.Equal([2L, 3L], tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }).shape);
        Assert.Equal([2L, 1L, 2L], from_array(new long[,,] { { { 1, 2 } }, { { 3, 4 } } }).shape);
        Assert.Equal(new long[] { 0, 1, 2, 3, 4 }, randperm(5).sort().Values.data<long>().ToArray());
        Assert.Empty(tensor(3.0).shape);
        Assert.Equal([0L], zeros(0).shape);
        Assert.Equal([1L, 2, 1, 1, 1, 1, 1, 1, 1, 3], zeros([1, 2, 1, 1, 1, 1, 1, 1, 1, 3]).shape);
        Assert.Equal(float32, tensor(new double[] { 1 }, dtype: float32).dtype);
    }

    [Fact]
    public void A_wrong_shape_for_the_elements_is_named() =>
        Assert.Contains("3 elements", Assert.Throws<ArgumentException>(() => tensor(new float[] { 1, 2, 3 }, [2, 2])).Message);

    [Fact]
    public void Elements_come_out_in_row_major_order_whatever_the_strides()
    {
        var x = tensor(new float[,] { { 1, 2 }, { 3, 4 } });
        Assert.Equal([1f, 3f, 2f, 4f], x.t().data<float>().ToArray());
        Assert.Equal(3f, x.t().data<float>()[0, 1]);
        Assert.Equal(new float[,] { { 1, 3 }, { 2, 4 } }, (float[,])x.t().data<float>().ToNDArray());
    }

    [Fact]
    public void Items_convert_or_are_refused()
    {
        Assert.Equal(2.5, tensor(2.5f).ToDouble());
        Assert.Equal(2, tensor(2L).ToInt32());
        Assert.True(tensor(true).ToBoolean());
        Assert.Throws<ArgumentException>(() => tensor(2L).item<float>());
        Assert.Throws<ArgumentException>(() => zeros(2).item<float>());
        Assert.Equal(1.5f, (float)tensor(1.5f));
    }

    [Fact]
    public void Numbers_become_tensors_and_scalars()
    {
        Tensor half = 0.5;
        Assert.Equal(float64, half.dtype);
        Assert.Equal([2f, 4f], (tensor(new float[] { 1, 2 }) * 2).data<float>().ToArray());
        Assert.Equal(float32, (ones(2) * 2.5).dtype);
        Assert.Equal(int64, (tensor(new long[] { 1 }) + 2).dtype);
    }

    [Fact]
    public void Comparisons_are_elementwise()
    {
        var x = tensor(new float[] { 1, 2, 3 });
        Assert.Equal([false, true, false], (x == 2).data<bool>().ToArray());
        Assert.Equal([true, false, true], (x != tensor(new float[] { 0, 2, 0 })).data<bool>().ToArray());
        Assert.Equal([false, false, true], (2 < x).data<bool>().ToArray());
        Assert.True(x.Equals(x.clone()));
    }

    [Fact]
    public void Optional_arguments_are_libtorchs_defaults_when_left_out()
    {
        var x = tensor(new double[,] { { 1, 2 }, { 3, 5 } });
        Assert.Equal([3.0, 8.0], x.sum(dim: 1).data<double>().ToArray());
        Assert.Equal([2L, 1L], x.sum(1, keepdim: true).shape);
        Assert.Equal(2.75, x.mean().item<double>());
        Assert.Equal(float32, x.mean([0, 1], type: float32).dtype);
        Assert.Equal(Math.Sqrt(2.9166666666666665), x.std().item<double>(), 12);
        Assert.Equal([1.0, 2.0], x.clamp(max: 2.0)[0].data<double>().ToArray());
        Assert.Equal([7.0, 12.0], einsum("ij,j->i", x.@double(), tensor(new double[] { 1, 3 }))[..1].data<double>().ToArray().Append(12.0).ToArray());
    }

    [Fact]
    public void In_place_operators_return_the_tensor_itself()
    {
        var x = ones(2);
        Assert.Same(x, x.add_(1).mul_(3).sub_(2));
        Assert.Equal([4f, 4f], x.data<float>().ToArray());
        Assert.Same(x, x.zero_());
        Assert.Same(x, x.copy_(tensor(new float[] { 1, 2 })));
        Assert.Same(x, x.addcmul_(ones(2), ones(2), 2).addcdiv_(ones(2), ones(2), 1));
        Assert.Equal([4f, 5f], x.data<float>().ToArray());
        Assert.Same(x, x.lerp_(zeros(2), 1.0));
        Assert.Equal(0f, x.sum().item<float>());
    }

    [Fact]
    public void Lists_and_parts_come_back_whole()
    {
        var x = arange(6).reshape(2, 3);
        Assert.Equal([2, 2, 1], arange(5).split(2).Select(p => (int)p.shape[0]).ToArray());
        Assert.Equal([2L, 5L], x.max(1).values.data<long>().ToArray());
        Assert.Equal([2L, 2L], x.max(1).indexes.data<long>().ToArray());
        Assert.Equal([5L, 4L], arange(6).topk(2).values.data<long>().ToArray());
        var (output, inverse, counts) = tensor(new long[] { 3, 1, 3 }).unique(return_inverse: true, return_counts: true);
        Assert.Equal([1L, 3L], output.data<long>().ToArray());
        Assert.Equal([1L, 0L, 1L], inverse!.data<long>().ToArray());
        Assert.Equal([1L, 2L], counts!.data<long>().ToArray());
        Assert.Null(tensor(new long[] { 3, 1 }).unique().counts);
        Assert.Equal([0f, 0f, 1f], Ops.one_hot(tensor(2L), 3).to(float32).data<float>().ToArray());
        Assert.Equal([1L, 0L], where(tensor(new[,] { { false, false }, { true, false } })).Select(p => p.item<long>()).ToArray());
    }

    [Fact]
    public void Many_tensors_in_one_list()
    {
        var parts = Enumerable.Range(0, 200).Select(k => tensor(new[] { (float)k })).ToArray();
        Assert.Equal(199 * 100f, cat(parts).sum().item<float>());
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers()
    {
        manual_seed(5);
        var first = randn(10);
        manual_seed(5);
        Assert.True(first.Equals(randn(10)));
        Assert.False(first.Equals(randn(10)));
        using var generator = new Generator(9);
        var state = generator.get_state();
        var drawn = rand(4, generator: generator);
        generator.set_state(state);
        Assert.True(drawn.Equals(rand(4, generator: generator)));
        Assert.True(drawn.Equals(rand(4, generator: new Generator(9))));
        Assert.Equal(9, generator.initial_seed());
    }

    [Fact]
    public void A_generator_leaves_the_default_stream_alone()
    {
        manual_seed(5);
        var expected = randn(3);
        manual_seed(5);
        randn([3], generator: new Generator(1));
        Assert.True(expected.Equals(randn(3)));
    }

    [Fact]
    public void Errors_carry_the_message_the_operator_and_the_shapes_but_no_backtrace()
    {
        var error = Assert.Throws<ExternalException>(() => zeros(2, 3).matmul(zeros(4, 5)));
        Assert.Contains("cannot be multiplied", error.Message);
        Assert.Contains("aten::matmul(self: float32[2, 3], other: float32[4, 5])", error.Message);
        Assert.DoesNotContain("Exception raised from", error.Message);
        Assert.Contains("aten::cat", Assert.Throws<ExternalException>(() => cat([zeros(2), zeros(2, 3)])).Message);
        // the engine goes on after an error
        Assert.Equal(2f, ones(2).sum().item<float>());
    }

    [Fact]
    public void More_memory_than_there_is_says_what_was_asked_and_what_is_free()
    {
        var error = Assert.Throws<ExternalException>(() => zeros(1L << 50));
        Assert.Contains("memory", error.Message);
        Assert.Contains("free after collecting", error.Message);
    }

    [Fact]
    public void Use_after_dispose_is_refused_in_every_place()
    {
        var x = ones(2);
        x.Dispose();
        x.Dispose();
        Assert.Throws<ObjectDisposedException>(() => ones(2) + x);
        Assert.Throws<ObjectDisposedException>(() => x.shape);
        Assert.Throws<ObjectDisposedException>(() => cat([ones(2), x]));
        Assert.Throws<ObjectDisposedException>(() => x.backward());
        Assert.Equal("tensor (disposed)", x.ToString());
    }

    [Fact]
    public void Devices_are_read_and_compared()
    {
        Assert.Equal(new Device("cuda:1"), new Device(DeviceType.CUDA, 1));
        Assert.Equal("cuda:0", CUDA.ToString());
        Assert.Equal(CPU, zeros(1).device);
        Assert.Throws<ArgumentException>(() => new Device("gpu"));
        Assert.Throws<ArgumentException>(() => new Device("cuda:x"));
        Assert.True(zeros([2, 3], device: META).is_meta);
    }

    [Fact]
    public void Types_convert()
    {
        Assert.Equal([1L, 2L], tensor(new[] { 1.7f, 2.2f }).to(int64).data<long>().ToArray());
        Assert.Equal(bfloat16, zeros(1).bfloat16().dtype);
        Assert.Equal(int32, zeros(1).to(int32, CPU).dtype);
    }
}
