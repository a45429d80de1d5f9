using Polytask.Notebooks.Kernels;
using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Tests.Running;

[Collection("sessions")]
public sealed class CellInterruptsTests
{
    private readonly CellInterrupts _interrupts = new();
    private readonly NotebookSession _session = new(TestWorker.Options, new Session());

    [Fact]
    public void An_interrupt_before_a_cell_begins_is_for_that_cell_only()
    {
        _interrupts.Expect();
        _interrupts.Interrupt();
        Assert.False(_interrupts.Begin(_session));
        _interrupts.Expect();
        Assert.True(_interrupts.Begin(_session));
    }

    [Fact]
    public void An_interrupt_between_two_cells_is_for_none()
    {
        _interrupts.Expect();
        Assert.True(_interrupts.Begin(_session));
        _interrupts.End();
        _interrupts.Interrupt();
        _interrupts.Expect();
        Assert.True(_interrupts.Begin(_session));
    }
}
