using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Parameters laid side by side in few one-dimensional buffers, so that an operator over a buffer does for all of them what would take one call each.
/// The parameters stay the same objects and become views into the buffers, in modules and state dictionaries alike; <see cref="Gather"/> makes their
/// gradients views into the buffers' gradients. Call <c>to(device)</c> before: a parameter that is moved or converted leaves its buffer.
/// </summary>
public sealed class FlatParameters : IDisposable
{
    /// <summary>Lays the parameters out; each keeps its values.</summary>
    /// <param name="parameters">Names and parameters, as from <c>named_parameters()</c>; a shared one once.</param>
    /// <param name="largestBuffer">A buffer takes no further parameter once it would have more elements.</param>
    /// <exception cref="ArgumentException">A parameter appears twice.</exception>
    public FlatParameters(IEnumerable<(string name, Parameter parameter)> parameters, long largestBuffer = long.MaxValue)
    {
        var given = parameters.ToList();
        var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        foreach (var (name, parameter) in given)
            if (!seen.Add(parameter))
                throw new ArgumentException($"parameter '{name}' appears twice; a shared parameter has one place", nameof(parameters));
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        Buffers =
        [
            .. given.GroupBy(pair => (pair.parameter.dtype, pair.parameter.device_type, pair.parameter.device_index))
                .SelectMany(alike => Cut(alike, largestBuffer)).Select(together => new Buffer(together)),
        ];
    }

    /// <summary>The buffers: one for each element type and device, or more where a largest size was given.</summary>
    public ImmutableArray<Buffer> Buffers { get; }

    /// <summary>
    /// Copies the parameters' gradients into the buffers' gradients and makes them views into those. Where a parameter has no gradient nothing is
    /// changed, because in a buffer it could not be told from a gradient of zeros, which optimisers treat differently.
    /// </summary>
    /// <returns>The name of the first parameter without a gradient, or null where all have one.</returns>
    /// <exception cref="InvalidOperationException">The module was moved or converted since.</exception>
    public string? Gather()
    {
        var gradients = new Tensor?[Buffers.Length][];
        try
        {
            for (var i = 0; i < gradients.Length; i++)
            {
                Buffers[i].CheckInPlace();
                gradients[i] = Buffers[i].Gradients();
                var missing = Array.IndexOf(gradients[i], null);
                if (missing >= 0) return Buffers[i].Slices[missing].Name;
            }
            using var untracked = no_grad();
            for (var i = 0; i < gradients.Length; i++) Buffers[i].Take(gradients[i]!);
            return null;
        }
        finally
        {
            foreach (var tensors in gradients)
                foreach (var gradient in tensors ?? []) gradient?.Dispose();
        }
    }

    /// <summary>Forgets the parameters' gradients, as before a backward pass.</summary>
    public void ForgetGradients()
    {
        foreach (var buffer in Buffers)
            foreach (var slice in buffer.Slices) slice.Parameter.grad = null;
    }

    /// <summary>Frees the buffers' own tensors; the parameters keep their values and gradients.</summary>
    public void Dispose()
    {
        foreach (var buffer in Buffers) buffer.Free();
    }

    private static IEnumerable<List<(string, Parameter)>> Cut(IEnumerable<(string name, Parameter parameter)> parameters, long largest)
    {
        var (taken, count) = (new List<(string, Parameter)>(), 0L);
        foreach (var (name, parameter) in parameters)
        {
            if (taken.Count > 0 && count + parameter.NumberOfElements > largest)
            {
                yield return taken;
                (taken, count) = ([], 0);
            }
            taken.Add((name, parameter));
            count += parameter.NumberOfElements;
        }
        yield return taken;
    }

    /// <summary>A parameter's place in its buffer.</summary>
    /// <param name="Name">The parameter's name.</param>
    /// <param name="Parameter">The parameter, a view into the buffer.</param>
    /// <param name="Offset">Its first element's place in the buffer.</param>
    /// <param name="Length">Its number of elements.</param>
    /// <param name="Gradient">Its part of the buffer's gradient, of the parameter's shape.</param>
    public sealed record Slice(string Name, Parameter Parameter, long Offset, long Length, Tensor Gradient);

