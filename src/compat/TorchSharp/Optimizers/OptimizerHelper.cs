using System.Runtime.InteropServices;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>What the optimisers share: groups, states and their dictionaries.</summary>
public abstract class OptimizerHelper : Optimizer
{
    /// <summary>A group with its parameters and their states in arrays: a step must not search for them.</summary>
    private readonly List<(ParamGroup Group, Parameter[] Parameters, OptimizerState[] States)> _slots = [];

    private protected OptimizerHelper() { }

    /// <summary>Changes one group's parameters; gradients are off.</summary>
    private protected abstract void Update(ParamGroup group, ReadOnlySpan<Parameter> parameters, ReadOnlySpan<OptimizerState> states);

    /// <summary>Gives a group the optimiser's options where it has none of its own.</summary>
    private protected abstract OptimizerOptions Complete(OptimizerOptions? options);

    private protected abstract OptimizerState NewState(Parameter parameter);

    /// <inheritdoc/>
    public override Tensor? step(Func<Tensor>? closure = null)
    {
        Tensor? loss = null;
        if (closure is not null)
        {
            using var _ = enable_grad();
            loss = closure();
        }
        using (no_grad())
            foreach (var (group, parameters, states) in CollectionsMarshal.AsSpan(_slots)) Update(group, parameters, states);
        return loss;
    }

    /// <inheritdoc/>
    public override void add_param_group(ParamGroup param_group)
    {
        var parameters = param_group.Parameters.ToArray();
        var taken = new HashSet<Parameter>(_slots.SelectMany(slot => slot.Parameters), ReferenceEqualityComparer.Instance);
        foreach (var parameter in parameters)
            if (!taken.Add(parameter)) throw new ArgumentException("some parameters appear more than once in the optimizer", nameof(param_group));

        var options = Complete(param_group.Options);
        options.InitialLearningRate = options.LearningRate!.Value;
        param_group.Options = options;
        param_group.Parameters = parameters;
        var states = parameters.Select(NewState).ToArray();
        foreach (var state in states) state.Initialize(options);
        _parameter_groups.Add(param_group);
        _slots.Add((param_group, parameters, states));
    }

    /// <summary>Options and states, shared with the optimiser.</summary>
    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (var (group, _, states) in _slots)
        {
            dictionary.Options.Add(group.Options);
            dictionary.StateIndexRef.Add([.. Enumerable.Range(dictionary.State.Count, states.Length)]);
            dictionary.State.AddRange(states);
        }
        return dictionary;
    }

    /// <summary>Copies another optimiser's options and states; the groups and parameters must correspond.</summary>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        if (state_dict.Options.Count != own.Options.Count)
            throw new ArgumentException("Invalid optimizer state -- different number of parameter groups.");
        if (state_dict.State.Count != own.State.Count) throw new ArgumentException("Invalid optimizer state -- different number of states.");
        foreach (var (mine, theirs) in own.Options.Zip(state_dict.Options))
            if (mine != theirs) mine.LoadStateDict(theirs);
        foreach (var (mine, theirs) in own.State.Zip(state_dict.State))
            if (mine != theirs) mine.LoadStateDict(theirs);
    }

    /// <summary>Moves the states to a device.</summary>
    public void to(Device device)
    {
        foreach (var (_, _, states) in _slots)
            foreach (var state in states) state.to(device);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        foreach (var (_, _, states) in _slots)
            foreach (var state in states) (state as IDisposable)?.Dispose();
    }

    private protected static void Require(bool holds, string name, double value)
    {
        if (!holds) throw new ArgumentException($"Invalid {name}: {value.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
    }
}
