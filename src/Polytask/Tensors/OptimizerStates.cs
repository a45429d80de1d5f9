using System.Reflection;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>What an optimiser remembers of flat buffers, handed to one that steps the parameters in them singly.</summary>
internal static class OptimizerStates
{
    /// <summary>The states by parameter.</summary>
    /// <param name="parameters">The parameters in the order in which the optimiser was given them.</param>
    /// <param name="optimizer">The optimiser; null where there are no parameters.</param>
    public static Dictionary<Tensor, OptimizerState> Of(IEnumerable<Parameter> parameters, optim.Optimizer? optimizer)
    {
        var states = new Dictionary<Tensor, OptimizerState>(ReferenceEqualityComparer.Instance);
        if (optimizer is null) return states;
        foreach (var (parameter, state) in parameters.Zip(((OptimizerHelper)optimizer).state_dict().State)) states.Add(parameter, state);
        return states;
    }

    /// <summary>Cuts the states of the buffers for the parameters in them.</summary>
    /// <param name="flat">The buffers.</param>
    /// <param name="flatly">The optimiser over the buffers.</param>
    /// <param name="targets">The states to fill, by parameter.</param>
    /// <exception cref="NotSupportedException">The optimiser remembers something else than numbers and tensors.</exception>
    public static void Cut(FlatParameters flat, optim.Optimizer flatly, Dictionary<Tensor, OptimizerState> targets)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (buffer, state) in flat.Buffers.Zip(((OptimizerHelper)flatly).state_dict().State))
            foreach (var slice in buffer.Slices) Cut(state, targets[slice.Parameter], buffer, slice);
    }

    // A state of an optimiser that works element by element is made of tensors of the parameter's shape, and of numbers that count steps. Their names
    // differ from optimiser to optimiser, so they are found by their types.
    private static void Cut(OptimizerState from, OptimizerState to, FlatParameters.Buffer buffer, FlatParameters.Slice slice)
    {
        const BindingFlags declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        for (var type = from.GetType(); type is not null && type != typeof(OptimizerState); type = type.BaseType)
        {
            foreach (var field in type.GetFields(declared))
            {
                var value = field.GetValue(from);
                if (value is Parameter) continue;
                if (typeof(Tensor).IsAssignableFrom(field.FieldType))
                {
                    (field.GetValue(to) as Tensor)?.Dispose();
                    field.SetValue(to, value is Tensor tensor ? Part(tensor) : null);
                }
                else if (field.FieldType.IsValueType) field.SetValue(to, value);
                else throw new NotSupportedException($"{type} remembers '{field.Name}' of type {field.FieldType.Name}, which cannot be cut for each parameter: "
                    + "step its parameters singly from the beginning");
            }
        }

        Tensor Part(Tensor tensor) => (tensor.NumberOfElements == buffer.Data.NumberOfElements
            ? tensor.narrow(0, slice.Offset, slice.Length).view(slice.Parameter.shape)
            : tensor).clone().DetachFromDisposeScope();
    }
}
