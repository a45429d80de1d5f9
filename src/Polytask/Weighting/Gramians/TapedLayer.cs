using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// What a linear map or a convolution was given and, task by task, the gradients at what it gave: with inputs A [R, n] and gradients D [R, m] in rows (an
/// example's, a token's or a pixel's), the gradient of the weight is Dᵀ A. Several calls in one pass are so many more rows.
/// </summary>
internal sealed class TapedLayer(nn.Module module, Parameter weight, Parameter? bias)
{
    private readonly List<(Tensor Input, Tensor? Gradient)> calls = [];

    public Parameter Weight => weight;

    public Parameter? Bias => bias;

    /// <summary>Whether Dᵀ A was once found to be the weight's gradient: not so where the weight is used elsewhere too. Null until then.</summary>
    public bool? IsWhole { get; private set; }

    public bool IsCalled => calls.Count > 0;

    /// <summary>Whether the gradients of the next passes are kept.</summary>
    public bool IsWatched { get; set; }

    /// <summary>Inputs of a row, n.</summary>
    public long Inputs => weight.NumberOfElements / weight.shape[0];

    /// <summary>Outputs of a row, m.</summary>
    public long Outputs => weight.shape[0];

    /// <summary>The number of rows of the pass, R.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether the rows are those of so many examples, one example after the other.</summary>
    public bool IsByExample(long examples) => calls.Count == 1 && calls[0].Input.shape[0] == examples;

    public void Record(Tensor input, Tensor output)
    {
        var call = calls.Count;
        // Beyond the scopes of the layers around; Clear gives it back.
        calls.Add((input.detach().DetachFromDisposeScope(), null));
        Rows += output.NumberOfElements / Outputs;
        GradientHooks.Watch(output, gradient =>
        {
            if (!IsWatched || call >= calls.Count) return;
            calls[call].Gradient?.Dispose();
            calls[call] = (calls[call].Input, gradient);
        });
    }

    /// <summary>A, [R, n].</summary>
    public Tensor InputRows() => Joined([.. calls.Select(call => InputRows(call.Input))]);

    /// <summary>D of the backward pass that just ran, [R, m]; null where it did not come here. It is handed over once.</summary>
    public Tensor? TakeGradientRows()
    {
        if (calls.TrueForAll(call => call.Gradient is null)) return null;
        Tensor[] rows = [.. calls.Select(call => call.Gradient is { } gradient ? GradientRows(gradient)
            : zeros([RowsOf(call.Input), Outputs], dtype: weight.dtype, device: weight.device))];
        for (var i = 0; i < calls.Count; i++)
        {
            // The rows are views.
            calls[i].Gradient?.Dispose();
            calls[i] = (calls[i].Input, null);
        }
        return Joined(rows);
    }

    /// <summary>Finds out whether Dᵀ A is the weight's gradient, in the first step, for every task that comes here.</summary>
    public void Compare(Tensor? gradientRows, Tensor? gradient)
    {
        if (IsWhole is false || gradient is null) return;
        using var scope = NewDisposeScope();
        var length = gradient.norm().item<float>();
        if (length == 0 || !float.IsFinite(length)) return;
        // One part in a thousand is far more than rounding and far less than a second use of the weight.
        IsWhole = gradientRows is not null
            && (gradientRows.t().matmul(InputRows()).reshape(gradient.shape) - gradient).norm().item<float>() < 1e-3 * length;
    }

    public void Clear()
    {
        foreach (var (input, gradient) in calls)
        {
            input.Dispose();
            gradient?.Dispose();
        }
        calls.Clear();
        (Rows, IsWatched) = (0, false);
    }

    private long RowsOf(Tensor input) => InputRows(input).shape[0];

    private Tensor InputRows(Tensor input) => module is Conv2d convolution
        ? nn.functional.unfold(input, Pair(convolution.kernel_size), Pair(convolution.dilation), Pair(convolution.padding!), Pair(convolution.stride))
            .transpose(1, 2).reshape(-1, Inputs)
        : input.reshape(-1, Inputs);

    private Tensor GradientRows(Tensor gradient) => module is Conv2d
        ? gradient.flatten(2).transpose(1, 2).reshape(-1, Outputs)
        : gradient.reshape(-1, Outputs);

    private static Tensor Joined(Tensor[] rows) => rows.Length == 1 ? rows[0] : cat(rows);

    private static (long, long) Pair(long[] values) => (values[0], values[1]);
}
