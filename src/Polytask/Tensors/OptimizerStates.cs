using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>What an optimiser remembers of its parameters, handed to another that steps them otherwise.</summary>
internal static class OptimizerStates
{
    private static readonly JsonSerializerOptions Numbers = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

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

    /// <summary>What a state holds, as values under "name.field"; tensors are the state's own.</summary>
    public static IEnumerable<RememberedValue> Values(string name, OptimizerState state)
    {
        foreach (var field in FieldsOf(state))
        {
            var value = field.GetValue(state);
            if (typeof(Tensor).IsAssignableFrom(field.FieldType)) yield return new($"{name}.{field.Name}", value as Tensor, null);
            else yield return new($"{name}.{field.Name}", null, JsonSerializer.SerializeToNode(value, field.FieldType, Numbers));
        }
    }

    /// <summary>Fills a state with what <see cref="Values"/> gave.</summary>
    /// <exception cref="InvalidDataException">A value is missing.</exception>
    public static void Restore(string name, OptimizerState state, IReadOnlyDictionary<string, RememberedValue> values)
    {
        using var untracked = no_grad();
        foreach (var field in FieldsOf(state))
        {
            var value = values.GetValueOrDefault($"{name}.{field.Name}")
                ?? throw new InvalidDataException($"nothing is saved of {name}'s {field.Name}");
            if (typeof(Tensor).IsAssignableFrom(field.FieldType))
            {
                var device = (field.GetValue(state) as Tensor)?.device;
                (field.GetValue(state) as Tensor)?.Dispose();
                field.SetValue(state, value.Tensor is { } saved ? saved.to(device ?? saved.device).clone().DetachFromDisposeScope() : null);
            }
            else field.SetValue(state, value.Number.Deserialize(field.FieldType, Numbers));
        }
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
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        foreach (var field in FieldsOf(from))
        {
            var value = field.GetValue(from);
            if (!typeof(Tensor).IsAssignableFrom(field.FieldType))
            {
                field.SetValue(to, value);
                continue;
            }
            (field.GetValue(to) as Tensor)?.Dispose();
            field.SetValue(to, value is Tensor tensor
                ? (tensor.NumberOfElements == elements ? part(tensor) : tensor).clone().DetachFromDisposeScope()
                : null);
        }
    }

    // The names of what is remembered differ from optimiser to optimiser, so it is found by its types.
    private static IEnumerable<FieldInfo> FieldsOf(OptimizerState state)
    {
        const BindingFlags declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        for (var type = state.GetType(); type is not null && type != typeof(OptimizerState); type = type.BaseType)
        {
            foreach (var field in type.GetFields(declared))
            {
                if (typeof(Parameter).IsAssignableFrom(field.FieldType) || field.GetValue(state) is Parameter) continue;
                yield return typeof(Tensor).IsAssignableFrom(field.FieldType) || field.FieldType.IsValueType
                    ? field
                    : throw new NotSupportedException($"{type} remembers '{field.Name}' of type {field.FieldType.Name}, "
                        + "which cannot be cut for each parameter: "
                        + "step its parameters singly from the beginning");
            }
        }
    }
}

/// <summary>One thing that an optimiser remembers: a tensor or a number, or nothing yet.</summary>
internal sealed record RememberedValue(string Key, Tensor? Tensor, JsonNode? Number);

/// <summary>What a <see cref="FlatOptimizer"/> remembers.</summary>
/// <param name="Steps">The steps taken.</param>
/// <param name="SteppedSinglyBecause">Why it steps singly; null while it does not.</param>
/// <param name="Flat">The names of the parameters in buffers, in their order; null where there are no buffers.</param>
/// <param name="Values">What is remembered of parameters and buffers.</param>
internal sealed record FlatOptimizerState(long Steps, string? SteppedSinglyBecause, string[]? Flat, RememberedValue[] Values);
