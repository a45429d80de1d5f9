using System.Collections.Concurrent;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.utils.data;

namespace TorchSharp.Tests.Data;

public class DataLoaderTests
{
    /// <summary>Item i holds i and i², made anew for each call, and may fail or wait.</summary>
    private sealed class Squares(int count, Action<long>? before = null) : Dataset
    {
        public ConcurrentBag<Tensor> Made { get; } = [];

        public bool IsFreed { get; private set; }

        public override long Count => count;

        public override Dictionary<string, Tensor> GetTensor(long index)
        {
            var root = tensor((double)index);
            Made.Add(root);
            before?.Invoke(index);
            var item = new Dictionary<string, Tensor> { ["root"] = root, ["square"] = full([2], index) * (float)index };
            Made.Add(item["square"]);
            return item;
        }

        protected override void Dispose(bool disposing) => IsFreed = true;
    }

    private sealed class Pairs(int count) : IterableDataset
    {
        public override long Count => count;

        public override IList<Tensor> GetTensor(long index) => [tensor(index), tensor(new[] { index, -index })];
    }

    private static long[] Order(IterableDataLoader loader) => [.. loader.SelectMany(batch => batch[0].data<long>().ToArray())];

    [Fact]
    public void Batches_hold_all_rows_in_order_and_the_last_one_what_is_left()
    {
        var (x, y) = (arange(7).reshape(7, 1) * 10, arange(7));
        using var loader = DataLoader(TensorDataset(x, y), 3);
        Assert.Equal(3, loader.Count);
        var sizes = new List<long>();
        foreach (var batch in loader)
        {
            Assert.True(batch[0].Equals(batch[1].reshape(-1, 1) * 10));
            sizes.Add(batch[1].shape[0]);
        }
        Assert.Equal([3, 3, 1], sizes);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], Order(DataLoader(TensorDataset(y), 2)));

        using var whole = DataLoader(TensorDataset(x, y), 3, drop_last: true);
        Assert.Equal((2, 2), ((int)whole.Count, whole.Count()));
        Assert.Equal((0, 0), ((int)DataLoader(new Pairs(0), 4).Count, DataLoader(new Pairs(0), 4).Count()));
    }

    /// <summary>Gathering rows at once gives what collating items one by one gives.</summary>
    [Fact]
    public void Rows_of_tensors_and_items_give_equal_batches()
    {
        var rows = arange(9);
        using var gathered = DataLoader(TensorDataset(rows, stack([rows, -rows], 1)), 4, shuffle: true, seed: 3);
        using var collated = DataLoader(new Pairs(9), 4, shuffle: true, seed: 3);
        foreach (var (left, right) in gathered.Zip(collated))
            foreach (var (mine, theirs) in left.Zip(right)) Assert.True(mine.Equals(theirs));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void The_order_depends_on_the_seed_and_not_on_the_workers(int workers)
    {
        var order = Order(DataLoader(new Pairs(50), 8, shuffle: true, seed: 11, num_worker: workers));
        Assert.Equal(new FisherYatesShuffler(50, 11), order);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (long)i), order.Order());
        using var loader = DataLoader(new Pairs(50), 8, shuffle: true, seed: 11, num_worker: workers);
        Assert.Equal(Order(loader), Order(loader));
        Assert.NotEqual(order, Order(DataLoader(new Pairs(50), 8, shuffle: true, seed: 12, num_worker: workers)));
        using var unseeded = DataLoader(new Pairs(50), 8, shuffle: true, num_worker: workers);
        Assert.NotEqual(Order(unseeded), Order(unseeded));
        Assert.Equal([4, 2, 4], Order(DataLoader(new Pairs(50), 2, [4, 2, 4], num_worker: workers)));
    }

    /// <summary>The orders that TorchSharp's own class gives for these seeds.</summary>
    [Theory]
    [InlineData(1, new long[] { 9, 2, 4, 8, 7, 1, 3, 0, 6, 5 })]
    [InlineData(-7, new long[] { 7, 10, 2, 1, 5, 0, 8, 6, 3, 9, 4, 11 })]
    public void The_orders_of_a_seed_are_TorchSharps(int seed, long[] expected) =>
        Assert.Equal(expected, new FisherYatesShuffler(expected.Length, seed));

    [Fact]
    public void Every_order_of_three_is_as_likely()
    {
        var counts = Enumerable.Range(0, 6000).Select(seed => string.Join("", new FisherYatesShuffler(3, seed))).CountBy(order => order).ToList();
        Assert.Equal(6, counts.Count);
        // Five standard deviations of a binomial count.
        Assert.All(counts, pair => Assert.InRange(pair.Value, 1000 - 5 * 29, 1000 + 5 * 29));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_is_made_on_the_way_is_freed(int workers)
    {
        var squares = new Squares(7);
        var batches = new List<Dictionary<string, Tensor>>();
        using (var outer = NewDisposeScope())
        {
            using (var loader = DataLoader(squares, 3, num_worker: workers))
            {
                foreach (var batch in loader)
                {
                    Assert.All(squares.Made, tensor => Assert.True(tensor.IsInvalid));
                    if (batches.Count > 0) Assert.True(batches[^1]["root"].IsInvalid);
                    Assert.True(batch["square"].Equals((batch["root"] * batch["root"]).to(float32).unsqueeze(1).expand(-1, 2)));
                    batches.Add(batch);
                    outer.DisposeEverythingBut([]);
                }
            }
            Assert.Equal(0, outer.DisposablesCount);
        }
        Assert.Equal(14, squares.Made.Count);
        Assert.All(batches, batch => Assert.True(batch["root"].IsInvalid));
        Assert.True(squares.IsFreed);
    }

    [Fact]
    public void Batches_and_data_sets_are_kept_where_asked()
    {
        var squares = new Squares(4);
        List<Dictionary<string, Tensor>> batches;
        using (var loader = DataLoader(squares, 2, disposeBatch: false, disposeDataset: false)) batches = [.. loader];
        Assert.Equal([0.0, 1.0], Reference.Doubles(batches[0]["root"]));
        Assert.False(squares.IsFreed);
        var mine = arange(4);
        TensorDataset(mine).Dispose();
        Assert.False(mine.IsInvalid);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Leaving_early_frees_the_batch_and_asks_for_no_more_items(int workers)
    {
        var asked = 0;
        var squares = new Squares(100, _ => Interlocked.Increment(ref asked));
        using var loader = DataLoader(squares, 5, num_worker: workers);
        Dictionary<string, Tensor>? last = null;
        foreach (var batch in loader)
        {
            if (last is not null)
            {
                last = batch;
                break;
            }
            last = batch;
        }
        Assert.True(last!["root"].IsInvalid);
        Assert.Equal(10, asked);
        Assert.All(squares.Made, tensor => Assert.True(tensor.IsInvalid));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_failing_item_comes_out_as_it_was_and_leaks_nothing(int workers)
    {
        var broken = true;
        var squares = new Squares(20, index =>
        {
            if (broken && index is 6 or 8) throw new InvalidDataException($"item {index} is damaged");
        });
        using var loader = DataLoader(squares, 5, num_worker: workers);
        var seen = 0;
        var problem = Assert.Throws<InvalidDataException>(() =>
        {
            foreach (var _ in loader) seen++;
        });
        Assert.Equal("item 6 is damaged", problem.Message);
        Assert.Equal(1, seen);
        Assert.All(squares.Made, tensor => Assert.True(tensor.IsInvalid));
        broken = false;
        squares = new Squares(20);
        Assert.Equal(4, DataLoader(squares, 5, num_worker: workers).Count());
    }

    [Fact]
    public void Workers_work_at_once()
    {
        // Each item waits for another one: a single worker would wait in vain.
        using var barrier = new Barrier(2);
        var squares = new Squares(2, _ => Assert.True(barrier.SignalAndWait(TimeSpan.FromSeconds(30))));
        using var loader = DataLoader(squares, 2, num_worker: 2);
        Assert.Single(loader);
    }

    [Fact]
    public void A_collate_function_of_ones_own_makes_the_batch()
    {
        using var loader = new DataLoader<IList<Tensor>, Tensor>(
            new Pairs(5), 2, (items, device) => items.Select(item => item[0]).Aggregate((a, b) => a + b).to(device));
        Assert.Equal([1, 5, 4], loader.Select(sum => sum.item<long>()));
    }

    [Fact]
    public void Wrong_data_is_named()
    {
        Assert.Contains("got 3, 4", Assert.Throws<ArgumentException>(() => TensorDataset(zeros(3), zeros(4))).Message);
        Assert.Contains("got a number", Assert.Throws<ArgumentException>(() => TensorDataset(tensor(1.0))).Message);
        Assert.Throws<ArgumentNullException>(() => TensorDataset());
        Assert.Contains("batch size of 0", Assert.Throws<ArgumentException>(() => DataLoader(new Pairs(3), 0)).Message);
        using var rows = TensorDataset(arange(3), arange(6).reshape(3, 2));
        Assert.Equal([4L, 5], rows[2][1].data<long>().ToArray());
        Assert.Equal(2, rows.GetTensor(2)[0].item<long>());
        Assert.ThrowsAny<Exception>(() => rows[3]);
        Assert.ThrowsAny<Exception>(() => DataLoader(rows, 2, [7]).Count());
    }
}
