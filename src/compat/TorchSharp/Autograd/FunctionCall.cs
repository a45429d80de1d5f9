using TorchSharp.Interop;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace TorchSharp;

/// <summary>
/// One use of a custom function. The native node that it leaves in the graph holds it, and nothing in it holds a tensor of that graph,
/// so that the graph, the node and this end together.
/// </summary>
internal sealed class FunctionCall
{
    /// <summary>What stands for a gradient that does not exist where a function asked not to get zeros for it.</summary>
    private static readonly Tensor undefined = MakeUndefined();

    private readonly IFunction function;
    private readonly bool[] isTensor;
    private readonly AutogradContext context = new();

    // Only while forward runs.
    private object?[]? arguments;
    private List<Tensor>? outputs;

    private FunctionCall(IFunction function, object?[] arguments)
    {
        this.function = function;
        this.arguments = arguments;
        isTensor = [.. arguments.Select(argument => argument is Tensor { IsInvalid: false })];
    }

    /// <summary>Runs the function forward without recording gradients and records its backward where an input requires one.</summary>
    internal static unsafe List<Tensor> Apply(IFunction function, object?[] arguments)
    {
        var call = new FunctionCall(function, arguments);
        var inputs = arguments.Where((_, k) => call.isTensor[k]).Select(argument => ((Tensor)argument!).Handle).ToArray();
        Value list;
        fixed (byte* name = NativeCall.Utf8(function.Name))
        fixed (nint* first = inputs)
            NativeCall.Check(NativeMethods.pt_function_apply(AutogradCallbacks.Handle(call), name, first, inputs.Length, &list));
        GC.KeepAlive(arguments);
        var made = call.outputs!;
        call.outputs = null;
        return Same(NativeCall.ToTensors(in list), made);
    }

    internal List<Tensor> Forward(nint node)
    {
        var given = arguments!;
        arguments = null;
        outputs = function.Forward(context, given);
        for (var k = 0; k < outputs.Count; k++)
            if (outputs[k] is null || outputs[k].IsInvalid) throw new ArgumentException($"forward of {function.Name} returned no tensor at position {k}");
        context.Enter(node, isTensor.LongCount(is_ => is_));
        return outputs;
    }

    internal List<Tensor?> Backward(nint node, Tensor?[] gradients)
    {
        List<Tensor> found;
        lock (context)
        {
            context.Node = node;
            found = function.Backward(context, [.. gradients.Select(gradient => gradient ?? undefined)]);
        }
        if (found.Count > isTensor.Length && found.Skip(isTensor.Length).All(IsMissing)) found = found[..isTensor.Length];
        if (found.Count != isTensor.Length)
            throw new NotImplementedException(
                $"backward of {function.Name} returned {found.Count} gradients: it must return one for each of the {isTensor.Length} arguments of apply, " +
                "null for those without one");
        var ofTensors = new List<Tensor?>();
        for (var k = 0; k < isTensor.Length; k++)
        {
            if (isTensor[k]) ofTensors.Add(found[k]);
            else if (!IsMissing(found[k]))
                throw new NotImplementedException($"backward of {function.Name} returned a gradient at position {k}, where apply was given no tensor: return null there");
        }
        return ofTensors;
    }

    /// <summary>The node is gone.</summary>
    internal void Forget() => context.Node = 0;

    private static bool IsMissing(Tensor? gradient) => gradient is null || gradient.IsInvalid;

    // An output that libtorch hands back as it was stays the object that forward returned.
    private static List<Tensor> Same(Tensor[] results, List<Tensor> made)
    {
        for (var k = 0; k < results.Length; k++)
        {
            if (made[k].IsInvalid || made[k].Handle != results[k].Handle) continue;
            results[k].Dispose();
            results[k] = made[k];
        }
        return [.. results];
    }

    private static Tensor MakeUndefined()
    {
        var tensor = empty(0).DetachFromDisposeScope();
        tensor.Dispose();
        return tensor;
    }
}
