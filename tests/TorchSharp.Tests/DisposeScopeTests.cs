using static TorchSharp.torch;

namespace TorchSharp.Tests;

public class DisposeScopeTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_in_it_and_nothing_else()
    {
        var before = zeros(2);
        Tensor inside, kept, detached;
        using (NewDisposeScope())
        {
            inside = zeros(2);
            kept = zeros(2).MoveToOuterDisposeScope();
            detached = zeros(2).DetachFromDisposeScope();
        }
        var after = zeros(2);
        Assert.True(inside.IsInvalid);
        Assert.False(before.IsInvalid || kept.IsInvalid || detached.IsInvalid || after.IsInvalid);
    }

    [Fact]
    public void Moving_out_stops_at_the_next_scope()
    {
        Tensor moved;
        using (var outer = NewDisposeScope())
        {
            using (NewDisposeScope()) moved = zeros(2).MoveToOuterDisposeScope();
            Assert.False(moved.IsInvalid);
            Assert.True(outer.Contains(moved));
        }
        Assert.True(moved.IsInvalid);
    }

    [Fact]
    public void Counts_follow_makes_disposals_and_moves_in_any_order()
    {
        // A model of the scope: a plain set. Operations are drawn at random and both must agree after each.
        var random = new System.Random(3);
        using var outer = NewDisposeScope();
        using var scope = NewDisposeScope();
        var model = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        var moved = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        for (var step = 0; step < 500; step++)
        {
            var pick = model.Count > 0 ? model.ElementAt(random.Next(model.Count)) : null;
            switch (random.Next(5))
            {
                case 0 when pick is not null:
                    pick.Dispose();
                    model.Remove(pick);
                    break;
                case 1 when pick is not null:
                    scope.MoveToOuter(pick);
                    model.Remove(pick);
                    moved.Add(pick);
                    break;
                case 2 when pick is not null:
                    scope.Detach(pick);
                    model.Remove(pick);
                    pick.Dispose();
                    break;
                case 3 when moved.Count > 0:
                    var back = moved.First();
                    scope.Attach(back);
                    moved.Remove(back);
                    model.Add(back);
                    break;
                default:
                    model.Add(zeros(1));
                    break;
            }
            Assert.Equal(model.Count, scope.DisposablesCount);
            Assert.Equal(moved.Count, outer.DisposablesCount);
        }
        scope.DisposeEverything();
        Assert.All(model, t => Assert.True(t.IsInvalid));
        Assert.All(moved, t => Assert.False(t.IsInvalid));
    }

    [Fact]
    public void Everything_but_the_kept_ones_goes_and_they_go_with_the_scope()
    {
        Tensor a, b;
        using (var scope = NewDisposeScope())
        {
            (a, b) = (zeros(1), zeros(1));
            scope.DisposeEverythingBut(b);
            Assert.True(a.IsInvalid);
            Assert.False(b.IsInvalid);
            Assert.Equal(1, scope.DisposablesCount);
        }
        Assert.True(b.IsInvalid);
    }

    private sealed class Stubborn : IDisposable
    {
        public void Dispose() => throw new NotSupportedException("stubborn");
    }

    [Fact]
    public void A_scope_ends_when_its_block_throws_and_when_what_it_holds_does_not_dispose()
    {
        using var outer = NewDisposeScope();
        Tensor? made = null;
        Assert.Throws<NotSupportedException>(() =>
        {
            using var scope = NewDisposeScope();
            made = zeros(1);
            scope.Attach(new Stubborn());
        });
        Assert.True(made!.IsInvalid);
        Assert.Same(outer, CurrentDisposeScope);
        Assert.Throws<ArgumentException>(() =>
        {
            using var scope = NewDisposeScope();
            made = zeros(1);
            Fail();
        });
        Assert.True(made.IsInvalid);
        Assert.Same(outer, CurrentDisposeScope);
    }

    private static void Fail() => throw new ArgumentException("from the block");

    [Fact]
    public void Each_thread_has_its_own_scopes()
    {
        using var scope = NewDisposeScope();
        Tensor? made = null;
        var thread = new Thread(() => made = zeros(1));
        thread.Start();
        thread.Join();
        Assert.Equal(0, scope.DisposablesCount);
        Assert.False(made!.IsInvalid);
    }

    [Fact]
    public void A_tensor_that_a_graph_needs_outlives_its_scope_natively()
    {
        var x = tensor(new double[] { 3 }, requires_grad: true);
        Tensor loss;
        using (NewDisposeScope())
        {
            var square = x * x;
            loss = (square * x).sum().MoveToOuterDisposeScope();
        }
        loss.backward();
        Assert.Equal(27, x.grad!.item<double>(), 12);
    }

    [Fact]
    public void Statistics_count_what_a_thread_makes_disposes_and_moves()
    {
        ThreadDisposeScopeStatistics? found = null;
        var thread = new Thread(() =>
        {
            var outside = zeros(1);
            outside.Dispose();
            outside.Dispose();
            using (var scope = NewDisposeScope())
            {
                var (a, b, c) = (zeros(1), zeros(1), zeros(1));
                a.Dispose();
                scope.Detach(b);
                scope.Attach(b);
                scope.Detach(c);
            }
            zeros(1);
            found = DisposeScopeManager.Statistics;
        });
        thread.Start();
        thread.Join();
        var tensors = found!.TensorStatistics;
        Assert.Equal((2, 1), (tensors.CreatedOutsideScopeCount, tensors.DisposedOutsideScopeCount));
        Assert.Equal((3, 2), (tensors.CreatedInScopeCount, tensors.DisposedInScopeCount));
        Assert.Equal((1, 2), (tensors.AttachedToScopeCount, tensors.DetachedFromScopeCount));
        Assert.Equal(2, found.ThreadTotalLiveCount);
        Assert.Contains("AttachedToScopeCount: 1", tensors.ToString());
        found.Reset();
        Assert.Equal(0, found.ThreadTotalLiveCount + found.AttachedToScopeCount + found.DetachedFromScopeCount);
    }

    [Fact]
    public void A_scope_moves_only_what_it_holds()
    {
        using var outer = NewDisposeScope();
        var foreign = zeros(1);
        using var inner = NewDisposeScope();
        var (a, b) = (zeros(1), zeros(1));
        inner.MoveToOther(null, foreign);
        Assert.True(outer.Contains(foreign));
        Assert.Equal((a, b), inner.MoveToOther(outer, a, b));
        Assert.True(outer.Contains(a) && outer.Contains(b));
        foreign.MoveToOtherDisposeScope(inner);
        Assert.True(inner.Contains(foreign));
        Assert.Equal([foreign], inner.DisposablesView);
        var loose = zeros(1).DetachFromDisposeScope();
        Assert.True(inner.Contains(loose.MoveToOtherDisposeScope(foreign)));
    }

    [Fact]
    public void A_scope_that_has_ended_refuses_and_one_left_open_inside_it_goes_on()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        outer.Dispose();
        outer.Dispose();
        Assert.Same(inner, CurrentDisposeScope);
        Assert.Throws<ObjectDisposedException>(() => outer.Attach(zeros(1)));
        Assert.Throws<ObjectDisposedException>(() => outer.DisposablesCount);
        var made = zeros(1);
        inner.Dispose();
        Assert.True(made.IsInvalid);
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void A_wrapped_expression_leaves_only_its_result()
    {
        Tensor? temporary = null;
        using var scope = NewDisposeScope();
        var result = WrappedTensorDisposeScope(() => (temporary = ones(2)) + 1);
        Assert.True(temporary!.IsInvalid);
        Assert.Equal([result], scope.DisposablesView);
        var (kept, alsoKept) = scope.DisposeEverythingBut(result, ones(1));
        Assert.Equal(2, scope.DisposablesCount);
        scope.MarkAsDisposed(kept);
        Assert.Equal([alsoKept], scope.DisposablesView);
    }

    [Fact]
    public void Several_tensors_leave_a_scope_at_once()
    {
        using var outer = torch.NewDisposeScope();
        using var scope = torch.NewDisposeScope();
        var tensors = new[] { torch.zeros(1), torch.zeros(1), torch.zeros(1) };
        scope.Detach(tensors[0], tensors[1]);
        Assert.Equal(1, scope.DisposablesCount);
        scope.MoveToOuter(new List<IDisposable> { tensors[2] });
        Assert.Equal((0, 1), (scope.DisposablesCount, outer.DisposablesCount));
        outer.Attach(tensors[0], tensors[1]);
        outer.Detach(outer.DisposablesView);
        Assert.Equal(0, outer.DisposablesCount);
    }
}
