using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>What the optimisers share: options, states and their dictionaries and files.</summary>
public abstract class OptimizerHelper : Optimizer
{
    private protected OptimizerHelper() { }

    /// <summary>The groups' states, in the order of their parameters.</summary>
    private protected abstract IEnumerable<(ParamGroup Group, OptimizerState[] States)> States { get; }

    /// <summary>Options and states, shared with the optimiser.</summary>
    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (var (group, states) in States)
        {
            dictionary.Options.Add(group.Options);
            dictionary.StateIndexRef.Add([.. Enumerable.Range(dictionary.State.Count, states.Length)]);
            dictionary.State.AddRange(states);
        }
        return dictionary;
    }

    /// <summary>Copies another optimiser's options and states; the groups and parameters must correspond.</summary>
    /// <exception cref="ArgumentException">The dictionary is of another kind of optimiser, or of other groups or shapes; nothing is changed
    /// then.</exception>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        CheckCounts(own, state_dict.Options.Count, state_dict.State.Count);
        foreach (var (mine, theirs) in own.Options.Zip<object, object>(state_dict.Options).Concat(own.State.Zip<object, object>(state_dict.State)))
            if (mine.GetType() != theirs.GetType())
                throw new ArgumentException($"Invalid optimizer state: {Kind(theirs)} for {Kind(mine)}.", nameof(state_dict));
        Load(own, [.. state_dict.Options.Select(options => options.Values())], [.. state_dict.State.Select(state => state.Values())]);

        static string Kind(object part) => part.GetType().FullName!.Split('.')[^1].Replace('+', '.');
    }

    /// <summary>Writes options and states to a file in TorchSharp's format; the file appears whole or not at all.</summary>
    public void save_state_dict(string location) => AtomicFile.Write(location, save_state_dict);

    /// <summary>Writes options and states in TorchSharp's format.</summary>
    public void save_state_dict(BinaryWriter writer)
    {
        var own = state_dict();
        writer.Write(GetType().Name);
        writer.Write7BitEncodedInt(own.Options.Count);
        writer.Write7BitEncodedInt(own.State.Count);
        foreach (var options in own.Options) options.SaveStateDict(writer);
        foreach (var state in own.State) state.SaveStateDict(writer);
    }

    /// <summary>Reads what <see cref="save_state_dict(string)"/> wrote.</summary>
    /// <inheritdoc cref="load_state_dict(BinaryReader)"/>
    public void load_state_dict(string location) => AtomicFile.Read(location, reader =>
    {
        load_state_dict(reader);
        return true;
    });

    /// <summary>Reads what <see cref="save_state_dict(BinaryWriter)"/> wrote; the groups and parameters must correspond.</summary>
    /// <exception cref="InvalidDataException">The file is another optimiser's, or cut short; nothing is changed then.</exception>
    /// <exception cref="ArgumentException">The file is of other groups or shapes; nothing is changed then.</exception>
    public void load_state_dict(BinaryReader reader)
    {
        var own = state_dict();
        using var scope = NewDisposeScope();
        try
        {
            var name = reader.ReadString();
            if (name != GetType().Name)
                throw new InvalidDataException($"Mismatched optimizer type: expected '{GetType().Name}', but found '{name}' in the loaded stream.");
            CheckCounts(own, reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
            Load(own, [.. own.Options.Select(options => options.Read(reader))], [.. own.State.Select(state => state.Read(reader))]);
        }
        catch (EndOfStreamException problem)
        {
            throw new InvalidDataException($"the state of {GetType().Name} is cut short", problem);
        }
    }

    /// <summary>Moves the states to a device.</summary>
    public void to(Device device)
    {
        foreach (var (_, states) in States)
            foreach (var state in states) state.to(device);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        foreach (var (_, states) in States)
            foreach (var state in states) state.Dispose();
    }

    /// <summary>Everything is checked before anything is changed.</summary>
    private static void Load(StateDictionary own, List<object?>[] options, List<object?>[] states)
    {
        foreach (var (state, values) in own.State.Zip(states)) state.Check(values);
        foreach (var (mine, values) in own.Options.Zip(options)) mine.Load(values);
        foreach (var (mine, values) in own.State.Zip(states)) mine.Load(values);
    }

    private static void CheckCounts(StateDictionary own, int groups, int states)
    {
        Check("parameter groups", groups, own.Options.Count);
        Check("states", states, own.State.Count);

        static void Check(string what, int theirs, int mine)
        {
            if (theirs != mine)
                throw new ArgumentException(
                    $"Invalid optimizer state -- different number of {what}: {theirs} in the state, {mine} in the optimizer.");
        }
    }

    private protected static void Require(bool holds, string name, double? value)
    {
        if (!holds) throw new ArgumentException(FormattableString.Invariant($"Invalid {name}: {value}"));
    }
}

