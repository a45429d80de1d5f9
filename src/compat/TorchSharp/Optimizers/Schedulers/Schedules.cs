namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>The schedules' classes.</summary>
            public static partial class impl
            {
                /// <summary>lr · gamma^⌊epoch / step_size⌋</summary>
                public class StepLR : LRScheduler
                {
                    private readonly int _step_size;
                    private readonly double _gamma;

                    public StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        if (step_size <= 0) throw new ArgumentException($"step_size must be at least 1, got {step_size}", nameof(step_size));
                        (_step_size, _gamma) = (step_size, gamma);
                        step();
                    }

                    private protected override double RateAt(int epoch, int group) => BaseRates[group] * Math.Pow(_gamma, epoch / _step_size);
                }

                /// <summary>eta_min + (lr - eta_min) (1 + cos(π epoch / T_max)) / 2</summary>
                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double _T_max;
                    private readonly double _eta_min;

                    public CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        if (!(T_max > 0)) throw new ArgumentException($"T_max must be above 0, got {T_max}", nameof(T_max));
                        (_T_max, _eta_min) = (T_max, eta_min);
                        step();
                    }

                    private protected override double RateAt(int epoch, int group) =>
                        _eta_min + (BaseRates[group] - _eta_min) * (1 + Math.Cos(Math.PI * epoch / _T_max)) / 2;
                }

                /// <summary>lr · lr_lambda(epoch)</summary>
                public class LambdaLR : LRScheduler
                {
                    private readonly Func<int, double>[] _lr_lambdas;

                    /// <summary>One function for all groups.</summary>
                    public LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, Enumerable.Repeat(lr_lambda, optimizer.ParamGroups.Count()), last_epoch, verbose) { }

                    /// <summary>A function for each group.</summary>
                    public LambdaLR(Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        _lr_lambdas = [.. lr_lambdas];
                        if (_lr_lambdas.Length != BaseRates.Length)
                            throw new ArgumentException($"Expected {BaseRates.Length} lr_lambdas, one for each parameter group, got {_lr_lambdas.Length}", nameof(lr_lambdas));
                        step();
                    }

                    private protected override double RateAt(int epoch, int group) => BaseRates[group] * _lr_lambdas[group](epoch);
                }
            }

            /// <inheritdoc cref="impl.StepLR"/>
            public static LRScheduler StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                new impl.StepLR(optimizer, step_size, gamma, last_epoch, verbose);

            /// <inheritdoc cref="impl.CosineAnnealingLR"/>
            public static LRScheduler CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false) =>
                new impl.CosineAnnealingLR(optimizer, T_max, eta_min, last_epoch, verbose);

            /// <inheritdoc cref="impl.LambdaLR"/>
            public static LRScheduler LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false) =>
                new impl.LambdaLR(optimizer, lr_lambda, last_epoch, verbose);
        }
    }
}
