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
