using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>A hook in a graph, until it is removed.</summary>
internal sealed class TensorHook(Func<torch.Tensor, torch.Tensor?> function)
{
    private Func<torch.Tensor, torch.Tensor?>? function = function;

    internal torch.Tensor? Run(torch.Tensor gradient) => function?.Invoke(gradient);

    internal void Disable() => function = null;
}

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>
        /// Runs <paramref name="hook"/> on the gradient of this tensor, a leaf or an inner one, whenever a backward pass computes it; a result that is not
        /// null, of the same shape, takes the gradient's place. Hooks run in the order of their registration, each on the result of the one before. They are
        /// recorded where the pass is (create_graph), and an exception of a hook comes out of the backward pass. TorchSharp has no such member.
        /// </summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">this tensor requires no gradient</exception>
        public unsafe HookRemover register_hook(Func<Tensor, Tensor?> hook)
        {
            nint registered;
            var state = new TensorHook(hook);
            NativeCall.Check(NativeMethods.pt_hook_add(Handle, AutogradCallbacks.Handle(state), &registered));
            GC.KeepAlive(this);
            return new HookRemover(registered, state);
        }

        /// <summary>Takes a hook of a tensor away again; the hook stays where this is dropped. TorchSharp has no such class.</summary>
        public sealed class HookRemover
        {
            private readonly TensorHook hook;
            private nint handle;

            internal HookRemover(nint handle, TensorHook hook) => (this.handle, this.hook) = (handle, hook);

            ~HookRemover()
            {
                if (handle != 0) NativeMethods.pt_hook_free(handle);
            }

            /// <summary>Removes the hook; a second call does nothing.</summary>
            public void remove()
            {
                var owned = Interlocked.Exchange(ref handle, 0);
                if (owned == 0) return;
                // Where only the graph is left of the tensor, the hook stays there and does nothing.
                hook.Disable();
                var code = NativeMethods.pt_hook_remove(owned);
                NativeMethods.pt_hook_free(owned);
                GC.SuppressFinalize(this);
                NativeCall.Check(code);
            }
        }
    }
}
