using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Task vectors that are changed element by element, so that a merge of them streams block by block.</summary>
internal sealed class BlockVectors<T>(BlockPasses<T> passes) : RunningVectors where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override Tensor Combine(StoredTensor tensor, double[] coefficients) =>
        passes.Merge(tensor, TaskArithmeticMerge.Sum(passes, [.. coefficients.Select(T.CreateChecked)]));

    public override unsafe Tensor Rows(StoredTensor tensor)
    {
        var elements = tensor.Shape.Aggregate(1L, (product, dimension) => product * dimension);
        var rows = empty([passes.Tasks, elements], dtype: typeof(T) == typeof(double) ? ScalarType.Float64 : ScalarType.Float32, device: CPU);
        try
        {
            if (elements == 0) return rows;
            var address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(rows.bytes));
            passes.Run(tensor, (in Block<T> block) =>
            {
                for (var task = 0; task < passes.Tasks; task++)
                    block.Tau(task).CopyTo(new Span<T>((T*)address + task * elements + block.Start, block.Length));
            });
            return rows;
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }
}
