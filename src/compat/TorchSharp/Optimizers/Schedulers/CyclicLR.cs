namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>
                /// Rates that go up and down between base_lr and max_lr (Smith, 2017), one step a batch; the momentum goes the other way. The
                /// formulas are Python's: the momentum stays between its bounds, and ExpRange scales by the step, not by the cycle.
                /// </summary>
                public class CyclicLR : LRScheduler
                {
                    /// <summary>How the height of the cycles changes.</summary>
                    public enum Mode
                    {
                        /// <summary>Not at all.</summary>
                        Triangular,

                        /// <summary>It is halved in every cycle.</summary>
                        Triangular2,

                        /// <summary>It is gamma to the power of the step.</summary>
                        ExpRange,
                    }

                    /// <summary>What a scale function is given.</summary>
                    public enum ScaleMode
                    {
                        /// <summary>The number of the cycle, from 1.</summary>
                        Cycle,

                        /// <summary>The number of the step, from 0.</summary>
                        Iterations,
                    }

                    private readonly double[] low, high;
                    private readonly double[]? lowMomentum, highMomentum;
                    private readonly double size, rising;
                    private readonly Func<double, double> scale;
                    private readonly ScaleMode scaleMode;

                    public CyclicLR(
                        Optimizer optimizer, double base_lr, double max_lr, int step_size_up = 2000, int step_size_down = -1,
                        Mode mode = Mode.Triangular, double gamma = 1.0, Func<double, double>? scale_fn = null,
                        ScaleMode scale_mode = ScaleMode.Cycle, bool cycle_momentum = true, double base_momentum = 0.8, double max_momentum = 0.9,
                        int last_epoch = -1, bool verbose = false)
                        : this(
                            optimizer, Each(optimizer, base_lr), Each(optimizer, max_lr), step_size_up, step_size_down, mode, gamma, scale_fn,
                            scale_mode, cycle_momentum,
                              Each(optimizer, base_momentum), Each(optimizer, max_momentum), last_epoch, verbose)
                    { }

                    /// <param name="base_lr">The least rate of each group.</param>
                    /// <param name="max_lr">The largest rate of each group.</param>
                    /// <param name="step_size_up">The steps from the least rate to the largest.</param>
                    /// <param name="step_size_down">The steps back; -1 for as many as up.</param>
                    /// <param name="scale_fn">What the height is multiplied by, in place of the mode's way.</param>
                    /// <param name="base_momentum">The least momentum of each group, 0.8 where null.</param>
                    /// <param name="max_momentum">The largest momentum of each group, 0.9 where null.</param>
                    public CyclicLR(
                        Optimizer optimizer, IEnumerable<double> base_lr, IEnumerable<double> max_lr, int step_size_up = 2000,
                        int step_size_down = -1, Mode mode = Mode.Triangular, double gamma = 1.0, Func<double, double>? scale_fn = null,
                        ScaleMode scale_mode = ScaleMode.Cycle, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null,
                        IEnumerable<double>? max_momentum = null, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        (low, high) = (PerGroup(base_lr, nameof(base_lr)), PerGroup(max_lr, nameof(max_lr)));
                        size = step_size_up + (step_size_down == -1 ? step_size_up : (double)step_size_down);
                        rising = step_size_up / size;
                        (scale, scaleMode) = (scale_fn, mode) switch
                        {
                            ({ } own, _) => (own, scale_mode),
                            (_, Mode.Triangular2) => (cycle => Math.Pow(2, 1 - cycle), ScaleMode.Cycle),
                            (_, Mode.ExpRange) => (step => Math.Pow(gamma, step), ScaleMode.Iterations),
                            _ => (_ => 1, ScaleMode.Cycle),
                        };
                        if (cycle_momentum)
                        {
                            if (optimizer is not IMomentum)
                                throw new ArgumentException(
                                    "optimizer must support momentum with `cycle_momentum` option enabled", nameof(optimizer));
                            lowMomentum = base_momentum is null ? PerGroup(0.8) : PerGroup(base_momentum, nameof(base_momentum));
                            highMomentum = max_momentum is null ? PerGroup(0.9) : PerGroup(max_momentum, nameof(max_momentum));
                        }
                        step();
                    }

                    private protected override double NextRate(int group, double rate)
                    {
                        var cycle = Math.Floor(1 + LastEpoch / size);
                        var place = 1 + LastEpoch / size - cycle;
                        var height = (place <= rising ? place / rising : (place - 1) / (rising - 1)) * scale(scaleMode == ScaleMode.Cycle ? cycle
                            : LastEpoch);
                        if (highMomentum is not null && lowMomentum is not null)
                            ((IMomentum)Groups[group]).Momentum = highMomentum[group] - (highMomentum[group] - lowMomentum[group]) * height;
                        return low[group] + (high[group] - low[group]) * height;
                    }

                    private static IEnumerable<double> Each(Optimizer optimizer, double value) => optimizer.ParamGroups.Select(_ => value);
                }
            }
        }
    }
}
