namespace Polytask;

/// <summary>
/// One level of experts and the gates that mix them: f^k(x) = sum_i g^k(x)_i f_i(x) (Ma et al., KDD 2018, equation 6). Each task has a stream after it;
/// where a later level needs the shared stream, that has a gate of its own over all experts (PLE, Tang et al., RecSys 2020, equations 5 to 7).
/// </summary>
public sealed record ExpertsLayer : Layer
{
    internal ExpertsLayer(ExpertBank bank, Gate? gate) => (Bank, Gate) = (bank, gate);

    /// <summary>The experts.</summary>
    public ExpertBank Bank { get; internal init; }

    /// <summary>How they are mixed, or null for the model's gate.</summary>
    public Gate? Gate { get; internal init; }

    /// <summary>Whether experts and gates work on each position of a sequence [length, features] alone.</summary>
    public bool IsPerToken { get; private init; }

    /// <summary>Whether what the layer reads is added to what it gives.</summary>
    public bool IsResidual { get; private init; }

    /// <summary>Whether experts and gates read their input layer-normalised.</summary>
    public bool IsNormalised { get; private init; }

    /// <summary>Whether owned experts also reach their owner past the mixing gate, through a gate of their own.</summary>
    public bool HasSelfGates { get; private init; }

    /// <summary>Whether the layer gives a stream for each group of tasks instead of each task.</summary>
    public bool IsForGroups { get; private init; }

    /// <summary>Whether a task's gate reads the shared stream beside the task's own.</summary>
    public bool GatesReadShared { get; private init; }

    /// <summary>Whether experts that all tasks share read each task's own stream instead of the shared one.</summary>
    public bool IsOnOwnStreams { get; private init; }

    /// <summary>
    /// Experts that all tasks share read, for each task, that task's own stream: where a layer before gave every task an input of its own. They are
    /// then computed once per task.
    /// </summary>
    public ExpertsLayer OnOwnStreams() => this with { IsOnOwnStreams = true };

    /// <summary>Experts and gates work on each position of [length, features] alone, as the feed-forward part of a transformer does.</summary>
    public ExpertsLayer PerToken() => this with { IsPerToken = true };

    /// <summary>What the layer reads is added to what it gives: x + f(x).</summary>
    public ExpertsLayer Residual() => this with { IsResidual = true };

    /// <summary>
    /// Experts and gates read their input layer-normalised (with a learned scale and shift that all tasks share); what <see cref="Residual"/> adds is
    /// not: x + f(LN x), as in a transformer with normalisation before each part (Xiong et al., ICML 2020).
    /// </summary>
    public ExpertsLayer Normalised() => this with { IsNormalised = true };

    /// <summary>
    /// Self gates (HoME, equation 11): z += sum_i s_i(v) f_i(v) over the owner's own experts, s a softmax of a linear map of what they read, or a
    /// logistic unit where there is one expert. The gradient then reaches owned experts that the mixing gate ignores.
    /// </summary>
    public ExpertsLayer WithSelfGates() => this with { HasSelfGates = true };

    /// <summary>The layer gives a stream for each group of tasks, which all its tasks read (the first level of HoME).</summary>
    public ExpertsLayer ForGroups() => this with { IsForGroups = true };

    /// <summary>A task's gate reads the shared stream and its own, one after the other (the second level of HoME).</summary>
    public ExpertsLayer WithGatesOnSharedToo() => this with { GatesReadShared = true };

    /// <inheritdoc/>
    public override string Name => "experts";

    /// <inheritdoc/>
    public override string Describe() => string.Join(", ", new[]
    {
        Bank.ToString(), IsPerToken ? "per token" : "", IsNormalised ? "normalised" : "", IsResidual ? "residual" : "", HasSelfGates ? "self gates" : "",
        IsForGroups ? "a stream per group" : "", IsOnOwnStreams ? "on the tasks' own streams" : "",
        GatesReadShared ? "gates read the shared stream too" : "",
    }.Where(part => part.Length > 0));

    internal override string Giver => $"expert '{Bank.Expert.Name}'";

    internal Shape Read(Shape input, string place) => !IsPerToken ? input
        : input.Rank == 2 ? Shape.Of(input[1])
        : throw new DeclarationException($"{place}: experts per token read [length, features], but got {input}");

