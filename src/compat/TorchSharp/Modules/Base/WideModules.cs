namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module of four inputs.</summary>
        public abstract class Module<T1, T2, T3, T4, TResult>
            : HookableModule<Func<Module<T1, T2, T3, T4, TResult>, T1, T2, T3, T4, (T1, T2, T3, T4)?>, Func<Module<T1, T2, T3, T4, TResult>, T1, T2, T3, T4, TResult, TResult>>,
              IModule<T1, T2, T3, T4, TResult>
        {
            protected Module(string name) : base(name) { }

            /// <summary>The module's function. Use <see cref="call"/>, which also runs the hooks.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4);

            /// <inheritdoc/>
            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4)
            {
                RunBefore();
                if (_preHooks is { } before)
                    foreach (var (_, hook) in before)
                        if (hook(this, input1, input2, input3, input4) is { } modified) (input1, input2, input3, input4) = modified;
                var result = forward(input1, input2, input3, input4);
                if (_postHooks is { } after)
                    foreach (var (_, hook) in after)
                        if (hook(this, input1, input2, input3, input4, result) is { } modified) result = modified;
                RunAfter();
                return result;
            }
        }

        /// <summary>A module of five inputs.</summary>
        public abstract class Module<T1, T2, T3, T4, T5, TResult>
            : HookableModule<Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, (T1, T2, T3, T4, T5)?>, Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, TResult, TResult>>,
              IModule<T1, T2, T3, T4, T5, TResult>
        {
            protected Module(string name) : base(name) { }

            /// <summary>The module's function. Use <see cref="call"/>, which also runs the hooks.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5);

            /// <inheritdoc/>
            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5)
            {
                RunBefore();
                if (_preHooks is { } before)
                    foreach (var (_, hook) in before)
                        if (hook(this, input1, input2, input3, input4, input5) is { } modified) (input1, input2, input3, input4, input5) = modified;
                var result = forward(input1, input2, input3, input4, input5);
                if (_postHooks is { } after)
                    foreach (var (_, hook) in after)
                        if (hook(this, input1, input2, input3, input4, input5, result) is { } modified) result = modified;
                RunAfter();
                return result;
            }
        }

        /// <summary>A module of six inputs.</summary>
        public abstract class Module<T1, T2, T3, T4, T5, T6, TResult>
            : HookableModule<Func<Module<T1, T2, T3, T4, T5, T6, TResult>, T1, T2, T3, T4, T5, T6, (T1, T2, T3, T4, T5, T6)?>, Func<Module<T1, T2, T3, T4, T5, T6, TResult>, T1, T2, T3, T4, T5, T6, TResult, TResult>>,
              IModule<T1, T2, T3, T4, T5, T6, TResult>
        {
            protected Module(string name) : base(name) { }

            /// <summary>The module's function. Use <see cref="call"/>, which also runs the hooks.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, T6 input6);

            /// <inheritdoc/>
            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, T6 input6)
            {
                RunBefore();
                if (_preHooks is { } before)
                    foreach (var (_, hook) in before)
                        if (hook(this, input1, input2, input3, input4, input5, input6) is { } modified) (input1, input2, input3, input4, input5, input6) = modified;
                var result = forward(input1, input2, input3, input4, input5, input6);
                if (_postHooks is { } after)
                    foreach (var (_, hook) in after)
                        if (hook(this, input1, input2, input3, input4, input5, input6, result) is { } modified) result = modified;
                RunAfter();
                return result;
            }
        }
    }
}
