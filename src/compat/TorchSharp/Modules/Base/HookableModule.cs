namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// A module with functions to run before and after <c>forward</c>. Hooks run on <c>call</c>, in the order of their registration.
        /// </summary>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            // Null until the first registration, so that a call without hooks costs four comparisons.
            private protected List<(object Key, TPreHook Hook)>? _preHooks;
            private protected List<(object Key, TPostHook Hook)>? _postHooks;
            private protected List<(object Key, Action<Module> Hook)>? _modulePreHooks;
            private protected List<(object Key, Action<Module> Hook)>? _modulePostHooks;

            protected HookableModule(string name) : base(name) { }

            /// <summary>Runs <paramref name="hook"/> after <c>forward</c>; a result that is not null replaces the output.</summary>
            public HookRemover register_forward_hook(TPostHook hook) => Register(ref _postHooks, hook);

            /// <summary>Runs <paramref name="hook"/> before <c>forward</c>; a result that is not null replaces the input.</summary>
            public HookRemover register_forward_pre_hook(TPreHook hook) => Register(ref _preHooks, hook);

            /// <summary>Runs <paramref name="hook"/> after <c>forward</c> and all other hooks.</summary>
            public HookRemover register_forward_hook(Action<Module> hook) => Register(ref _modulePostHooks, hook);

            /// <summary>Runs <paramref name="hook"/> before <c>forward</c> and all other hooks.</summary>
            public HookRemover register_forward_pre_hook(Action<Module> hook) => Register(ref _modulePreHooks, hook);

            private HookRemover Register<T>(ref List<(object, T)>? hooks, T hook)
            {
                var key = new object();
                // A copy, because a hook may register or remove hooks while the old list is being run.
                hooks = [.. hooks ?? [], (key, hook)];
                return new HookRemover(this, key);
            }

            private void Remove(object key)
            {
                Without(ref _preHooks, key);
                Without(ref _postHooks, key);
                Without(ref _modulePreHooks, key);
                Without(ref _modulePostHooks, key);
            }

            private static void Without<T>(ref List<(object Key, T)>? hooks, object key)
            {
                if (hooks is null || !hooks.Exists(pair => pair.Key == key)) return;
                hooks = hooks.Count == 1 ? null : [.. hooks.Where(pair => pair.Key != key)];
            }

            private protected void RunBefore()
            {
                if (_modulePreHooks is { } hooks)
                    foreach (var (_, hook) in hooks) hook(this);
            }

            private protected void RunAfter()
            {
                if (_modulePostHooks is { } hooks)
                    foreach (var (_, hook) in hooks) hook(this);
            }

            /// <summary>Takes a hook away again.</summary>
            public sealed class HookRemover
            {
                private readonly HookableModule<TPreHook, TPostHook> _module;
                private readonly object _key;

                internal HookRemover(HookableModule<TPreHook, TPostHook> module, object key) => (_module, _key) = (module, key);

                /// <summary>Removes the hook; a second call does nothing.</summary>
                public void remove() => _module.Remove(_key);
            }
        }
    }
}
