namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>
            /// Moves all parameters and buffers in place: the tensor objects stay the same, so optimisers and fields that hold them stay valid.
            /// Integer tensors (batch counters, indices) keep their type.
            /// </summary>
            internal void MoveTo(ScalarType? dtype, Device? device, bool non_blocking)
            {
                if (dtype is { } type && !is_floating_point(type) && !is_complex(type))
                    throw new ArgumentException($"nn.Module.to only accepts floating point or complex types, but got desired dtype={type}");
                using var _ = no_grad();
                foreach (var parameter in parameters())
                {
                    using var gradient = parameter.grad;
                    MoveTensor(parameter, dtype, device, non_blocking);
                    if (gradient is null) continue;
                    using var moved = gradient.to(parameter.dtype, parameter.device);
                    parameter.grad = moved;
                }
                foreach (var buffer in buffers()) MoveTensor(buffer, dtype, device, non_blocking);
            }

            private static void MoveTensor(Tensor tensor, ScalarType? dtype, Device? device, bool non_blocking)
            {
                var targetType = dtype is { } type && (is_floating_point(tensor) || is_complex(tensor)) ? type : tensor.dtype;
                var targetDevice = device ?? tensor.device;
                if (targetType == tensor.dtype && targetDevice == tensor.device) return;
                using var detached = tensor.detach();
                using var moved = detached.to(targetType, targetDevice, non_blocking: non_blocking);
                tensor.set_data(moved);
            }
        }
    }
}
