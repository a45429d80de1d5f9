using System.Globalization;
using System.Text;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The values with shape, element type and device; long dimensions show three elements at each end.</summary>
        public override string ToString() => IsInvalid ? "tensor (disposed)" : ToString("g5");

        public string ToString(string? fltFormat, int? width = 100)
        {
            var head = $"[{string.Join("x", shape)}], type = {dtype}, device = {device}" + (requires_grad ? ", requires_grad" : "");
            if (is_meta || is_sparse || is_complex()) return head;
            using var scope = NewDisposeScope();
            using var _ = no_grad();
            var values = detach().cpu();
            if (values.dtype is not (ScalarType.Bool or ScalarType.Float64) && !values.is_integral()) values = values.to(ScalarType.Float64);
            var text = new StringBuilder(head);
            if (numel() == 0) return text.ToString();
            if (ndim == 0) return text.Append(", value = ").Append(Format(values, fltFormat ?? "g5")).ToString();
            text.Append('\n');
            Write(text, values, fltFormat ?? "g5", 0);
            return text.ToString();
        }

        private static void Write(StringBuilder text, Tensor values, string format, int depth)
        {
            const int shown = 3;
            var count = values.shape[0];
            var elided = count > 2 * shown + 1;
            var rows = values.ndim > 1;
            text.Append(' ', depth).Append('[');
            for (long k = 0; k < count; k++)
            {
                if (k > 0) text.Append(rows ? "\n" : " ");
                if (elided && k == shown)
                {
                    text.Append(rows ? new string(' ', depth + 1) + "..." : "...");
                    k = count - shown - 1;
                    continue;
                }
                if (rows) Write(text, values[k], format, depth + 1);
                else text.Append(Format(values[k], format));
            }
            text.Append(']');
            // The first row of a nested tensor starts right after its bracket.
            if (rows) text.Replace("[" + new string(' ', depth + 1) + "[", "[[");
        }

        private static string Format(Tensor value, string format) => value.dtype switch
        {
            ScalarType.Bool => value.ToBoolean() ? "true" : "false",
            ScalarType.Float64 => value.item<double>().ToString(format, CultureInfo.InvariantCulture),
            _ => value.ToInt64().ToString(CultureInfo.InvariantCulture),
        };
    }
}
