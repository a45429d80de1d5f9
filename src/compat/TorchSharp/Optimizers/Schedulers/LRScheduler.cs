using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Schedules that set the learning rates of an optimiser's groups, one step an epoch.</summary>
        public static partial class lr_scheduler
        {
            /// <summary>The base of schedules. Making one sets epoch 0's rates; each <see cref="step()"/> moves to the next epoch.</summary>
            public abstract class LRScheduler
            {
                private readonly ILearningRateController[] _groups;
                private readonly double[] _last_lrs;
                private readonly bool _verbose;

                private protected LRScheduler(Optimizer optimizer, int last_epoch, bool verbose)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    _groups = [.. optimizer.ParamGroups];
                    BaseRates = [.. _groups.Select(group => group.InitialLearningRate)];
                    _last_lrs = [.. _groups.Select(group => group.LearningRate)];
                    LastEpoch = last_epoch;
                    _verbose = verbose;
                }

                /// <summary>The epoch whose rates are set.</summary>
                private protected int LastEpoch { get; private set; }

                /// <summary>The groups' rates before the schedule.</summary>
                private protected double[] BaseRates { get; }

                /// <summary>A group's rate at an epoch, in closed form.</summary>
                private protected abstract double RateAt(int epoch, int group);

                /// <summary>Moves to the next epoch.</summary>
                public virtual void step() => step(null);

                /// <summary>Moves to the next epoch, or to a given one.</summary>
                public virtual void step(int? epoch)
                {
                    LastEpoch = epoch ?? LastEpoch + 1;
                    for (var i = 0; i < _groups.Length; i++)
                    {
                        var rate = RateAt(LastEpoch, i);
                        if (_verbose && rate != _last_lrs[i]) Console.WriteLine($"Adjusting learning rate to {rate.ToString(CultureInfo.InvariantCulture)}");
                        _groups[i].LearningRate = _last_lrs[i] = rate;
                    }
                }

                /// <summary>The groups' rates as last set.</summary>
                public IEnumerable<double> get_last_lr() => _last_lrs;
            }
        }
    }
}
