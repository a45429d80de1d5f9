using System.Diagnostics;
using System.Globalization;

namespace Benchmarks;

/// <summary>Seconds here and in a script of tests/peers, alternated so that both meet the same machine.</summary>
internal static class Alternated
{
    /// <param name="script">A script, with its arguments after spaces, that reads a number of steps per line and answers with the seconds they took.</param>
    /// <param name="steps">The steps of a round.</param>
    /// <param name="here">Takes so many steps and says how many seconds they took.</param>
    /// <param name="atEnd">Looks at the peer before it ends.</param>
    /// <param name="rounds">How often each side is timed, after a first time that does not count.</param>
    /// <returns>Seconds per step, medians over rounds, the median of the rounds' ratios, and the peer's first line.</returns>
    public static (double Here, double There, double Ratio, string Peer) Run(
        string script, int steps, Func<int, double> here, Action<Process>? atEnd = null, int rounds = 15)
    {
        using var python = Peer.Start(script);
        var version = python.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"{script} did not start in Debian's Python: apt-get install what it imports (python3-torch, python3-pandas)");
        var (mine, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            var seconds = here(steps);
            python.StandardInput.WriteLine(steps);
            var other = double.Parse(python.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            if (round == 0) continue; // warm-up
            mine.Add(seconds / steps);
            theirs.Add(other / steps);
        }
        atEnd?.Invoke(python);
        python.StandardInput.Close();
        var ratios = mine.Zip(theirs, (x, y) => x / y).ToList();
        return (Median(mine), Median(theirs), Median(ratios), version);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
