namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>lr · lr_lambda(epoch)</summary>
                public class LambdaLR : LRScheduler
                {
                    private readonly Func<int, double>[] lambdas;

                    /// <summary>One function for all groups.</summary>
                    public LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        lambdas = PerGroup(lr_lambda);
                        step();
                    }

                    /// <summary>A function for each group.</summary>
                    public LambdaLR(Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        lambdas = PerGroup(lr_lambdas, nameof(lr_lambdas));
                        step();
                    }

                    private protected override double NextRate(int group, double rate) => BaseRates[group] * lambdas[group](LastEpoch);
                }

                /// <summary>The last epoch's rate · lr_lambda(epoch), from epoch 1 on.</summary>
                public class MultiplicativeLR : LRScheduler
                {
                    private readonly Func<int, double>[] lambdas;

                    /// <summary>A function for each group.</summary>
                    public MultiplicativeLR(Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        lambdas = PerGroup(lr_lambdas, nameof(lr_lambdas));
                        step();
                    }

                    /// <summary>One function for all groups.</summary>
                    public MultiplicativeLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        lambdas = PerGroup(lr_lambda);
                        step();
                    }

                    private protected override double NextRate(int group, double rate) => LastEpoch > 0 ? rate * lambdas[group](LastEpoch) : rate;
                }
            }
        }
    }
}
