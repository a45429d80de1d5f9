namespace Polytask.Notebooks.Running;

/// <summary>What the end of a worker process means, in words.</summary>
internal static class WorkerEnd
{
    public static string Describe(int exitCode) => exitCode switch
    {
        137 => "the worker process was killed (signal 9); if nobody did that, the machine was out of memory.",
        134 => "the worker process aborted (signal 6); what it printed last says why.",
        139 => "the worker process crashed in native code (signal 11).",
        > 128 and < 160 => $"the worker process was ended by signal {exitCode - 128}.",
        _ => $"the worker process ended with exit code {exitCode}, as by Environment.Exit({exitCode}).",
    };
}
