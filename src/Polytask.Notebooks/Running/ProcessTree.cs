using System.Diagnostics;
using System.Globalization;

namespace Polytask.Notebooks.Running;

/// <summary>What a process started, and what that started.</summary>
internal static class ProcessTree
{
    /// <summary>Its descendants; nothing where there is no /proc.</summary>
    public static List<Process> Descendants(int root)
    {
        var children = Directory.Exists("/proc/self") ? Parents().ToLookup(p => p.Parent, p => p.Id) : Array.Empty<(int, int)>().ToLookup(p => 0, p => 0);
        var found = new List<Process>();
        var pending = new Queue<int>(children[root]);
        while (pending.TryDequeue(out var id))
        {
            foreach (var child in children[id])
                pending.Enqueue(child);
            try
            {
                found.Add(Process.GetProcessById(id));
            }
            catch (ArgumentException)
            {
                // It has ended meanwhile.
            }
        }
        return found;
    }

    /// <summary>Ends what has not ended by itself when the time is up.</summary>
    public static async Task EndAsync(IEnumerable<Process> processes, Task timeIsUp)
    {
        foreach (var process in processes)
        {
            using (process)
            {
                while (!process.HasExited && !timeIsUp.IsCompleted)
                    await Task.WhenAny(Task.Delay(20), timeIsUp).ConfigureAwait(false);
                try
                {
                    process.Kill();
                }
                catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
                {
                    // It has ended, or is another user's.
                }
            }
        }
    }

    private static IEnumerable<(int Parent, int Id)> Parents()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id))
                continue;
            string text;
            try
            {
                text = File.ReadAllText(Path.Combine(folder, "stat"));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            // "id (name) state parent ...", where the name may hold spaces and brackets.
            yield return (int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture), id);
        }
    }
}
