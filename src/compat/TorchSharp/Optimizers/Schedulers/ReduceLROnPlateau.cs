namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Lowers the rates when a measurement has not become better for a while.</summary>
                public class ReduceLROnPlateau : LRScheduler
                {
                    private readonly bool rises, relative;
                    private readonly double factor, threshold, eps;
                    private readonly int patience, cooldown;
                    private readonly double[] least;
                    private double best;
                    private int bad, cooling;

                    /// <param name="mode">"min" where less is better, "max" where more is.</param>
                    /// <param name="factor">What the rates are multiplied by, below 1.</param>
                    /// <param name="patience">How many epochs without improvement are borne; the one after them lowers the rates.</param>
                    /// <param name="threshold">How much better counts as better.</param>
                    /// <param name="threshold_mode">"rel" for a part of the best value, "abs" for a difference.</param>
                    /// <param name="cooldown">How many epochs after a lowering do not count.</param>
                    /// <param name="min_lr">The least rate, for all groups or for each.</param>
                    /// <param name="eps">A smaller change of a rate is not made.</param>
                    public ReduceLROnPlateau(
                        Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10, double threshold = 1e-4,
                        string threshold_mode = "rel", int cooldown = 0, IList<double>? min_lr = null, double eps = 1e-8, bool verbose = false)
                        : base(optimizer, -1, verbose)
                    {
                        if (factor >= 1) throw new ArgumentException("Factor should be < 1.0", nameof(factor));
                        rises = mode switch
                        {
                            "min" => false,
                            "max" => true,
                            _ => throw new ArgumentException($"mode {mode} is unknown!",
                        nameof(mode))
                        };
                        relative = threshold_mode switch
                        {
                            "rel" => true,
                            "abs" => false,
                            _ => throw new ArgumentException(
                            $"threshold mode {threshold_mode} is unknown!", nameof(threshold_mode))
                        };
                        least = min_lr is null or { Count: 0 } ? PerGroup(0.0) : min_lr.Count == 1 ? PerGroup(min_lr[0]) : PerGroup(min_lr,
                        nameof(min_lr));
                        (this.factor, this.patience, this.threshold, this.cooldown, this.eps) = (factor, patience, threshold, cooldown, eps);
                        best = rises ? double.NegativeInfinity : double.PositiveInfinity;
                    }

                    /// <inheritdoc/>
                    public override void step(double current, int? epoch = null)
                    {
                        LastEpoch = epoch ?? LastEpoch + 1;
                        if (IsBetter(current)) (best, bad) = (current, 0);
                        else bad++;
                        if (cooling > 0)
                        {
                            cooling--;
                            bad = 0;
                        }
                        if (bad > patience)
                        {
                            Lower();
                            (cooling, bad) = (cooldown, 0);
                        }
                    }

                    /// <summary>Not possible: the measurement is wanted.</summary>
                    public override void step() => throw Unmeasured("step()");

                    /// <summary>Not possible: the measurement is wanted.</summary>
                    public override void step(int? epoch) => throw Unmeasured("step(int?)");

                    private static InvalidOperationException Unmeasured(string call) =>
                        new($"{call} should not be used with the ReduceLROnPlateau scheduler. Use step(double, int?), instead.");

                    // As products, since the first best value is infinite.
                    private bool IsBetter(double value) => (rises, relative) switch
                    {
                        (false, true) => value < best * (1 - threshold),
                        (false, false) => value < best - threshold,
                        (true, true) => value > best * (1 + threshold),
                        (true, false) => value > best + threshold,
                    };

                    private void Lower()
                    {
                        for (var i = 0; i < Groups.Length; i++)
                        {
                            var rate = Groups[i].LearningRate;
                            var lower = Math.Max(rate * factor, least[i]);
                            Set(i, rate - lower > eps ? lower : rate);
                        }
                    }
                }
            }
        }
    }
}
