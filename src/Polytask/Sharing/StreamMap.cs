using TorchSharp;

namespace Polytask;

/// <summary>
/// The streams that can flow between the layers of a trunk, as numbers: one for each task, then one for each group of tasks, and last the one that
/// all share. Where a layer gives no stream for a task, the task reads its group's, and where there is none either, the shared one.
/// </summary>
internal sealed class StreamMap
{
    private readonly int[] groupOf;
    private readonly string[] names;

    public StreamMap(IReadOnlyList<TaskSpec> tasks, IReadOnlyList<TaskGroup> groups)
    {
        (Tasks, Groups) = ([.. tasks.Select(task => task.Name)], [.. groups.Select(group => group.Name)]);
        groupOf = [.. Tasks.Select(task => groups.ToList().FindIndex(group => group.Tasks.Contains(task)))];
        names = [.. Tasks.Select(task => $"task '{task}'"), .. Groups.Select(group => $"group '{group}'"), "the shared stream"];
    }

    public string[] Tasks { get; }

    public string[] Groups { get; }

    public int Count => names.Length;

    public int Shared => names.Length - 1;

    /// <summary>The streams of the tasks.</summary>
    public IEnumerable<int> TaskStreams => Enumerable.Range(0, Tasks.Length);

    public bool IsTask(int stream) => stream < Tasks.Length;

    public bool IsGroup(int stream) => stream >= Tasks.Length && stream < Shared;

    /// <summary>The stream of a task's group, or -1.</summary>
    public int GroupOf(int stream) => IsTask(stream) && groupOf[stream] >= 0 ? Tasks.Length + groupOf[stream] : -1;

    /// <summary>The stream of a task of that name, or -1.</summary>
    public int TaskNamed(string task) => Array.IndexOf(Tasks, task);

    /// <summary>The stream of a group of that name, or -1.</summary>
    public int GroupNamed(string group) => Array.IndexOf(Groups, group) is >= 0 and var index ? Tasks.Length + index : -1;

    /// <summary>In messages: "task 'income'".</summary>
    public string Name(int stream) => names[stream];

    /// <summary>In the names of weights, where a task may be called anything: "task_income", "group_watch", "shared".</summary>
    public string Key(int stream) => IsTask(stream) ? $"task_{Tasks[stream]}" : IsGroup(stream) ? $"group_{Groups[stream - Tasks.Length]}" : "shared";

    /// <summary>Which of the streams that there are a stream is read from.</summary>
    public int Source(int stream, bool[] available)
    {
        if (available[stream]) return stream;
        var group = GroupOf(stream);
        return group >= 0 && available[group] ? group : Shared;
    }

    /// <summary>A set of streams.</summary>
    public bool[] Set(params IEnumerable<int> streams)
    {
        var set = new bool[Count];
        foreach (var stream in streams) set[stream] = true;
        return set;
    }

    /// <summary>The streams of a set, in their order.</summary>
    public static IEnumerable<int> In(bool[] set) => Enumerable.Range(0, set.Length).Where(stream => set[stream]);
}

/// <summary>The tensors that flow between two layers.</summary>
internal sealed class Streams(StreamMap map)
{
    private readonly torch.Tensor?[] tensors = new torch.Tensor?[map.Count];

    /// <summary>What all read at the start.</summary>
    public static Streams Of(StreamMap map, torch.Tensor x) => new(map) { [map.Shared] = x };

    public StreamMap Map => map;

    /// <summary>The tensor that a stream is read from, or sets a stream's own.</summary>
    public torch.Tensor this[int stream]
    {
        get => tensors[stream] ?? (map.GroupOf(stream) is >= 0 and var group ? tensors[group] : null) ?? tensors[map.Shared]
            ?? throw new InvalidOperationException($"{map.Name(stream)} is read, but no layer gives it");
        set => tensors[stream] = value;
    }

    /// <summary>The stream's own tensor, or null.</summary>
    public torch.Tensor? Own(int stream) => tensors[stream];

    /// <summary>The streams, each with a tensor of its own, that the asked ones are read from.</summary>
    public int[] Serving(bool[] asked)
    {
        var available = Array.ConvertAll(tensors, tensor => tensor is not null);
        return [.. StreamMap.In(asked).Select(stream => map.Source(stream, available)).Distinct()];
    }

    /// <summary>Whether several streams are read from one tensor.</summary>
    public bool AreSame(IReadOnlyList<int> streams)
    {
        for (var i = 1; i < streams.Count; i++)
            if (!ReferenceEquals(this[streams[0]], this[streams[i]])) return false;
        return true;
    }
}
