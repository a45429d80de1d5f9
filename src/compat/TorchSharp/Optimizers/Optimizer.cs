using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Optimisers and learning rate schedules.</summary>
    public static partial class optim
    {
        /// <summary>The base of optimisers: groups of parameters with options, and a state for each parameter.</summary>
        public abstract class Optimizer : IDisposable
        {
            private protected readonly List<ParamGroup> _parameter_groups = [];

            private protected Optimizer() { }

            /// <summary>Fills the gradients of all parameters with zeros; a parameter without a gradient stays without.</summary>
            public virtual void zero_grad()
            {
                foreach (var parameter in parameters())
                {
                    using var gradient = parameter.grad;
                    gradient?.zero_();
                }
            }

            /// <summary>Adds parameters with options of their own.</summary>
            public abstract void add_param_group(ParamGroup param_group);

            /// <summary>
            /// Changes the parameters by one step along their gradients. Parameters without a gradient stay as they are.
            /// </summary>
            /// <param name="closure">Where given, it is called first (with gradients on) and its loss returned.</param>
            public abstract Tensor? step(Func<Tensor>? closure = null);

            /// <summary>All parameters, group by group.</summary>
            public virtual IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(group => group.Parameters);

            /// <summary>The groups, for schedules.</summary>
            public virtual IEnumerable<ILearningRateController> ParamGroups => _parameter_groups;

            /// <summary>Frees the optimiser's state, not the parameters.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Frees what the optimiser owns.</summary>
            protected virtual void Dispose(bool disposing) { }

            /// <summary>Options per group and states per parameter. They are the optimiser's own, not copies.</summary>
            public class StateDictionary
            {
                internal StateDictionary() { }

                /// <summary>Options by group.</summary>
                public List<OptimizerOptions> Options { get; } = [];

                /// <summary>States by parameter, group after group.</summary>
                public List<OptimizerState> State { get; } = [];

                /// <summary>For each group the positions of its parameters in <see cref="State"/>.</summary>
                public List<List<int>> StateIndexRef { get; } = [];
            }
        }

        /// <summary>Something whose learning rate a schedule may set.</summary>
        public interface ILearningRateController
        {
            double LearningRate { get; set; }

            /// <summary>The rate that schedules start from.</summary>
            double InitialLearningRate { get; set; }
        }

        /// <summary>Something with a momentum.</summary>
        public interface IMomentum
        {
            double Momentum { get; set; }
        }

        /// <summary>Something with decay rates for two moments.</summary>
        public interface IBetas
        {
            (double, double) Betas { get; set; }
        }
    }
}