/// <summary>An optimiser whose groups have options of one kind and whose parameters have states of one kind.</summary>
public abstract class OptimizerHelper<TOptions, TState> : OptimizerHelper
    where TOptions : OptimizerOptions, new() where TState : OptimizerState
{
    /// <summary>A group with its parameters and their states in arrays: a step must not search for them.</summary>
    private readonly List<(ParamGroup Group, Parameter[] Parameters, TState[] States)> slots = [];

    /// <summary>The options of groups that have none of their own.</summary>
    private protected TOptions Defaults { get; }

    /// <param name="defaults">All of them set.</param>
    private protected OptimizerHelper(TOptions defaults)
    {
        Require(defaults.LearningRate >= 0, "learning rate", defaults.LearningRate);
        defaults.InitialLearningRate = defaults.LearningRate!.Value;
        Defaults = defaults;
    }

    /// <summary>For the ends of constructors: states are made with what the derived class has set.</summary>
    private protected void AddGroups(IEnumerable<ParamGroup> groups)
    {
        foreach (var group in groups) add_param_group(group);
    }

    private protected override IEnumerable<(ParamGroup Group, OptimizerState[] States)> States =>
        slots.Select(slot => (slot.Group, (OptimizerState[])slot.States));

    private protected abstract TState NewState(Parameter parameter);

    /// <summary>Changes a parameter by operators; gradients are off, and tensors made here are freed afterwards.</summary>
    private protected abstract void Update(TOptions options, Parameter parameter, Tensor gradient, TState state);

    /// <summary>The same in one pass over memory where the tensors allow it; false, with nothing changed, where not.</summary>
    private protected virtual bool TryUpdateInOnePass(TOptions options, Parameter parameter, Tensor gradient, TState state) => false;

    private protected virtual bool TakesSparseGradients => false;

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
            foreach (var (group, parameters, states) in slots)
                for (var i = 0; i < parameters.Length; i++) Step((TOptions)group.Options, parameters[i], states[i]);
        return loss;
    }

    private void Step(TOptions options, Parameter parameter, TState state)
    {
        using var gradient = parameter.grad;
        if (gradient is null || TryUpdateInOnePass(options, parameter, gradient, state)) return;
        if (!TakesSparseGradients && gradient.is_sparse) throw new ArgumentException($"{GetType().Name} does not support sparse gradients");
        using var scope = NewDisposeScope();
        Update(options, parameter, gradient, state);
    }

    /// <inheritdoc/>
    public override void add_param_group(ParamGroup param_group)
    {
        var parameters = param_group.Parameters.ToArray();
        var taken = new HashSet<Parameter>(slots.SelectMany(slot => slot.Parameters), ReferenceEqualityComparer.Instance);
        foreach (var parameter in parameters)
            if (!taken.Add(parameter)) throw new ArgumentException("some parameters appear more than once in the optimizer", nameof(param_group));

        var options = param_group.Options switch
        {
            null => new TOptions(),
            TOptions own => own,
            var other => throw new ArgumentException(
                $"{GetType().Name} takes groups with its own options, not with {other.GetType().DeclaringType?.Name}'s", nameof(param_group)),
        };
        options.CompleteFrom(Defaults);
        options.InitialLearningRate = options.LearningRate!.Value;
        param_group.Options = options;
        param_group.Parameters = parameters;
        var states = Array.ConvertAll(parameters, NewState);
        foreach (var state in states) state.Initialize(options);
        _parameter_groups.Add(param_group);
        slots.Add((param_group, parameters, states));
    }

    /// <summary>The gradient, upwards where the goal is a maximum, with weight decay added.</summary>
    private protected static Tensor Direction(Tensor gradient, Parameter parameter, bool maximize, double decay)
    {
        var signed = maximize ? gradient.neg() : gradient;
        return decay == 0 ? signed : signed.add(parameter, alpha: decay);
    }
}
