namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>lr · factor until total_iters, then lr.</summary>
                public class ConstantLR : LRScheduler
                {
                    private readonly double factor;
                    private readonly int total;

                    public ConstantLR(Optimizer optimizer, double factor = 1.0 / 3, int total_iters = 5, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (!(factor > 0 && factor <= 1))
                            throw new ArgumentException($"The factor must be above 0 and at most 1, got {factor}", nameof(factor));
                        (this.factor, total) = (factor, total_iters);
                        step();
                    }

                    private protected override double NextRate(int group, double rate) =>
                        LastEpoch == 0 ? rate * factor : LastEpoch == total ? rate / factor : rate;

                    private protected override double RateAt(int group, double initial) => LastEpoch >= total ? initial : initial * factor;
                }

                /// <summary>
                /// lr times a factor that goes evenly from start_factor to end_factor in total_iters epochs and stays there: the warm-up of a
                /// training.
                /// </summary>
                public class LinearLR : LRScheduler
                {
                    private readonly double start, end;
                    private readonly int total;

                    public LinearLR(
                        Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5, int last_epoch = -1,
                        bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (!(start_factor > 0 && start_factor <= 1))
                            throw new ArgumentException($"The start factor must be above 0 and at most 1, got {start_factor}", nameof(start_factor));
                        if (end_factor is < 0 or > 1)
                            throw new ArgumentException($"The end factor must lie between 0 and 1, got {end_factor}", nameof(end_factor));
                        (start, end, total) = (start_factor, end_factor, total_iters);
                        step();
                    }

                    private protected override double NextRate(int group, double rate) =>
                        LastEpoch == 0 ? rate * start : LastEpoch > total ? rate
                            : rate * (1 + (end - start) / (total * start + (LastEpoch - 1) * (end - start)));

                    private protected override double RateAt(int group, double initial) =>
                        initial * (start + (end - start) * Math.Min(total, LastEpoch) / total);
                }

                /// <summary>lr · (1 - epoch / total_iters)^power until total_iters, then 0.</summary>
                public class PolynomialLR : LRScheduler
                {
                    private readonly double total, power;

                    public PolynomialLR(Optimizer optimizer, int total_iters = 5, double power = 1.0, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        (total, this.power) = (total_iters, power);
                        step();
                    }

                    private protected override double NextRate(int group, double rate) =>
                        LastEpoch == 0 || LastEpoch > total ? rate : rate * Math.Pow((1 - LastEpoch / total) / (1 - (LastEpoch - 1) / total), power);

                    private protected override double RateAt(int group, double initial) =>
                        initial * Math.Pow(1 - Math.Min(total, LastEpoch) / total, power);
                }
            }
        }
    }
}
