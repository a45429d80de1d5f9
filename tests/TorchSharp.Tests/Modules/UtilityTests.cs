using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Modules;

public class UtilityTests
{
    [Fact]
    public void Gradient_norm_is_measured_over_all_parameters_and_cut()
    {
        using var net = nn.Linear(2, 1);
        net.weight.grad = tensor(new[] { 3f, 0f }).reshape(1, 2);
        net.bias!.grad = tensor(new[] { 4f });
        Assert.Equal(5.0, nn.utils.clip_grad_norm_(net.parameters(), 10), 6);
        Assert.Equal([3.0, 0.0], Reference.Doubles(net.weight.grad!));
        Assert.Equal(5.0, nn.utils.clip_grad_norm_(net.parameters(), 1), 6);
        Assert.Equal(0.6, Reference.Doubles(net.weight.grad!)[0], 5);
        Assert.Equal(0.8, Reference.Doubles(net.bias!.grad!)[0], 5);
        nn.utils.clip_grad_value_(net.parameters(), 0.7);
        Assert.Equal(0.6, Reference.Doubles(net.weight.grad!)[0], 5);
        Assert.Equal(0.7, Reference.Doubles(net.bias!.grad!)[0], 5);
    }

    [Fact]
    public void Parameters_go_to_a_vector_and_back()
    {
        using var net = nn.Sequential(nn.Linear(3, 2), nn.Linear(2, 1));
        using var other = nn.Sequential(nn.Linear(3, 2), nn.Linear(2, 1));
        using var vector = nn.utils.parameters_to_vector(net.parameters());
        Assert.Equal([11], vector.shape);
        nn.utils.vector_to_parameters(vector, other.parameters());
        foreach (var (mine, theirs) in net.parameters().Zip(other.parameters())) Assert.True(mine.Equals(theirs));
        Assert.Throws<ArgumentException>(() => nn.utils.vector_to_parameters(zeros(12), other.parameters()));
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(3, 5)]
    public void Orthogonal_weights_are_orthonormal(long rows, long columns)
    {
        manual_seed(1);
        using var weight = nn.init.orthogonal_(empty(rows, columns, dtype: ScalarType.Float64));
        using var gram = rows < columns ? weight.mm(weight.t()) : weight.t().mm(weight);
        Assert.True(gram.allclose(eye(Math.Min(rows, columns), dtype: ScalarType.Float64), 1e-12, 1e-12));
    }
}
