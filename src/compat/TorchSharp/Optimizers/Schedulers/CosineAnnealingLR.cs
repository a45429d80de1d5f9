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
                /// eta_min + (lr - eta_min) (1 + cos(π epoch / T_max)) / 2, without the restarts of Loshchilov and Hutter (2017, equation 5).
                /// </summary>
                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double period, least;

                    public CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (!(T_max > 0)) throw new ArgumentException($"T_max must be above 0, got {T_max}", nameof(T_max));
                        (period, least) = (T_max, eta_min);
                        step();
                    }

                    private double Height(int epoch) => 1 + Math.Cos(Math.PI * epoch / period);

                    private protected override double NextRate(int group, double rate)
                    {
                        if (LastEpoch == 0) return rate;
                        // Out of the valley, where the last height is 0 and no ratio is to be had.
                        if ((LastEpoch - 1 - period) % (2 * period) == 0) return rate
                            + (BaseRates[group] - least) * (1 - Math.Cos(Math.PI / period)) / 2;
                        return Height(LastEpoch) / Height(LastEpoch - 1) * (rate - least) + least;
                    }

                    private protected override double RateAt(int group, double initial) => least + (initial - least) * Height(LastEpoch) / 2;
                }
            }
        }
    }
}
