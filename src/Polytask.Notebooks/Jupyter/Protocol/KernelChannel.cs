namespace Polytask.Notebooks.Jupyter.Protocol;

/// <summary>The sockets of a kernel.</summary>
internal enum KernelChannel
{
    /// <summary>Requests, answered one after the other: cells to run, completions.</summary>
    Shell,

    /// <summary>Requests that cannot wait for a cell: interrupt, shutdown.</summary>
    Control,

    /// <summary>Questions of a cell to the person, Jupyter's stdin.</summary>
    Input,

    /// <summary>What everyone who looks on sees, Jupyter's iopub.</summary>
    Output,

    /// <summary>Sends back what it gets, so that others see that the kernel lives.</summary>
    Heartbeat,
}
