using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>
        /// Schedules that set the learning rates of an optimiser's groups. A warm-up is a LinearLR before another schedule, joined by SequentialLR:
        /// <c>SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters: 5), CosineAnnealingLR(optimizer, 95)], milestones: [5])</c>.
        /// </summary>
        public static partial class lr_scheduler
        {
            /// <summary>
            /// The base of schedules. Making one sets epoch 0's rates; each <see cref="step()"/> moves to the next epoch. A schedule goes on from the
            /// rates that it finds, so that several of them chain; only a jump to a given epoch starts from the groups' initial rates.
            /// </summary>
            public abstract class LRScheduler
            {
                private readonly bool verbose;

                /// <summary>For a schedule that holds others and has no rates of its own.</summary>
                protected LRScheduler() => (Groups, BaseRates, LastRates) = ([], [], []);

                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    Optimizer = optimizer;
                    Groups = [.. optimizer.ParamGroups];
                    BaseRates = [.. Groups.Select(group => group.InitialLearningRate)];
                    LastRates = [.. Groups.Select(group => group.LearningRate)];
                    LastEpoch = last_epoch;
                    this.verbose = verbose;
                }

                internal Optimizer? Optimizer { get; }

                /// <summary>The epoch whose rates are set.</summary>
                internal int LastEpoch { get; set; }

                private protected ILearningRateController[] Groups { get; }

                /// <summary>The groups' rates before the schedule.</summary>
                private protected double[] BaseRates { get; }

                private protected double[] LastRates { get; }

                /// <summary>Moves to the next epoch.</summary>
                public virtual void step() => step(null);

                /// <summary>Moves to the next epoch, or to a given one.</summary>
                public virtual void step(int? epoch)
                {
                    LastEpoch = epoch ?? LastEpoch + 1;
                    var rates = (epoch is null ? get_lr() : get_closed_form_lr()).ToArray();
                    for (var i = 0; i < Groups.Length; i++) Set(i, rates[i]);
                }

                /// <summary>Moves to the next epoch, or to a given one; only a schedule that watches a measurement looks at it.</summary>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                /// <summary>The groups' rates at <see cref="LastEpoch"/>, from their rates in the epoch before.</summary>
                protected virtual IEnumerable<double> get_lr() => Groups.Select((group, index) => NextRate(index, group.LearningRate));

                /// <summary>The groups' rates at <see cref="LastEpoch"/>, from their initial rates.</summary>
                protected virtual IEnumerable<double> get_closed_form_lr() => BaseRates.Select((rate, index) => RateAt(index, rate));

                /// <summary>The groups' rates as last set.</summary>
                public virtual IEnumerable<double> get_last_lr() => LastRates;

                /// <summary>A group's rate at <see cref="LastEpoch"/>, given the rate that it has now.</summary>
                private protected virtual double NextRate(int group, double rate) => rate;

                /// <summary>A group's rate at <see cref="LastEpoch"/>, given its initial rate.</summary>
                private protected virtual double RateAt(int group, double initial) => NextRate(group, Groups[group].LearningRate);

                private protected void Set(int group, double rate)
                {
                    Groups[group].LearningRate = rate;
                    if (verbose && LastRates[group] != rate)
                        Console.WriteLine($"Adjusting learning rate to {rate.ToString(CultureInfo.InvariantCulture)}");
                    LastRates[group] = rate;
                }

                /// <summary>One value for each group.</summary>
                private protected T[] PerGroup<T>(IEnumerable<T> values, string name)
                {
                    var all = values.ToArray();
                    if (all.Length != Groups.Length)
                        throw new ArgumentException($"Expected {Groups.Length} {name}, one for each parameter group, got {all.Length}", name);
                    return all;
                }

                private protected T[] PerGroup<T>(T value) => [.. Enumerable.Repeat(value, Groups.Length)];
            }
        }
    }
}
