using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What a custom function's forward leaves for its backward.</summary>
        public class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> data = [];
            private List<Tensor> saved = [];
            private List<Tensor> dirty = [];
            private List<Tensor> constant = [];

            internal AutogradContext() { }

            /// <summary>libtorch's side of this context: of the node that owns it, or 0 before and after.</summary>
            internal nint Node { get; set; }

            /// <summary>Whether backward gets zeros for outputs that have no gradient. Otherwise it gets tensors that are <c>IsInvalid</c>.</summary>
            public bool MaterializeGrads { get; private set; } = true;

            /// <summary>
            /// Keeps tensors for backward, inputs and outputs above all, nulls too. To be called once in forward. Only tensors kept this way are checked
            /// against later changes in place, are freed with the graph, and can be outputs without keeping the graph alive for ever.
            /// </summary>
            public void save_for_backward(List<Tensor> tensors) => saved = tensors;

            /// <summary>Keeps anything that is not a tensor for backward.</summary>
            public void save_data(string key, object value) => data[key] = value;

            /// <summary>What <see cref="save_data"/> kept under the key, or null.</summary>
            public object? get_data(string key) => data.GetValueOrDefault(key);

            /// <summary>Says that forward changed these inputs in place; they must be among the outputs too.</summary>
            public void mark_dirty(List<Tensor> tensors) => dirty = tensors;

            /// <summary>Says that these outputs never have a gradient.</summary>
            public void mark_non_differentiable(List<Tensor> tensors) => constant = tensors;

            /// <summary>Sets <see cref="MaterializeGrads"/>.</summary>
            public void set_materialize_grads(bool value) => MaterializeGrads = value;

            /// <summary>The tensors of <see cref="save_for_backward"/>, connected to the graph again, so that backward can be differentiated too.</summary>
            /// <exception cref="InvalidOperationException">the graph is gone, or no input required a gradient</exception>
            /// <exception cref="System.Runtime.InteropServices.ExternalException">one was changed in place since, or a backward pass freed them</exception>
            public unsafe List<Tensor> get_saved_variables()
            {
                if (Node == 0) throw new InvalidOperationException("there are no saved tensors: they can be had in backward, while the graph that it belongs to exists");
                Value list;
                NativeCall.Check(NativeMethods.pt_context_saved(Node, &list));
                return [.. NativeCall.ToTensors(in list)];
            }

            /// <inheritdoc/>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Nothing to do: the saved tensors belong to the graph.</summary>
            protected virtual void Dispose(bool disposing) { }

            /// <summary>Tells libtorch what forward said; from here on the node keeps the tensors and this does not.</summary>
            internal unsafe void Enter(nint node, long inputs)
            {
                Node = node;
                nint[] s = Handles(saved), d = Handles(dirty), c = Handles(constant);
                fixed (nint* sp = s, dp = d, cp = c)
                    NativeCall.Check(NativeMethods.pt_context_set(node, sp, s.Length, dp, d.Length, cp, c.Length, MaterializeGrads ? 1 : 0, inputs));
                KeepAlive(saved, dirty, constant);
                (saved, dirty, constant) = ([], [], []);
            }
        }
    }
}
