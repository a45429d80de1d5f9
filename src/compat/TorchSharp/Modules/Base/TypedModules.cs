namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module of one input. Derive from it, write <see cref="forward"/>, and call <see cref="call"/>.</summary>
        public abstract class Module<T, TResult>
            : HookableModule<Func<Module<T, TResult>, T, T>, Func<Module<T, TResult>, T, TResult, TResult>>, IModule<T, TResult>
        {
            protected Module(string name) : base(name) { }

            /// <summary>The module's function. Use <see cref="call"/>, which also runs the hooks.</summary>
            public abstract TResult forward(T input);

            /// <inheritdoc/>
            public TResult call(T input)
            {
                RunBefore();
                if (_preHooks is { } before)
                    foreach (var (_, hook) in before)
                        if (hook(this, input) is { } modified) input = modified;
                var result = forward(input);
                if (_postHooks is { } after)
                    foreach (var (_, hook) in after)
                        if (hook(this, input, result) is { } modified) result = modified;
                RunAfter();
                return result;
            }
        }

        /// <summary>A module of two inputs.</summary>
        public abstract class Module<T1, T2, TResult>
            : HookableModule<Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>, Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>, IModule<T1, T2, TResult>
        {
            protected Module(string name) : base(name) { }

            /// <summary>The module's function. Use <see cref="call"/>, which also runs the hooks.</summary>
            public abstract TResult forward(T1 input1, T2 input2);

            /// <inheritdoc/>
            public TResult call(T1 input1, T2 input2)
            {
                RunBefore();
                if (_preHooks is { } before)
                    foreach (var (_, hook) in before)
                        if (hook(this, input1, input2) is { } modified) (input1, input2) = modified;
                var result = forward(input1, input2);
                if (_postHooks is { } after)
                    foreach (var (_, hook) in after)
                        if (hook(this, input1, input2, result) is { } modified) result = modified;
                RunAfter();
                return result;
            }
        }

        /// <summary>A module of three inputs.</summary>
        public abstract class Module<T1, T2, T3, TResult>
            : HookableModule<Func<Module<T1, T2, T3, TResult>, T1, T2, T3, (T1, T2, T3)?>, Func<Module<T1, T2, T3, TResult>, T1, T2, T3, TResult, TResult>>,
              IModule<T1, T2, T3, TResult>
        {
            protected Module(string name) : base(name) { }

            /// <summary>The module's function. Use <see cref="call"/>, which also runs the hooks.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            /// <inheritdoc/>
            public TResult call(T1 input1, T2 input2, T3 input3)
            {
                RunBefore();
                if (_preHooks is { } before)
                    foreach (var (_, hook) in before)
                        if (hook(this, input1, input2, input3) is { } modified) (input1, input2, input3) = modified;
                var result = forward(input1, input2, input3);
                if (_postHooks is { } after)
                    foreach (var (_, hook) in after)
                        if (hook(this, input1, input2, input3, result) is { } modified) result = modified;
                RunAfter();
                return result;
            }
        }
    }
}
