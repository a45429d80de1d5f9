namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>lr · gamma^⌊epoch / step_size⌋</summary>
                public class StepLR : LRScheduler
                {
                    private readonly int size;
                    private readonly double gamma;

                    public StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (step_size <= 0) throw new ArgumentException($"step_size must be at least 1, got {step_size}", nameof(step_size));
                        (size, this.gamma) = (step_size, gamma);
                        step();
                    }

                    private protected override double NextRate(int group, double rate) =>
                        LastEpoch != 0 && LastEpoch % size == 0 ? rate * gamma : rate;

                    private protected override double RateAt(int group, double initial) => initial * Math.Pow(gamma, LastEpoch / size);
                }

                /// <summary>lr · gamma^(milestones reached)</summary>
                public class MultiStepLR : LRScheduler
                {
                    private readonly int[] milestones;
                    private readonly double gamma;

                    public MultiStepLR(Optimizer optimizer, IList<int> milestones, double gamma = 0.1, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        (this.milestones, this.gamma) = ([.. milestones], gamma);
                        step();
                    }

                    // A milestone that is named twice counts twice, as in Python.
                    private protected override double NextRate(int group, double rate) =>
                        rate * Math.Pow(gamma, milestones.Count(milestone => milestone == LastEpoch));

                    private protected override double RateAt(int group, double initial) =>
                        initial * Math.Pow(gamma, milestones.Count(milestone => milestone <= LastEpoch));
                }

                /// <summary>lr · gamma^epoch</summary>
                public class ExponentialLR : LRScheduler
                {
                    private readonly double gamma;

                    public ExponentialLR(Optimizer optimizer, double gamma = 0.1, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        this.gamma = gamma;
                        step();
                    }

                    private protected override double NextRate(int group, double rate) => LastEpoch == 0 ? rate : rate * gamma;

                    private protected override double RateAt(int group, double initial) => initial * Math.Pow(gamma, LastEpoch);
                }
            }
        }
    }
}
