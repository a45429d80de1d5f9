using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Tensors;

public sealed class TaskGradientsTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    /// <summary>The modes that this engine has.</summary>
    public static TheoryData<TaskGradientMode> Modes() => HasBatches ? [TaskGradientMode.Loop, TaskGradientMode.Batched] : [TaskGradientMode.Loop];

    private static bool HasBatches =>
        typeof(autograd).GetMethods().Any(method => method.Name == "grad" && method.GetParameters().Any(parameter => parameter.Name == "is_grads_batched"));

    [Fact]
    public void Both_modes_agree_or_the_one_that_is_not_there_says_so()
    {
        using var net = nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Linear(8, 4));
        var y = net.call(Values.Normal(7, 6, 3));
        Tensor[] losses = [.. Enumerable.Range(0, 4).Select(task => y.select(1, task).square().mean())];
        using var looped = TaskGradients.Of(losses, net.parameters(), retainGraph: true);
        if (HasBatches)
        {
            using var batched = TaskGradients.Of(losses, net.parameters(), TaskGradientMode.Batched);
            Assert.True(Values.Difference(looped.Rows(), batched.Rows()) < 1e-6);
            Assert.True(Values.Difference(looped.Gramian(), batched.Gramian()) < 1e-6);
        }
        else
        {
            Assert.Contains("use TaskGradientMode.Loop",
                Assert.Throws<NotSupportedException>(() => TaskGradients.Of(losses, net.parameters(), TaskGradientMode.Batched)).Message);
        }
    }

    // Three tasks over y = x Wᵀ: the losses are the sums of columns of y, weighted; the third does not use b.
    private static (Tensor X, Tensor W, Tensor B, Tensor[] Losses) Linear()
    {
        var (x, w, b) = (Values.Normal(1, 5, 3), Values.Normal(2, 2, 3).requires_grad_(), Values.Normal(3, 2).requires_grad_());
        var y = x.matmul(w.t());
        return (x, w, b, [(y + b).select(1, 0).sum(), ((y + b).select(1, 1) * 2).sum(), y.mean()]);
    }

    [Theory, MemberData(nameof(Modes))]
    public void Gradients_of_a_linear_model_are_the_closed_form(TaskGradientMode mode)
    {
        var (x, w, b, losses) = Linear();
        using var gradients = TaskGradients.Of(losses, [w, b], mode);
        Assert.Equal([3L, 2, 3], gradients.Blocks[0].shape);
        Assert.Equal([3L, 2], gradients.Blocks[1].shape);
        // d/dW of sum_i x_i W_0ᵀ is (sum of x; 0), of the second (0; 2 sum of x), of the mean over 10 values (sum of x; sum of x) / 10.
        var sums = x.sum(dim: 0).Numbers();
        double[] none = [0, 0, 0];
        double[] tenth = [.. sums.Select(value => value / 10)];
        double[][] rows = [[.. sums, .. none, 5, 0], [.. none, .. sums.Select(value => 2 * value), 0, 10], [.. tenth, .. tenth, 0, 0]];
        var actual = gradients.Rows();
        Assert.Equal([3L, 8], actual.shape);
        foreach (var (expected, given) in rows.SelectMany(row => row).Zip(actual.Numbers())) Assert.Equal(expected, given, 1e-5);
        var gramian = gradients.Gramian(ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, gramian.dtype);
        for (var i = 0; i < 3; i++)
            for (var j = 0; j < 3; j++) Assert.Equal(rows[i].Zip(rows[j], (a, c) => a * c).Sum(), gramian[i, j].item<double>(), 1e-4);
        Assert.Null(w.grad);
    }

    [Theory, MemberData(nameof(Modes))]
    public void Gradients_of_a_network_are_finite_differences(TaskGradientMode mode)
    {
        using var net = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2));
        net.to(ScalarType.Float64);
        var x = Values.Normal(7, 6, 3).to(ScalarType.Float64);
        Tensor[] Losses()
        {
            var y = net.call(x);
            return [y.select(1, 0).square().mean(), y.select(1, 1).exp().mean()];
        }
        using var gradients = TaskGradients.Of(Losses(), net.parameters(), mode);
        const double step = 1e-6;
        foreach (var (parameter, block) in net.parameters().Zip(gradients.Blocks))
        {
            for (var k = 0L; k < parameter.NumberOfElements; k++)
            {
                double[] At(double shift)
                {
                    using var untracked = no_grad();
                    var element = parameter.view(-1).narrow(0, k, 1);
                    element.add_(shift);
                    var values = Losses().Select(loss => loss.item<double>()).ToArray();
                    element.add_(-shift);
                    return values;
                }
                var (above, below) = (At(step), At(-step));
                for (var task = 0; task < 2; task++)
                    Assert.Equal((above[task] - below[task]) / (2 * step), block[task].reshape(-1)[k].item<double>(), 1e-7);
            }
        }
    }

    [Theory, MemberData(nameof(Modes))]
    public void A_representation_may_be_differentiated_by_and_the_graph_kept(TaskGradientMode mode)
    {
        var w = Values.Normal(1, 3, 4).requires_grad_();
        var representation = Values.Normal(2, 5, 3).matmul(w);
        Tensor[] losses = [representation.square().sum(), (representation * 3).sum(), w.sum()];
        using (var gradients = TaskGradients.Of(losses, [representation], mode, retainGraph: true))
        {
            Assert.Equal([3L, 5, 4], gradients.Blocks[0].shape);
            Assert.True(Values.Difference(representation * 2, gradients.Blocks[0][0]) < 1e-5);
            Assert.Equal(Enumerable.Repeat(3.0, 20), gradients.Blocks[0][1].Numbers());
            // The third loss goes round the representation.
            Assert.Equal(new double[20], gradients.Blocks[0][2].Numbers());
        }
        losses[0].backward();
        Assert.NotNull(w.grad);
    }

    [Fact]
    public void A_gramian_of_nearly_opposite_gradients_keeps_its_digits_in_double()
    {
        var w = zeros(2).requires_grad_();
        var (a, b) = (tensor(new[] { 10000f, 1 }), tensor(new[] { 1f, -9999.999f }));
        using var gradients = TaskGradients.Of([(w * a).sum(), (w * b).sum()], [w]);
        var expected = 10000.0 * 1 + 1.0 * -9999.999f;
        Assert.Equal(expected, gradients.Gramian(ScalarType.Float64)[0, 1].item<double>(), 1e-12);
        Assert.Equal(ScalarType.Float32, gradients.Gramian().dtype);
    }

    [Fact]
    public void Losses_that_have_no_gradient_are_named()
    {
        var w = ones(2).requires_grad_();
        string Refused(Tensor[] losses, params Tensor[] tensors) => Assert.Throws<ArgumentException>(() => TaskGradients.Of(losses, tensors)).Message;
        Assert.Contains("loss 1 has shape [2]", Refused([w.sum(), w * 2], w));
        Assert.Contains("loss 0 depends on nothing", Refused([tensor(1f)], w));
        Assert.Contains("tensor 1 does not require a gradient", Refused([w.sum()], w, ones(1)));
        Assert.Contains("no losses", Refused([], w));
        Assert.Contains("no tensors", Refused([w.sum()]));
    }
}
