using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A built <see cref="Model"/>: an ordinary TorchSharp module with named points that weightings, probes and notebooks attach to.</summary>
public sealed class MultiTaskModule : nn.Module
{
    private readonly List<Trunk> trunks = [];
    private readonly List<SoftmaxGateModule> gates = [];
    private readonly Dictionary<string, int> positions = [];
    private readonly List<TaskModule> tasks = [];

    internal MultiTaskModule(Model model) : base(model.Name)
    {
        Model = model;
        var (input, backbone, features) = model.Shapes();
        var copies = model.IsSingleTask ? model.Tasks.Length : 1;
        for (var copy = 0; copy < copies; copy++)
            trunks.Add(Register(model.IsSingleTask ? $"trunk_{copy}" : "trunk", new Trunk(model, input, backbone)));
        if (model.ExpertBank is { } bank && model.GateKind is SoftmaxGate gate)
        {
            // With a copy of everything per task, a gate has only its own task to serve.
            var shared = gate.IsShared && !model.IsSingleTask;
            string[] names = shared ? ["gate"] : [.. model.Tasks.Select(task => $"gate_{task.Name}")];
            foreach (var name in names) gates.Add(Register(name, new SoftmaxGateModule(backbone, bank.Count, gate.IsZeroInitialised)));
        }
        foreach (var task in model.Tasks)
        {
            positions[task.Name] = tasks.Count;
            tasks.Add(Register($"task_{task.Name}", new TaskModule(task, features)));
        }
        WeightingModule = Register("weighting", model.WeightingRule.Build(model.Tasks));
    }

    /// <summary>The declaration this module was built from.</summary>
    public Model Model { get; }

    /// <summary>The weighting with its state: float [tasks] of losses → a scalar.</summary>
    public nn.Module<Tensor, Tensor> WeightingModule { get; }

    /// <summary>The outputs of all tasks for the same rows, in the order of <see cref="Model.Tasks"/>; shared parts run once.</summary>
    /// <param name="x">float [batch, ...input].</param>
    /// <returns>Per task what its head gives: [batch, classes], [batch] or [batch, outputs].</returns>
    public IReadOnlyList<Tensor> Forward(Tensor x)
    {
        var outputs = OwnOutputs(x);
        // Heads read tasks declared before their own: what they read is finished.
        for (var task = 0; task < outputs.Length; task++)
            outputs[task] = Combined(task, outputs[task], read => outputs[read]);
        return outputs;
    }

    private Tensor[] OwnOutputs(Tensor x)
    {
        var outputs = new Tensor[tasks.Count];
        if (trunks.Count > 1)
        {
            for (var task = 0; task < outputs.Length; task++) outputs[task] = OwnOutput(task, x);
            return outputs;
        }
        var trunk = trunks[0];
        var shared = trunk.Backbone(x);
        if (trunk.Experts is not { } experts)
        {
            for (var task = 0; task < outputs.Length; task++) outputs[task] = tasks[task].call(shared);
            return outputs;
        }
        var features = experts.call(shared);                                         // [batch, E, h]
        if (gates.Count == 1)
        {
            var mixed = Mix(gates[0].call(shared), features);
            for (var task = 0; task < outputs.Length; task++) outputs[task] = tasks[task].call(mixed);
        }
        else
        {
            var weights = stack([.. gates.Select(gate => gate.call(shared))], 1);    // [batch, K, E]
            var mixed = weights.bmm(features);                                       // [batch, K, h]
            for (var task = 0; task < outputs.Length; task++) outputs[task] = tasks[task].call(mixed.select(1, task));
        }
        return outputs;
    }

    /// <summary>The output of one task: only its own part, and that of the tasks its head reads, runs after the shared one.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="x">float [batch, ...input].</param>
    public Tensor Forward(string task, Tensor x) => Output(Position(task), x);

    /// <summary>What a task's tower and head read: the shared features or the task's mixture of experts, float [batch, features].</summary>
    public Tensor Representation(string task, Tensor x) => Features(Position(task), x);

    /// <summary>How a task weighs the experts, float [batch, experts]; every row sums to 1.</summary>
    /// <exception cref="DeclarationException">The model has no experts.</exception>
    public Tensor GateWeights(string task, Tensor x)
    {
        var position = Position(task);
        if (gates.Count == 0) throw new DeclarationException($"model '{Model.Name}' has no experts, so task '{task}' has no gate");
        return GateOf(position).call(TrunkOf(position).Backbone(x));
    }

    /// <summary>The parameters that more than one task trains: backbone, experts, a shared gate.</summary>
    public IReadOnlyList<Parameter> SharedParameters() => trunks.Count > 1 || tasks.Count == 1
        ? []
        : [.. trunks[0].parameters(), .. gates.Count == 1 ? gates[0].parameters() : []];

    /// <summary>The parameters that only this task trains: its gate, tower and head, and a copy of the rest where nothing is shared.</summary>
    public IReadOnlyList<Parameter> TaskParameters(string task)
    {
        var position = Position(task);
        var alone = trunks.Count > 1 || tasks.Count == 1;
        return
        [
            .. alone ? TrunkOf(position).parameters() : [],
            .. gates.Count > 0 && (alone || gates.Count > 1) ? GateOf(position).parameters() : [],
            .. tasks[position].parameters(),
        ];
    }

    private Tensor Output(int task, Tensor x) => Combined(task, OwnOutput(task, x), read => Output(read, x));

    private Tensor OwnOutput(int task, Tensor x) => tasks[task].call(Features(task, x));

    private Tensor Combined(int task, Tensor own, Func<int, Tensor> output)
    {
        var head = Model.Tasks[task].Head;
        return head.Reads.IsEmpty ? own : head.Combine(own, [.. head.Reads.Select(read => output(positions[read]))]);
    }

    private Tensor Features(int task, Tensor x)
    {
        var trunk = TrunkOf(task);
        var shared = trunk.Backbone(x);
        return trunk.Experts is { } experts ? Mix(GateOf(task).call(shared), experts.call(shared)) : shared;
    }

    // f^k(x) = sum_i g^k(x)_i f_i(x) (Ma et al., KDD 2018, equation 6): [batch, E] and [batch, E, h] → [batch, h].
    private static Tensor Mix(Tensor weights, Tensor features) => weights.unsqueeze(1).bmm(features).squeeze(1);

    private Trunk TrunkOf(int task) => trunks[trunks.Count > 1 ? task : 0];

    private SoftmaxGateModule GateOf(int task) => gates[gates.Count > 1 ? task : 0];

    private int Position(string task) => positions.TryGetValue(task, out var position) ? position : positions[Model.TaskNamed(task).Name];

    private T Register<T>(string name, T module) where T : nn.Module
    {
        register_module(name, module);
        return module;
    }
}
