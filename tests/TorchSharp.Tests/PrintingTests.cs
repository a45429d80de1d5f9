using System.Globalization;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public class PrintingTests
{
    private static string Text(Tensor x, TensorStringStyle style, string format = "g5", int width = 100) =>
        x.ToString(style, format, width, CultureInfo.InvariantCulture, "\n");

    private static readonly Tensor matrix = tensor(new float[,] { { 1, -2.5f }, { 10, 4 } });

    [Fact]
    public void Without_a_style_it_is_shape_type_and_device()
    {
        Assert.Equal("[2x2], type = Float32, device = cpu", matrix.ToString());
        Assert.Equal("[], type = Int64, device = cpu", tensor(3L).metastr());
        Assert.Equal("[2x3], type = Float32, device = meta", zeros([2, 3], device: META).str());
    }

    [Fact]
    public void Julias_style_aligns_the_columns_of_matrices()
    {
        Assert.Equal("[2x2], type = Float32, device = cpu\n  1 -2.5\n 10    4\n", Text(matrix, TensorStringStyle.Julia));
        Assert.Equal("[3], type = Int64, device = cpu\n 0 1 2\n", Text(arange(3), TensorStringStyle.Julia));
        Assert.Equal("[], type = Float64, device = cpu, value = 2.5", Text(tensor(2.5), TensorStringStyle.Julia));
        Assert.Equal("[2x1x2], type = Int64, device = cpu\n[0,..,..] =\n 0 1\n\n[1,..,..] =\n 2 3\n", Text(arange(4).reshape(2, 1, 2), TensorStringStyle.Julia));
        Assert.Equal("[9], type = Int64, device = cpu\n 0 1 2 ...\n", Text(arange(9), TensorStringStyle.Julia, width: 10));
    }

    [Fact]
    public void Numpys_style_nests_brackets_and_cuts_the_middle()
    {
        Assert.Equal("[[1, -2.5]\n [10, 4]]", Text(matrix, TensorStringStyle.Numpy));
        Assert.Equal("[0, 1, 2, ... 7, 8, 9]", Text(arange(10), TensorStringStyle.Numpy));
        Assert.Equal("[[[0, 1]]\n\n [[2, 3]]]", Text(arange(4).reshape(2, 1, 2), TensorStringStyle.Numpy));
        Assert.Equal("[True, False]", Text(tensor(new[] { true, false }), TensorStringStyle.Numpy));
        Assert.Equal("[[0]\n [1]\n [2]\n ...\n [5]\n [6]\n [7]]", Text(arange(8).reshape(8, 1), TensorStringStyle.Numpy));
        Assert.Equal("[]", Text(zeros(0), TensorStringStyle.Numpy));
    }

    [Fact]
    public void CSharps_style_is_an_initialiser()
    {
        Assert.Equal("[2x2], type = Float32, device = cpu, value = \nfloat [,] {\n {1f, -2.5f},\n {10f, 4f}\n}", Text(matrix, TensorStringStyle.CSharp));
        Assert.Equal("[2], type = Int64, device = cpu, value = long [] {0L, 1L}", Text(arange(2), TensorStringStyle.CSharp));
    }

    [Fact]
    public void Complex_numbers_have_both_parts() =>
        Assert.Equal("[1+2i, 3, 4i]", Text(complex(tensor(new[] { 1.0, 3, 0 }), tensor(new[] { 2.0, 0, 4 })), TensorStringStyle.Numpy));

    [Fact]
    public void Options_hold_until_they_are_changed()
    {
        try
        {
            set_printoptions(style: numpy, maxColumns: 2);
            set_printoptions(2);
            Assert.Equal("[1.00, ... 3.00]", tensor(new[] { 1.0, 2, 3 }).str(cultureInfo: CultureInfo.InvariantCulture));
            Assert.Throws<ArgumentException>(() => torch.TensorStringStyle = TorchSharp.TensorStringStyle.Default);
        }
        finally
        {
            set_printoptions(julia, "g5", maxColumns: 6);
        }
    }
}