    internal override Shape Output(Shape input, string place)
    {
        var read = Read(input, place);
        if (IsNormalised && !read.IsFlat)
            throw new DeclarationException($"{place}: normalised experts read features or, with .PerToken(), [length, features], but got {input}");
        Shape? first = null;
        ExpertGroup? whose = null;
        foreach (var group in Bank.Groups.Where(group => group.Count > 0))
        {
            var entered = group.Entry?.Output(read, $"{place}: entry") ?? read;
            var given = group.Expert.Output(entered, $"{place}: expert");
            if (first is null) (first, whose) = (given, group);
            else if (!first.Equals(given))
                throw new DeclarationException($"{place}: the experts {whose} give {first}, but {group} give {given}; "
                    + "a gate can only mix experts of one output shape");
        }
        if (first is null) throw new DeclarationException($"{place}: there are no experts; a level needs at least 1");
        var output = !IsPerToken ? first : first.IsFlat ? Shape.Of(input[0], first[0])
            : throw new DeclarationException($"{place}: an expert per token gives a vector, but '{Bank.Expert.Name}' gives {first}");
        return !IsResidual || output.Equals(input) ? output
            : throw new DeclarationException($"{place}: residual experts give what they read, {input}, but '{Bank.Expert.Name}' gives {output}");
    }

    internal override void Check(StreamMap map, Shape input, string place)
    {
        var sets = ExpertSet.Of(Bank, map, place);
        if (Bank.Visibility is { } mask && (mask.Length != map.Tasks.Length || mask.Any(row => row.Length != sets.Sum(set => set.Count))))
            throw new DeclarationException($"{place}: the mask of who sees what is [{mask.Length}, {(mask.Length > 0 ? mask[0].Length : 0)}], "
                + $"but there are {map.Tasks.Length} tasks and {sets.Sum(set => set.Count)} experts");
        if (IsOnOwnStreams && GatesReadShared)
            throw new DeclarationException($"{place}: experts on the tasks' own streams read no shared one, so gates cannot read it too; "
                + "drop .OnOwnStreams() or .WithGatesOnSharedToo()");
        foreach (var stream in Consumers(map, map.Set(map.TaskStreams)))
        {
            if (ExpertSet.Visible(sets, Bank, map, stream).Length == 0)
                throw new DeclarationException($"{place}: the gate of {map.Name(stream)} sees no expert; "
                    + "add shared ones, give it some of its own, or mend the mask");
        }
        if (IsForGroups && map.TaskStreams.FirstOrDefault(task => map.GroupOf(task) < 0, -1) is >= 0 and var alone)
            throw new DeclarationException($"{place}: the layer gives a stream per group, but {map.Name(alone)} is in no group; declare .Group(...)");
    }

    internal override Layer Keeping(bool[] kept, IReadOnlyCollection<string> gone) => this with { Bank = Bank.Keeping(kept, gone) };

    internal override bool[] Inputs(StreamMap map, bool[] required)
    {
        var needed = new bool[map.Count];
        var sets = ExpertSet.Of(Bank, map, "experts");
        foreach (var consumer in Consumers(map, required))
            foreach (var source in SourcesOf(sets, map, consumer)) needed[source] = true;
        return needed;
    }

    internal override bool[] Outputs(StreamMap map, bool[] available, bool[] required) => map.Set(Consumers(map, required));

    /// <summary>The streams that have a gate.</summary>
    internal int[] Consumers(StreamMap map, bool[] required) =>
        [.. StreamMap.In(required).Select(stream => IsForGroups && map.IsTask(stream) ? map.GroupOf(stream) : stream).Distinct()];

    /// <summary>For each task of a model the number of experts that its gate, or its group's, weighs.</summary>
    internal int[] Seen(Model model)
    {
        var map = new StreamMap(model.Tasks, model.Groups);
        var sets = ExpertSet.Of(Bank, map, $"model '{model.Name}': experts");
        return [.. map.TaskStreams.Select(task => ExpertSet.Visible(sets, Bank, map, IsForGroups ? map.GroupOf(task) : task).Length)];
    }

    /// <summary>The stream that a set of experts reads for a consumer.</summary>
    internal int Read(StreamMap map, ExpertSet set, int consumer) => IsOnOwnStreams && set.Stream == map.Shared ? consumer : set.Stream;

    /// <summary>What a consumer depends on: what its gate reads and what the experts that it sees read.</summary>
    internal IEnumerable<int> SourcesOf(ExpertSet[] sets, StreamMap map, int consumer)
    {
        var visible = ExpertSet.Visible(sets, Bank, map, consumer);
        IEnumerable<int> read = sets.Where(set => visible.Any(set.Holds)).Select(set => Read(map, set, consumer));
        return read.Append(consumer).Concat(GatesReadShared ? [map.Shared] : []).Distinct();
    }

    internal override BuiltLayer Build(LayerSite site) => new BuiltExperts(this, site);
}
