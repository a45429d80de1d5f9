using System.Collections;

namespace TorchSharp.Utils;

/// <summary>
/// The numbers from 0 up to a size in a random order (Fisher and Yates, in Durstenfeld's form, grown from the front). With a seed every enumeration
/// gives the same order, without one each gives its own. The orders of a seed are TorchSharp's.
/// </summary>
public class FisherYatesShuffler(long size, int? seed = null) : IEnumerable<long>
{
    public IEnumerator<long> GetEnumerator()
    {
        var random = seed is { } given ? new Random(given) : new Random();
        var order = new long[size];
        for (long i = 0; i < size; i++)
        {
            // Two draws, upper half first.
            var place = (((long)random.Next() << 32) + (uint)random.Next()) % (i + 1);
            order[i] = order[place];
            order[place] = i;
        }
        return ((IEnumerable<long>)order).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