    /// <summary>Parameters of one type on one device, one after the other.</summary>
    public sealed class Buffer
    {
        private readonly Tensor gradient;
        private readonly bool onCpu;
        private readonly bool inSpan;

        internal Buffer(List<(string Name, Parameter Parameter)> parameters)
        {
            var data = cat([.. parameters.Select(pair => pair.Parameter.detach().reshape(-1))], 0);
            gradient = zeros_like(data).DetachFromDisposeScope();
            onCpu = data.device_type == DeviceType.CPU;
            inSpan = onCpu && data.NumberOfElements * data.ElementSize <= int.MaxValue;
            var slices = ImmutableArray.CreateBuilder<Slice>(parameters.Count);
            var offset = 0L;
            foreach (var (name, parameter) in parameters)
            {
                var length = parameter.NumberOfElements;
                var part = gradient.narrow(0, offset, length).view(parameter.shape).DetachFromDisposeScope();
                slices.Add(new(name, parameter, offset, length, part));
                parameter.set_(data.narrow(0, offset, length).view(parameter.shape));
                offset += length;
            }
            Slices = slices.MoveToImmutable();
            Data = (Parameter)new Parameter(data).DetachFromDisposeScope();
            Data.grad = gradient;
        }

        /// <summary>All values, [elements]: a parameter for an optimiser, whose steps change the parameters in <see cref="Slices"/>.</summary>
        public Parameter Data { get; }

        /// <summary>The gradient of <see cref="Data"/>, [elements], as of the last <see cref="Gather"/>.</summary>
        public Tensor Gradient => gradient;

        /// <summary>The parameters in their order.</summary>
        public ImmutableArray<Slice> Slices { get; }

        internal void Free()
        {
            foreach (var slice in Slices) slice.Gradient.Dispose();
            gradient.Dispose();
            Data.Dispose();
        }

        internal Tensor?[] Gradients() => [.. Slices.Select(slice => slice.Parameter.grad)];

        internal void CheckInPlace()
        {
            var first = Slices[0];
            // TorchSharp moves some modules by giving them new parameters, and disposes the old ones.
            var inPlace = !first.Parameter.IsInvalid && first.Parameter.dtype == Data.dtype && first.Parameter.device_type == Data.device_type
                && (!onCpu || first.Length == 0 || Same(first.Parameter, Data));
            if (!inPlace)
                throw new InvalidOperationException($"parameter '{first.Name}' has left its flat buffer: "
                    + "the module was moved or converted after it was laid out; "
                    + "call to() before, or lay the parameters out again");
        }

        internal void Take(Tensor[] gradients)
        {
            if (!inSpan)
            {
                // On a device a call costs more than a copy: one cat, whatever the number of parameters.
                using var scope = NewDisposeScope();
                gradient.copy_(cat([.. gradients.Select(part => part.reshape(-1))], 0));
            }
            var whole = inSpan ? gradient.bytes : default;
            for (var i = 0; i < gradients.Length; i++)
            {
                var (slice, given) = (Slices[i], gradients[i]);
                if (inSpan) TakeOne(slice, given, whole);
                slice.Parameter.grad = slice.Gradient;
            }
        }

        private void TakeOne(Slice slice, Tensor given, Span<byte> whole)
        {
            if (slice.Length == 0) return;
            if (!given.is_contiguous())
            {
                slice.Gradient.copy_(given);
                return;
            }
            // The same memory where gradients of several backward passes are summed; copying it onto itself does no harm.
            var source = given.bytes;
            var size = source.Length / (int)slice.Length;
            source.CopyTo(whole.Slice((int)slice.Offset * size, source.Length));
            GC.KeepAlive(given);
        }

        private static bool Same(Tensor view, Tensor buffer)
        {
            if (!view.is_contiguous()) return false;
            using var scope = NewDisposeScope();
            var (one, other) = (view.detach().view(-1).narrow(0, 0, 1), buffer.detach().narrow(0, 0, 1));
            return Unsafe.AreSame(ref MemoryMarshal.GetReference(one.bytes), ref MemoryMarshal.GetReference(other.bytes));
        }
    }
}
