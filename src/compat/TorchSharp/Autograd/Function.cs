namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>
        /// A function with a gradient of its own. Derive from <see cref="SingleTensorFunction{T}"/> or <see cref="MultiTensorFunction{T}"/> and call
        /// <c>apply</c>, never <c>forward</c>: forward runs without recording, and backward takes its place in the graph. There is one object of the class
        /// for all calls, so what a call must remember goes into its context.
        /// </summary>
        public abstract class Function<T> where T : Function<T>, new()
        {
            internal Function() => Directions = new Both(this);

            internal static T Instance { get; } = new();

            /// <summary>What errors and anomalies call the function.</summary>
            public abstract string Name { get; }

            internal IFunction Directions { get; }

            /// <summary>Calls the function and gives its outputs as a list, however many it has.</summary>
            public static List<Tensor> apply_internal(params object?[] vars) => FunctionCall.Apply(Instance.Directions, vars);

            internal abstract List<Tensor> forward_internal(AutogradContext ctx, params object?[] vars);

            internal abstract List<Tensor> backward_internal(AutogradContext ctx, List<Tensor> grad_outputs);

            private sealed class Both(Function<T> function) : IFunction
            {
                public string Name => function.Name;

                public List<Tensor> Forward(AutogradContext context, object?[] arguments) => function.forward_internal(context, arguments);

                public List<Tensor> Backward(AutogradContext context, List<Tensor> gradients) => function.backward_internal(context, gradients);
            }
        }

        /// <summary>A function with one output.</summary>
        public abstract class SingleTensorFunction<T> : Function<T> where T : SingleTensorFunction<T>, new()
        {
            /// <summary>Calls the function. Tensors among <paramref name="vars"/> may get gradients; tensors inside lists and other objects do not.</summary>
            public static Tensor apply(params object?[] vars) => apply_internal(vars)[0];

            /// <summary>Computes the output; runs without recording gradients.</summary>
            public abstract Tensor forward(AutogradContext ctx, params object?[] vars);

            /// <summary>The gradients of all arguments of <c>apply</c>, null where there is none, from the gradient of the output.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            internal sealed override List<Tensor> forward_internal(AutogradContext ctx, params object?[] vars) => [forward(ctx, vars)];

            internal sealed override List<Tensor> backward_internal(AutogradContext ctx, List<Tensor> grad_outputs) => backward(ctx, grad_outputs[0]);
        }

        /// <summary>A function with any number of outputs.</summary>
        public abstract class MultiTensorFunction<T> : Function<T> where T : MultiTensorFunction<T>, new()
        {
            /// <summary>Calls the function. Tensors among <paramref name="vars"/> may get gradients; tensors inside lists and other objects do not.</summary>
            public static List<Tensor> apply(params object?[] vars) => apply_internal(vars);

            /// <summary>Computes the outputs; runs without recording gradients.</summary>
            public abstract List<Tensor> forward(AutogradContext ctx, params object?[] vars);

            /// <summary>The gradients of all arguments of <c>apply</c>, null where there is none, from those of the outputs.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs);

            internal sealed override List<Tensor> forward_internal(AutogradContext ctx, params object?[] vars) => forward(ctx, vars);

            internal sealed override List<Tensor> backward_internal(AutogradContext ctx, List<Tensor> grad_outputs) => backward(ctx, grad_outputs);
        }
    }
}
