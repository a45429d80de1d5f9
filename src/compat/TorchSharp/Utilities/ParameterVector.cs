using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>All parameters' values in one vector, in their order. Gradients flow through it.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                return cat(tensors.Select(tensor => tensor.reshape(-1)).ToList()).MoveToOuterDisposeScope();
            }

            /// <summary>Copies a vector made by <see cref="parameters_to_vector"/> back into parameters of the same sizes.</summary>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                var parameters = tensors.ToList();
                var wanted = parameters.Sum(parameter => parameter.numel());
                if (vec.numel() != wanted)
                    throw new ArgumentException($"The vector has {vec.numel()} elements, the parameters have {wanted}.", nameof(vec));
                using var _ = no_grad();
                using var scope = NewDisposeScope();
                long start = 0;
                foreach (var parameter in parameters)
                {
                    var count = parameter.numel();
                    parameter.copy_(vec.narrow(0, start, count).view_as(parameter));
                    start += count;
                }
            }
        }
    }
}
