using System.Numerics;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public class ElementTypeTests
{
    [Fact]
    public void Complex_scalars_multiply_in_full_precision()
    {
        var x = tensor(new[] { 1.0, 2 });
        var product = x.mul(new Complex(1.0 / 3, -1.0 / 7));
        Assert.Equal(complex128, product.dtype);
        Assert.Equal([new Complex(1.0 / 3, -1.0 / 7), new Complex(2.0 / 3, -2.0 / 7)], product.data<Complex>().ToArray());
        Assert.Equal(complex64, x.to(float32).mul((1f, 2f)).dtype);
        Assert.Equal(new Complex(0, 2), full(1, new Complex(0, 2), complex128).item<Complex>());
        Assert.Equal(new Complex(3, 4), ((Scalar)new Complex(3, 4)).ToComplexFloat64());
        Assert.Throws<InvalidOperationException>(() => ((Scalar)new Complex(3, 4)).ToDouble());
        Assert.Equal(5, tensor(3.0, 4.0).abs().item<double>());
    }

    [Fact]
    public void Arrays_of_every_kind_come_back_as_they_went()
    {
        Assert.Equal([(1f, 2f)], tensor(new[] { (1f, 2f) }).data<(float, float)>().ToArray());
        Assert.Equal([(Half)1.5], tensor(new[] { (Half)1.5 }).data<Half>().ToArray());
        Assert.Equal([(BFloat16)1.5f], tensor(new[] { (BFloat16)1.5f }).data<BFloat16>().ToArray());
        Assert.Equal(new Complex[,] { { 1, 2 } }, (Complex[,])from_array(new Complex[,] { { 1, 2 } }).data<Complex>().ToNDArray());
        Assert.Equal([2L, 1, 2], tensor(new List<byte> { 1, 2, 3, 4 }, 2, 1, 2).shape);
        Assert.Equal(int8, as_tensor(new sbyte[] { 1 }).dtype);
        Assert.Equal([1.0, 2], ((Tensor)new Complex[] { 1, 2 }).real.data<double>().ToArray());
        Assert.Equal(2, ((System.Collections.ArrayList)tensor(new[,] { { 1L, 2 }, { 3, 4 } }).tolist()).Count);
    }

    [Fact]
    public void Bfloat16_rounds_as_libtorch_does()
    {
        var values = new[] { 1f, 1.00390625f, 1.01171875f, -3.3895314e38f, 1e-40f, 3.14159274f, float.PositiveInfinity, 65504f };
        var native = tensor(values).to(bfloat16).data<BFloat16>().ToArray();
        Assert.Equal(native, values.Select(value => (BFloat16)value).ToArray());
        Assert.True(BFloat16.IsNaN((BFloat16)float.NaN));
        Assert.Equal(3f, ((BFloat16)1f + (BFloat16)2f).ToSingle());
        Assert.True(BFloat16.MaxValue > BFloat16.One && BFloat16.One > BFloat16.MinNormal);
        Assert.Equal(1.5f, tensor((BFloat16)1.5f).ToBFloat16().ToSingle());
    }

    [Fact]
    public void The_default_type_is_what_factories_use_and_integers_keep_theirs()
    {
        try
        {
            set_default_dtype(float64);
            Assert.Equal(float64, get_default_dtype());
            foreach (var made in new[] { zeros(2), ones(2), rand(2), randn(2), empty(2), full(2, 1.5), arange(1.0, 3.0), linspace(0, 1, 2), eye(2), hann_window(4), fft.fftfreq(3) })
                Assert.Equal(float64, made.dtype);
            Assert.Equal(int64, arange(3).dtype);
            Assert.Equal(int64, full(2, 1).dtype);
            Assert.Equal(float32, zeros(2, dtype: float32).dtype);
        }
        finally
        {
            set_default_dtype(float32);
        }
        Assert.Equal(float32, zeros(2).dtype);
        Assert.Throws<ArgumentException>(() => set_default_dtype(int64));
    }

    [Fact]
    public void The_default_device_is_where_factories_put_tensors()
    {
        try
        {
            set_default_device("meta");
            Assert.True(zeros(2).is_meta && tensor(new[] { 1f }).is_meta && arange(3).is_meta);
            Assert.True(zeros(2, device: CPU).is_cpu());
        }
        finally
        {
            set_default_device(CPU);
        }
        Assert.True(zeros(2).is_cpu());
        Assert.Equal(CPU, get_default_device());
    }

    [Fact]
    public void Limits_are_those_of_the_formats()
    {
        Assert.Equal((float.MaxValue, 1.1920928955078125e-07, 1e-6, 32), ((float)finfo(float32).max, finfo().eps, finfo().resolution, finfo().bits));
        Assert.Equal((double.MaxValue, Math.BitIncrement(1.0) - 1, 1e-15), (finfo(float64).max, finfo(float64).eps, finfo(float64).resolution));
        Assert.Equal((65504.0, 6.103515625e-05, 1e-3), (finfo(float16).max, finfo(float16).tiny, finfo(float16).resolution));
        Assert.Equal((3.3895313892515355e+38, 0.0078125, 0.01), (finfo(bfloat16).max, finfo(bfloat16).eps, finfo(bfloat16).resolution));
        Assert.Throws<ArgumentException>(() => finfo(int32));
        Assert.Equal(32767, max_int_value(int16));
        Assert.Throws<ArgumentException>(() => max_int_value(@bool));
    }

    [Fact]
    public void Sizes_are_values()
    {
        Size size = (2, 3, 4);
        Assert.Equal(24, size.numel());
        Assert.True(size == new long[] { 2, 3, 4 } && size != size.Slice(1, 3) && size.Slice(1, 3).SequenceEqual([3, 4]) && size.Slice(-1, 3).numel() == 4);
        Assert.True(Size.Empty.IsScalar && (size + Size.Empty) == size);
        Assert.True(broadcast_shapes([3, 1], [1, 4], [4]).SequenceEqual([3, 4]));
        Assert.Contains("[3] and [4]", Assert.Throws<ArgumentException>(() => broadcast_shapes([3], [4])).Message);
    }
}
