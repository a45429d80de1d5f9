using System.Reflection;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>What an optimiser remembers of its parameters, handed to another that steps them otherwise.</summary>
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

    /// <summary>
    /// Copies a state to another parameter's: its numbers, and of each tensor that has an element for each of the parameter's a part.
    /// </summary>
    /// <param name="from">The state to copy.</param>
    /// <param name="to">The state to fill.</param>
    /// <param name="elements">The number of elements of the parameter that <paramref name="from"/> belongs to.</param>
    /// <param name="part">The other parameter's part of a tensor of so many elements.</param>
    /// <exception cref="NotSupportedException">The optimiser remembers something else than numbers and tensors.</exception>
    public static void Copy(OptimizerState from, OptimizerState to, long elements, Func<Tensor, Tensor> part)
    {
        // The names of what is remembered differ from optimiser to optimiser, so it is found by its types.
        const BindingFlags declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        for (var type = from.GetType(); type is not null && type != typeof(OptimizerState); type = type.BaseType)
        {
            foreach (var field in type.GetFields(declared))
            {
                var value = field.GetValue(from);
                if (value is Parameter) continue;
                if (typeof(Tensor).IsAssignableFrom(field.FieldType))
                {
                    (field.GetValue(to) as Tensor)?.Dispose();
                    field.SetValue(to, value is Tensor tensor
                        ? (tensor.NumberOfElements == elements ? part(tensor) : tensor).clone().DetachFromDisposeScope()
                        : null);
                }
                else if (field.FieldType.IsValueType) field.SetValue(to, value);
                else throw new NotSupportedException($"{type} remembers '{field.Name}' of type {field.FieldType.Name}, "
                    + "which cannot be cut for each parameter: "
                    + "step its parameters singly from the beginning");
            }
        }
    }
}
