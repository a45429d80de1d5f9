// Tests seed the process-wide generator and watch the process's memory, so no two may run at once.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
