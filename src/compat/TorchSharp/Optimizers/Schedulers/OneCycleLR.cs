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
                /// One rise from max_lr / div_factor to max_lr and one fall to final_div_factor below the start (Smith and Topin, 2019), one step a
                /// batch; the momentum (the first beta where there are betas) goes the other way.
                /// </summary>
                public class OneCycleLR : LRScheduler
                {
                    /// <summary>The form of a rise or fall.</summary>
                    public enum AnnealStrategy
                    {
                        Cos,
                        Linear,
                    }

                    /// <summary>Up to which step, and from which rates and momenta to which.</summary>
                    private readonly record struct Phase(double End, double[] From, double[] To, double[] MomentumFrom, double[] MomentumTo);

                    private readonly Phase[] phases;
                    private readonly int total;
                    private readonly bool cyclesMomentum;
                    private readonly AnnealStrategy strategy;

                    public OneCycleLR(
                        Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3,
                        AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true,
                        double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 1e4,
                        bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : this(
                            optimizer, Each(optimizer, max_lr), total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum,
                            Each(optimizer, base_momentum), Each(optimizer, max_momentum),
                              div_factor, final_div_factor, three_phase, last_epoch, verbose)
                    { }

                    /// <param name="max_lr">The largest rate of each group.</param>
                    /// <param name="total_steps">The steps of the cycle; -1 for epochs · steps_per_epoch.</param>
                    /// <param name="pct_start">The part of the steps that rises.</param>
                    /// <param name="base_momentum">The least momentum of each group, 0.85 where null.</param>
                    /// <param name="max_momentum">The largest momentum of each group, 0.95 where null.</param>
                    /// <param name="three_phase">Whether the rate falls back to the start as fast as it rose, and then further down.</param>
                    public OneCycleLR(
                        Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1,
                        double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true,
                        IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, double div_factor = 25,
                        double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (cycle_momentum && optimizer is not (IMomentum or IBetas))
                            throw new ArgumentException("optimizer must support momentum with `cycle_momentum` option enabled", nameof(optimizer));
                        if (pct_start is < 0 or > 1)
                            throw new ArgumentException($"Expected float between 0 and 1 for pct_start, but got {pct_start}", nameof(pct_start));
                        total = Total(total_steps, epochs, steps_per_epoch);
                        (cyclesMomentum, strategy) = (cycle_momentum, anneal_strategy);
                        var top = PerGroup(max_lr, nameof(max_lr));
                        var start = Array.ConvertAll(top, rate => rate / div_factor);
                        var end = Array.ConvertAll(start, rate => rate / final_div_factor);
                        var low = base_momentum is null ? PerGroup(0.85) : PerGroup(base_momentum, nameof(base_momentum));
                        var high = max_momentum is null ? PerGroup(0.95) : PerGroup(max_momentum, nameof(max_momentum));
                        var rise = new Phase(pct_start * total - 1, start, top, high, low);
                        phases = three_phase
                            ? [rise, new(2 * pct_start * total - 2, top, start, low, high), new(total - 1, start, end, high, high)]
                            : [rise, new(total - 1, top, end, low, high)];
                        step();
                    }

                    private protected override double NextRate(int group, double rate)
                    {
                        if (LastEpoch > total)
                            throw new InvalidOperationException(
                                $"Tried to step {LastEpoch + 1} times. The specified number of total steps is {total}");
                        var index = Array.FindIndex(phases, candidate => LastEpoch <= candidate.End);
                        if (index < 0) index = phases.Length - 1;
                        var phase = phases[index];
                        var begin = index == 0 ? 0 : phases[index - 1].End;
                        var part = (LastEpoch - begin) / (phase.End - begin);
                        if (cyclesMomentum)
                        {
                            var momentum = Between(phase.MomentumFrom[group], phase.MomentumTo[group], part);
                            if (Groups[group] is IBetas betas) betas.Betas = (momentum, betas.Betas.Item2);
                            else ((IMomentum)Groups[group]).Momentum = momentum;
                        }
                        return Between(phase.From[group], phase.To[group], part);
                    }

                    private double Between(double from, double to, double part) =>
                        strategy == AnnealStrategy.Cos ? to + (from - to) / 2 * (Math.Cos(Math.PI * part) + 1) : from + (to - from) * part;

                    private static int Total(int total_steps, int epochs, int steps_per_epoch)
                    {
                        if (total_steps == -1 && epochs == -1 && steps_per_epoch == -1)
                            throw new ArgumentException("You must define either total_steps OR (epochs AND steps_per_epoch)");
                        if (total_steps != -1) return Positive(total_steps, nameof(total_steps));
                        return Positive(epochs, nameof(epochs)) * Positive(steps_per_epoch, nameof(steps_per_epoch));
                    }

                    private static int Positive(int value, string name) =>
                        value > 0 ? value : throw new ArgumentException($"Expected positive integer {name}, but got {value}", name);

                    private static IEnumerable<double> Each(Optimizer optimizer, double value) => optimizer.ParamGroups.Select(_ => value);
                }
            }
        }
    }
}
