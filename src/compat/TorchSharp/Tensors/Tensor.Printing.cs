using System.ComponentModel;
using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Shape, element type and device; for the values use <c>str()</c>, <c>print()</c> or a style.</summary>
        public override string ToString() => IsInvalid ? "tensor (disposed)" : Describe();

        /// <summary>With the values, in the style of <see cref="torch.TensorStringStyle"/>, if asked for.</summary>
        public string ToString(bool disamb, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null) =>
            disamb ? ToString(TensorStringStyle.Default, fltFormat, width, cultureInfo, newLine) : ToString();

        /// <summary>The values in a style; what is not given is as <see cref="set_printoptions(TensorStringStyle?, string?, int?, string?, int?, int?)"/> says.</summary>
        public string ToString(TensorStringStyle style, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null)
        {
            if (IsInvalid) return ToString();
            if (style == TensorStringStyle.Default) style = torch.style;
            if (style == TensorStringStyle.Metadata || is_meta) return Describe();
            using var scope = NewDisposeScope();
            using var _ = no_grad();
            var values = (is_sparse ? to_dense() : this).detach().cpu();
            var text = new TensorText(values, Describe(), fltFormat ?? floatFormat, cultureInfo ?? CultureInfo.CurrentCulture, newLine ?? torch.newLine);
            return style switch
            {
                TensorStringStyle.Julia => text.Julia(width ?? lineWidth),
                TensorStringStyle.Numpy => text.Numpy(maxRows, maxColumns),
                TensorStringStyle.CSharp => text.CSharp(maxRows, maxColumns),
                _ => throw new InvalidEnumArgumentException(nameof(style), (int)style, typeof(TensorStringStyle)),
            };
        }

        private string Describe() => $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";

        /// <summary>The elements as <see cref="Scalar"/>s in lists of lists, one level for each dimension; without dimensions, the scalar itself.</summary>
        public object tolist()
        {
            if (ndim == 0) return ToScalar();
            var list = new System.Collections.ArrayList();
            foreach (var part in unbind())
            {
                list.Add(part.tolist());
                part.Dispose();
            }
            return list;
        }
    }
}
