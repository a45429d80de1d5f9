using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>
        /// Gradients of the sum of <paramref name="outputs"/> (weighted by <paramref name="grad_outputs"/>) with respect to each input,
        /// in the inputs' shapes. With <paramref name="allow_unused"/>, an input that does not take part has null.
        /// With <paramref name="is_grads_batched"/> (TorchSharp has no such argument) each of <paramref name="grad_outputs"/> holds B weights for its output,
        /// one after the other in a further first dimension, and the gradients for all of them come from one pass, stacked in the same way: what a loop over
        /// B calls gives. Operators without a rule for batches loop inside.
        /// </summary>
        /// <exception cref="ArgumentException">batched weights are missing, or their shapes do not fit their outputs or each other</exception>
        public static unsafe IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false,
            bool allow_unused = false, bool is_grads_batched = false)
        {
            var o = Handles(outputs);
            var i = Handles(inputs);
            var g = Handles(grad_outputs);
            var (retain, create, unused) = (retain_graph || create_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0);
            var batch = is_grads_batched ? BatchedGradients.Size(outputs, grad_outputs) : 0;
            var results = new Value[i.Length];
            var pass = new BackwardPass(isRepeatable: retain != 0);
            fixed (nint* op = o, ip = i, gp = g)
            fixed (Value* rp = results)
            {
                do
                {
                    pass.Code = is_grads_batched
                        ? NativeMethods.pt_gradients_batched(op, o.Length, ip, i.Length, gp, g.Length, batch, retain, create, unused, rp)
                        : NativeMethods.pt_gradients(op, o.Length, ip, i.Length, gp, g.Length, retain, create, unused, rp);
                }
                while (pass.NeedsAnother());
            }
            KeepAlive(outputs, inputs, grad_outputs);
            var gradients = new Tensor[results.Length];
            for (var k = 0; k < results.Length; k++) gradients[k] = NativeCall.ToTensor(in results[k])!;
            return gradients;
        }

        /// <summary>Adds the gradients of the tensors to the <c>grad</c> of their leaves (of <paramref name="inputs"/> only, when given).</summary>
        public static unsafe void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            var t = Handles(tensors);
            var g = Handles(grad_tensors);
            var i = Handles(inputs);
            fixed (nint* tp = t, gp = g, ip = i)
            {
                BackwardPass.Check(NativeMethods.pt_backward(
                    tp, t.Length, gp, g.Length, retain_graph ?? create_graph ? 1 : 0, create_graph ? 1 : 0, ip, i.Length));
            }
            KeepAlive(tensors, grad_tensors, inputs);
        }

        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        private static nint[] Handles(IList<Tensor>? tensors)
        {
            if (tensors is null) return [];
            var handles = new nint[tensors.Count];
            for (var k = 0; k < handles.Length; k++) handles[k] = tensors[k] is { } tensor ? tensor.Handle : 0;
            return handles;
        }

        private static void KeepAlive(IList<Tensor>? a, IList<Tensor>? b, IList<Tensor>? c)
        {
            GC.KeepAlive(a);
            GC.KeepAlive(b);
            GC.KeepAlive(c);
        }
    }

    public partial class Tensor
    {
        public bool requires_grad
        {
            get => Ask(NativeMethods.pt_requires_grad(Handle)) != 0;
            set
            {
                NativeCall.Check(NativeMethods.pt_set_requires_grad(Handle, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad()
        {
            NativeCall.Check(NativeMethods.pt_retain_grad(Handle));
            GC.KeepAlive(this);
        }

        /// <summary>The gradient gathered by <see cref="backward()"/>, of this tensor's shape; null when there is none.</summary>
        public unsafe Tensor? grad
        {
            get
            {
                Value gradient;
                NativeCall.Check(NativeMethods.pt_grad(Handle, &gradient));
                GC.KeepAlive(this);
                return NativeCall.ToTensor(in gradient);
            }
            set
            {
                NativeCall.Check(NativeMethods.pt_set_grad(Handle, value?.Handle ?? 0));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        public unsafe void backward()
        {
            var h = Handle;
            BackwardPass.Check(NativeMethods.pt_backward(&h, 1, null, 0, 0, 0, null, 0));
            GC.KeepAlive(this);
        }

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph || create_graph, create_graph, inputs);
    }
}
